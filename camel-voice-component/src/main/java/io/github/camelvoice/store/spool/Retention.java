package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes calls past their time, a few at once between two batches. For the follower's thread. */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 500;
    /** Most time for steps in one go. */
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(50);

    /** A wall clock that gains more than this between two looks has jumped. */
    private static final Duration JUMP = Duration.ofHours(1);
    /** How long one that has jumped is not believed. */
    private static final long DOUBT = TimeUnit.DAYS.toNanos(1);

    private final Duration retention;
    private final long every;
    private final Feeder feeder;
    private final EngineClock clock;
    private long nextAt;
    private long purged;
    private Instant believed;
    private long believedAt;
    private boolean jumped;
    private long jumpedAt;

    Retention(SpoolOptions options, Feeder feeder, EngineClock clock) {
        this.retention = options.retention();
        this.every = options.pace().purge().toNanos();
        this.feeder = feeder;
        this.clock = clock;
        this.nextAt = clock.nanos();
        this.believed = clock.now();
        this.believedAt = nextAt;
    }

    /** The wall clock. One that jumps ahead must not delete all calls at once: for a day what it said before goes on with the time that passes. */
    private Instant now(long nanos) {
        Instant wall = clock.now();
        Instant expected = believed.plusNanos(nanos - believedAt);
        boolean ahead = wall.isAfter(expected.plus(JUMP));
        if (ahead && !jumped) {
            jumpedAt = nanos;
            LOG.warn("the clock has jumped ahead from {} to {}: for a day no calls are deleted that would not have been without that", expected, wall);
        }
        jumped = ahead && nanos - jumpedAt < DOUBT;
        if (jumped) {
            return expected;
        }
        believed = wall;
        believedAt = nanos;
        return wall;
    }

    /** Deletes for a moment, if it is time. */
    void turn() {
        long begun = clock.nanos();
        if (retention == null || begun - nextAt < 0) {
            return;
        }
        Instant before = now(begun).minus(retention);
        try {
            int deleted;
            do {
                deleted = feeder.once(store -> store.purge(before, STEP));
                purged += deleted;
                if (deleted < STEP) {
                    rest();
                    return;
                }
            } while (clock.nanos() - begun < TURN);
        } catch (StoreException | RuntimeException failure) {
            LOG.warn("calls created before {} could not be deleted, next attempt later: {}", before, failure.toString());
            rest();
        }
    }

    private void rest() {
        if (purged > 0) {
            LOG.info("deleted {} calls that were older than {} days", purged, retention.toDays());
            purged = 0;
        }
        nextAt = clock.nanos() + every;
    }
}
