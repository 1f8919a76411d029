package io.github.camelvoice.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.Pacer;
import io.github.camelvoice.runtime.Pauses;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many watches at once go out spread, and come back spread; with a clock that the test moves. */
class PaceTest {

    private static final int MANY = 10_000;

    private static String[] phones(String domain, int count) {
        return IntStream.range(0, count).mapToObj(i -> "sip:phone" + i + "@" + domain).toArray(String[]::new);
    }

    /** How many were sent in each second. */
    private static List<Integer> perSecond(Rig rig, int seconds) {
        List<Integer> counts = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            int before = rig.notifiers.sent.size();
            rig.pass(Duration.ofSeconds(1));
            counts.add(rig.notifiers.sent.size() - before);
        }
        return counts;
    }

    @Test
    void tenThousandGoOutOneHundredASecond() {
        Rig rig = new Rig();
        rig.notifiers.answer = usage -> usage.accept().active("on");
        rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("example.com", MANY)));
        assertThat(rig.notifiers.sent).hasSize(50);
        List<Integer> counts = perSecond(rig, 100);
        assertThat(counts).allMatch(count -> count <= 100);
        assertThat(counts.subList(0, 99)).allMatch(count -> count == 100);
        assertThat(rig.notifiers.sent).hasSize(MANY);
        assertThat(rig.subscriptions().figures().active()).isEqualTo(MANY);
    }

    @Test
    void nextHopsDoNotWaitForEachOther() {
        Rig rig = new Rig();
        rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("one.example", 1_000)));
        rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("two.example", 20)));
        assertThat(rig.notifiers.targets()).filteredOn(target -> target.endsWith("two.example")).hasSize(20);
    }

    @Test
    void afterARestartTheyGoOutAtTheSamePace() {
        Rig rig = new Rig();
        rig.notifiers.answer = usage -> usage.accept().active("on");
        rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("example.com", 2_000)));
        rig.pass(Duration.ofSeconds(30));
        Rig next = rig.restarted();
        assertThat(next.notifiers.sent.size()).isLessThanOrEqualTo(50);
        assertThat(perSecond(next, 20)).allMatch(count -> count <= 100);
        assertThat(next.notifiers.sent).hasSize(2_000);
    }

    @Test
    void allThatAreRefusedTogetherComeBackSpread() {
        Rig rig = new Rig();
        rig.settings = SubscriptionSettings.DEFAULT.withPace(10_000, 10_000);
        rig.notifiers.answer = usage -> usage.refuse(503);
        rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("example.com", 1_000)));
        rig.pass(Duration.ofMinutes(30));
        List<Integer> counts = perSecond(rig, 300);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isBetween(1_000, 2_000);
        assertThat(counts).allMatch(count -> count <= 30);
    }

    @Test
    void unsubscribingIsSpreadToo() {
        Rig rig = new Rig();
        rig.notifiers.answer = usage -> usage.accept().active("on");
        SubscriptionInfo made = Rig.done(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, phones("example.com", 1_000))));
        rig.pass(Duration.ofSeconds(30));
        Rig.done(rig.subscriptions().end(made.id()));
        assertThat(rig.notifiers.sent).filteredOn(usage -> usage.ended).hasSize(50);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.notifiers.sent).filteredOn(usage -> usage.ended).hasSizeBetween(500, 551);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.notifiers.sent).allMatch(usage -> usage.ended);
        rig.notifiers.sent.forEach(usage -> usage.terminated("timeout", -1));
        assertThat(rig.time.pending()).isZero();
    }

    @Test
    void pausesGrowFromTheFirstToTheLongest() {
        Pauses pauses = new Pauses(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(1));
        Random chance = new Random(7);
        for (int failures = 0; failures < 100; failures++) {
            long whole = Math.min(TimeUnit.MINUTES.toNanos(5), TimeUnit.SECONDS.toNanos(2) * (1L << Math.min(failures, 20)));
            for (int i = 0; i < 100; i++) {
                assertThat(pauses.backOff(failures, chance)).isBetween(whole / 2, whole);
            }
        }
        assertThat(pauses.asked(0, chance)).isBetween(1_000_000_000L, 1_100_000_000L);
        assertThat(pauses.asked(Integer.MAX_VALUE, chance)).as("a day at most").isBetween(TimeUnit.DAYS.toNanos(1), TimeUnit.DAYS.toNanos(1) * 11 / 10);
        assertThat(pauses.slowly(chance)).isBetween(TimeUnit.HOURS.toNanos(1), TimeUnit.MINUTES.toNanos(75));
    }

    @Test
    void nextHopsThatAreIdleAreForgotten() {
        ManualTimers time = new ManualTimers();
        Pacer pacer = new Pacer(1, 1, time);
        for (int hop = 0; hop < 100_000; hop++) {
            assertThat(pacer.take("hop" + hop)).isZero();
            time.advance(Duration.ofMillis(10));
        }
        assertThat(pacer.hops()).isLessThan(2_100);
    }
}
