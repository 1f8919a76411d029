package io.github.camelvoice.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickWheelTest {

    private static final long MILLI = 1_000_000;

    /** Remembers its turns. */
    private static final class Turns extends TickWheel.Member {
        final List<Long> rounds = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        Runnable then = () -> { };

        @Override
        void tick(long round, long now) {
            rounds.add(round);
            times.add(now);
            then.run();
        }
    }

    private static void run(TickWheel wheel, long from, long to, long step) {
        for (long now = from; now <= to; now += step) {
            while (wheel.runDue(now)) {
                // until nothing is due
            }
        }
    }

    @Test
    void aMemberHasATurnInEachRoundWithoutDrift() {
        TickWheel wheel = new TickWheel(0);
        Turns member = new Turns();
        wheel.join(member);
        // the agent looks every 7 ms only
        run(wheel, 0, 20_000 * MILLI, 7 * MILLI);
        assertThat(member.rounds).hasSizeBetween(1000, 1001);
        for (int i = 0; i < member.rounds.size(); i++) {
            assertThat(member.rounds.get(i)).isEqualTo(i);
            assertThat(member.times.get(i) - i * 20 * MILLI).isBetween(0L, 7 * MILLI);
        }
    }

    @Test
    void membersAreSpreadOverTheRound() {
        TickWheel wheel = new TickWheel(0);
        List<Turns> members = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            members.add(new Turns());
            wheel.join(members.get(i));
        }
        run(wheel, 0, 19 * MILLI, MILLI);
        for (int slot = 0; slot < 10; slot++) {
            long time = slot * 2 * MILLI;
            assertThat(members).filteredOn(m -> m.times.get(0) == time).hasSize(10);
        }
        assertThat(wheel.nextDue(19 * MILLI)).isEqualTo(20 * MILLI);
    }

    @Test
    void aStallIsCaughtUpAShortWayAndTheRestIsSeenInTheRounds() {
        TickWheel wheel = new TickWheel(0);
        Turns member = new Turns();
        wheel.join(member);
        run(wheel, 0, 0, 1);
        run(wheel, 5000 * MILLI, 5000 * MILLI, 1);
        assertThat(member.rounds.get(0)).isZero();
        assertThat(member.rounds.get(1)).isBetween(235L, 245L);
        assertThat(member.rounds.get(member.rounds.size() - 1)).isEqualTo(250);
    }

    @Test
    void membersMayLeaveAndJoinDuringTurns() {
        TickWheel wheel = new TickWheel(0);
        List<Turns> members = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Turns member = new Turns();
            member.then = () -> {
                wheel.leave(member);
                wheel.join(member);
                wheel.leave(member);
            };
            members.add(member);
            wheel.join(member);
        }
        run(wheel, 0, 100 * MILLI, MILLI);
        assertThat(members).allMatch(m -> m.rounds.size() == 1);
        assertThat(wheel.members()).isZero();
        assertThat(wheel.nextDue(0)).isEqualTo(Long.MAX_VALUE);
        wheel.join(members.get(0));
        run(wheel, 7_000 * MILLI, 7_019 * MILLI, MILLI);
        assertThat(members.get(0).rounds).hasSize(2);
        assertThat(members.get(0).times.get(1)).isBetween(7_000 * MILLI, 7_020 * MILLI);
    }
}
