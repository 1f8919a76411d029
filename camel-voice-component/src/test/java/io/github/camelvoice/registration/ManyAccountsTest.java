package io.github.camelvoice.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.registration.RegistrationInfo.State;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many accounts of one server, and servers in all moods. */
class ManyAccountsTest {

    private static final int MANY = 5_000;

    private static List<Account> accounts(int count) {
        return IntStream.range(0, count).mapToObj(i -> Rig.account("u" + i + "@example.com")).toList();
    }

    @Test
    void aServerGetsSoManyASecond() {
        Rig rig = new Rig();
        rig.registrar.answer = usage -> usage.bind(3600);
        accounts(MANY).forEach(rig.registrations::register);
        assertThat(rig.registrar.sent).isEqualTo(50);
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.registrar.sent).isBetween(1_040, 1_060);
        rig.pass(Duration.ofSeconds(40));
        assertThat(rig.registrations.figures().registered()).isEqualTo(MANY);
        assertThat(rig.time.pending()).as("timers of the room").isZero();
    }

    @Test
    void afterAnOutageTheyComeBackSpread() {
        Rig rig = new Rig();
        rig.registrar.answer = usage -> usage.bind(3600);
        accounts(MANY).forEach(rig.registrations::register);
        rig.pass(Duration.ofSeconds(120));
        rig.registrar.answer = usage -> usage.refuse(408, -1);
        rig.registrar.usages.forEach(FakeRegistrar.FakeUsage::lose);
        rig.registrar.sent = 0;
        int[] most = {0};
        for (int second = 0; second < 1_800; second++) {
            int before = rig.registrar.sent;
            rig.pass(Duration.ofSeconds(1));
            most[0] = Math.max(most[0], rig.registrar.sent - before);
        }
        assertThat(most[0]).as("REGISTERs in a second").isLessThanOrEqualTo(151);
        rig.registrar.answer = usage -> usage.bind(3600);
        rig.pass(Duration.ofMinutes(6));
        assertThat(rig.registrations.figures().registered()).isEqualTo(MANY);
    }

    @Test
    void theEndOfAllIsSpreadAndBounded() {
        Rig rig = new Rig();
        rig.registrar.answer = usage -> usage.bind(3600);
        accounts(MANY).forEach(rig.registrations::register);
        rig.pass(Duration.ofSeconds(60));
        var drained = rig.registrations.drain(Duration.ofSeconds(4));
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.registrar.usages).filteredOn(usage -> usage.ended).hasSizeBetween(2_450, 2_550);
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.registrar.usages).allMatch(usage -> usage.ended);
        assertThat(drained.toCompletableFuture()).isNotDone();
        rig.registrar.usages.forEach(FakeRegistrar.FakeUsage::leave);
        assertThat(drained.toCompletableFuture()).isCompleted();
        assertThat(rig.registrations.list()).isEmpty();
    }

    /** Whatever happens in whatever order: nothing hangs, nothing is left, and a server in a good mood has everybody. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void histories(long seed) {
        Random chance = new Random(seed);
        Rig rig = new Rig(RegistrationSettings.DEFAULT.withPace(20, 5));
        rig.registrar.answer = usage -> {
            int mood = chance.nextInt(10);
            if (mood < 4) {
                usage.bind(60 + chance.nextInt(600));
            } else if (mood < 8) {
                int[] codes = {302, 401, 403, 404, 408, 423, 430, 500, 503, 600};
                usage.refuse(codes[chance.nextInt(codes.length)], chance.nextInt(3) == 0 ? chance.nextInt(200) : -1);
            }
        };
        for (int step = 0; step < 2_000; step++) {
            String name = "u" + chance.nextInt(30) + "@example.com";
            switch (chance.nextInt(8)) {
                case 0, 1 -> rig.registrations.register(Rig.account(name));
                case 2 -> rig.registrations.register(Rig.account(name, "p" + step, "t" + seed + "x" + step + "0123456789abcdef"));
                case 3 -> rig.registrations.unregister(name);
                case 4 -> any(rig, chance).lose();
                case 5 -> any(rig, chance).bind(60 + chance.nextInt(600));
                case 6 -> any(rig, chance).leave();
                default -> rig.pass(Duration.ofMillis(chance.nextInt(20_000)));
            }
            RegistrationFigures figures = rig.registrations.figures();
            int known = figures.queued() + figures.registering() + figures.registered() + figures.waiting()
                    + figures.refused() + figures.unregistering();
            assertThat(known).isGreaterThanOrEqualTo(rig.registrations.list().size());
        }
        rig.registrar.answer = usage -> usage.bind(86_400);
        rig.registrar.usages.stream().filter(usage -> !usage.closed && !usage.ended && usage.starts > 0).forEach(usage -> usage.bind(86_400));
        rig.pass(Duration.ofHours(30));
        assertThat(rig.registrations.list()).allMatch(info -> info.state() == State.REGISTERED);
        List.copyOf(rig.registrations.list()).forEach(info -> rig.registrations.unregister(info.name()));
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.registrations.list()).isEmpty();
        assertThat(rig.time.pending()).isZero();
        RegistrationFigures end = rig.registrations.figures();
        assertThat(List.of(end.queued(), end.registering(), end.registered(), end.waiting(), end.refused(), end.unregistering())).containsOnly(0);
    }

    private static FakeRegistrar.FakeUsage any(Rig rig, Random chance) {
        return rig.registrar.usages.isEmpty() ? rig.registrar.new FakeUsage(AccountSpecs.of(Rig.account("x@y.org"),
                RegistrationSettings.DEFAULT), Runnable::run, event -> { }) : rig.registrar.usages.get(chance.nextInt(rig.registrar.usages.size()));
    }
}
