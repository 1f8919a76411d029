package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the record of a call is complete, and how long a failed one waits. */
class SettlingTest {

    private final ManualTimers time = new ManualTimers();
    private final CallArchive archive = MemoryLog.archive(time);
    private volatile Duration setBack = Duration.ZERO;
    private final Settling settling = new Settling(new EngineClock() {
        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public Instant now() {
            return time.now().minus(setBack);
        }
    }, Duration.ofSeconds(1));

    @BeforeEach
    void start() throws Exception {
        archive.start();
        archive.enrol("c", true);
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private int settled() throws Exception {
        settling.look();
        return settling.settled(archive.pending("c", 10));
    }

    private void after(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Test
    void inTheOrderOfTheirEndsEachAfterItsOwnTime() throws Exception {
        new FakeTrace(archive, time, "t-1").ends();
        after(600);
        new FakeTrace(archive, time, "t-2").ends();
        assertThat(settled()).isZero();
        assertThat(settling.remaining(archive.pending("c", 1).get(0))).isEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
        after(400);
        assertThat(settled()).isEqualTo(1);
        after(600);
        assertThat(settled()).isEqualTo(2);
    }

    @Test
    void anOldOneIsSettledAtOnce() throws Exception {
        new FakeTrace(archive, time, "t-1").ends();
        after(3_600_000);
        assertThat(settled()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackHoldsUpFiveTimesTheSettleTime() throws Exception {
        new FakeTrace(archive, time, "t-1").ends();
        setBack = Duration.ofHours(1);
        for (int i = 0; i < 5; i++) {
            List<NumberedCall> pending = archive.pending("c", 1);
            assertThat(settled()).isZero();
            assertThat(settling.remaining(pending.get(0))).isBetween(1L, TimeUnit.SECONDS.toNanos(1));
            after(1_000);
        }
        assertThat(settled()).isEqualTo(1);
    }

    @Test
    void retriesComeLessAndLessOften() {
        SipInfoFeed.Retries retries = new SipInfoFeed.Retries(1_000, 60_000, -1);
        assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8, 40, 100_000).stream().map(tries -> TimeUnit.NANOSECONDS.toSeconds(retries.nanos(tries))).toList())
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L);
        assertThat(retries.exhausted(1_000_000)).isFalse();
        assertThat(new SipInfoFeed.Retries(1, Long.MAX_VALUE / 2_000_000, 2).nanos(64)).isPositive();
        assertThat(new SipInfoFeed.Retries(1, 1, 0).exhausted(1)).isTrue();
        assertThat(new SipInfoFeed.Retries(1, 1, 2).exhausted(2)).isFalse();
    }
}
