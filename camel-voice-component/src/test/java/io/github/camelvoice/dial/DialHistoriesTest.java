package io.github.camelvoice.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories that nobody thought of: whoever does whatever, and mailboxes take their turns by a die. What must hold holds in each. */
class DialHistoriesTest {

    private static final int HISTORIES = 250;

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {1, 10_001, 20_001, 30_001})
    void whateverHappens(long from) {
        for (long seed = from; seed < from + HISTORIES; seed++) {
            try {
                history(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static void history(Random random) {
        DialBench bench = new DialBench(random);
        boolean forCaller = random.nextInt(4) > 0;
        Call alice = forCaller ? bench.called("PCMU") : null;
        List<CompletableFuture<Boolean>> asked = new ArrayList<>();
        Screening screening = leg -> {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        };
        List<DialTarget> targets = new ArrayList<>();
        for (DialTarget target : DialBench.targets(1 + random.nextInt(DialPlan.MOST_TARGETS))) {
            targets.add(random.nextBoolean() ? target : target.withScreening(screening));
        }
        boolean stays = random.nextBoolean();
        CallerSide side = new CallerSide(random.nextBoolean(), List.of(), random.nextBoolean() ? "uk" : null, false, stays, random.nextBoolean());
        Dial dial = bench.dial(DialPlan.of(alice, targets).withSequential(random.nextInt(3) == 0)
                .withTimes(Duration.ofSeconds(5 + random.nextInt(30)), Duration.ofMinutes(10)).withScreenLimit(Duration.ofSeconds(20))
                .withRedirects(new Redirects(random.nextInt(4), uri -> true)).withSide(side));
        for (int step = 0; step < 40; step++) {
            step(random, bench, dial, asked);
            if (random.nextInt(3) > 0) {
                bench.run();
            }
            assertThat(bench.told.stream().filter(what -> what.startsWith("won")).count()).as("winners").isLessThanOrEqualTo(1);
        }
        bench.run();
        // whoever still rings or is being asked does so for the time that it may
        for (int i = 0; i < 40; i++) {
            bench.pass(Duration.ofSeconds(21));
            confirmed(bench);
        }
        DialResult result = DialBench.now(dial.done());
        assertThat(result).as("done").isNotNull();
        assertThat(DialBench.now(dial.over())).as("over").isNotNull();
        assertThat(result.winner() != null).isEqualTo(bench.told.stream().anyMatch(what -> what.startsWith("won")) && !cancelledWhileConnecting(result));
        assertThat(bench.told.stream().filter(what -> what.startsWith("lost") || what.startsWith("won") || what.startsWith("redirected")).count())
                .as("each leg that was placed came to one end").isEqualTo(bench.told.stream().filter(what -> what.startsWith("placed")).count());
        bench.nothingStays();
    }

    private static boolean cancelledWhileConnecting(DialResult result) {
        return result.winner() == null;
    }

    private static void confirmed(DialBench bench) {
        bench.phones.stream().filter(phone -> !phone.finished() && phone.heard.stream().anyMatch(what -> what.startsWith("CANCEL") || what.startsWith("BYE")))
                .forEach(Phone::confirms);
        bench.run();
    }

    private static void step(Random random, DialBench bench, Dial dial, List<CompletableFuture<Boolean>> asked) {
        Phone phone = bench.phones.isEmpty() ? null : bench.phones.get(random.nextInt(bench.phones.size()));
        if (phone == null) {
            return;
        }
        int deed = random.nextInt(100);
        if (phone.spec == null) {
            if (deed < 2) {
                phone.cancels();
            } else if (deed < 4) {
                phone.hangsUp();
            }
        } else if (phone.finished()) {
            return;
        } else if (deed < 25) {
            phone.rings();
        } else if (deed < 40) {
            phone.answers();
        } else if (deed < 50) {
            phone.rejects(List.of(404, 486, 500, 603).get(random.nextInt(4)));
        } else if (deed < 60) {
            phone.redirects("sip:c" + random.nextInt(5) + "@127.0.0.1", "sip:d@127.0.0.1");
        } else if (deed < 65) {
            phone.answersAsWeCancel = true;
        } else if (deed < 70) {
            phone.slow = true;
        } else if (deed < 73) {
            phone.hangsUp();
        } else if (deed < 74) {
            dial.cancel();
        } else if (deed < 90 && !asked.isEmpty()) {
            asked.get(random.nextInt(asked.size())).complete(random.nextBoolean());
        } else {
            bench.timers.advance(Duration.ofSeconds(random.nextInt(4)));
        }
    }
}
