package io.github.camelvoice.tap.session;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** When to try again: growing pauses with jitter, within bounds of time and number. */
final class Backoff {

    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 10_000;
    private static final int MOST_ATTEMPTS = 20;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A connection that lasts less is one more failure: who accepts and drops at once is not connected to for ever. */
    private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RandomGenerator random;
    private int attempts;
    private long since;
    private boolean held;
    private long heldSince;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @return nanoseconds until the next attempt, half of the pause at least; -1 for: give up */
    long next(long now) {
        if (held && now - heldSince >= LASTS_NANOS) {
            attempts = 0;
        }
        held = false;
        if (attempts == 0) {
            since = now;
        }
        if (attempts >= MOST_ATTEMPTS || now - since >= MOST_NANOS) {
            return -1;
        }
        long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempts, 10));
        attempts++;
        return TimeUnit.MILLISECONDS.toNanos(pause / 2 + random.nextLong(pause / 2 + 1));
    }

    /** It holds, for the time being. */
    void held(long now) {
        held = true;
        heldSince = now;
    }
}
