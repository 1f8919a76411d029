package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.EngineClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is deleted when the clock on the wall is put. */
class RetentionTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration KEPT = Duration.ofDays(30);

    private final FakeStore store = new FakeStore();
    private Instant wall = START;
    private long nanos = 5;
    private final EngineClock clock = new EngineClock() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return wall;
        }
    };
    private final SpoolOptions options = SpoolOptions.in(Path.of("none")).withRetention(KEPT);
    private final Retention retention = new Retention(options, new Feeder(store, "source", null, null, clock, options.pace(), fed -> { }), clock);

    private Instant deletedBefore(Duration passed, Duration jump) {
        nanos += passed.toNanos();
        wall = wall.plus(passed).plus(jump);
        retention.turn();
        return store.purgedBefore;
    }

    @Test
    void aClockThatJumpsAheadIsBelievedADayLater() {
        assertThat(deletedBefore(Duration.ZERO, Duration.ZERO)).isEqualTo(START.minus(KEPT));
        Duration tenMinutes = Duration.ofMinutes(10);
        Instant true1 = START.plus(tenMinutes).minus(KEPT);
        assertThat(deletedBefore(tenMinutes, Duration.ofDays(365))).isEqualTo(true1);
        assertThat(deletedBefore(Duration.ofHours(23), Duration.ZERO)).isEqualTo(true1.plus(Duration.ofHours(23)));
        assertThat(deletedBefore(Duration.ofHours(1), Duration.ZERO)).isEqualTo(wall.minus(KEPT));
        assertThat(deletedBefore(tenMinutes, Duration.ZERO)).isEqualTo(wall.minus(KEPT));
    }

    @Test
    void aClockThatIsPutBackOrALittleAheadIsBelieved() {
        assertThat(deletedBefore(Duration.ofMinutes(10), Duration.ofDays(-365))).isEqualTo(wall.minus(KEPT));
        assertThat(deletedBefore(Duration.ofMinutes(10), Duration.ofMinutes(59))).isEqualTo(wall.minus(KEPT));
        assertThat(deletedBefore(Duration.ofMinutes(10), Duration.ofMinutes(59))).isEqualTo(wall.minus(KEPT));
    }

    @Test
    void aClockThatComesBackAfterAJumpIsBelieved() {
        deletedBefore(Duration.ofMinutes(10), Duration.ofDays(365));
        assertThat(deletedBefore(Duration.ofMinutes(10), Duration.ofDays(-365))).isEqualTo(START.plus(Duration.ofMinutes(20)).minus(KEPT));
        deletedBefore(Duration.ofDays(2), Duration.ofDays(40));
        assertThat(store.purgedBefore).isEqualTo(wall.minus(Duration.ofDays(40)).minus(KEPT));
    }
}
