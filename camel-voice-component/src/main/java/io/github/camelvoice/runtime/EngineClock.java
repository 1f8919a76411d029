package io.github.camelvoice.runtime;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The one clock. Timers and offsets use the monotonic side; the wall side is for display and records only.
 */
public interface EngineClock {

    EngineClock SYSTEM = new EngineClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }
    };

    /** Monotonic nanoseconds from an arbitrary origin. */
    long nanos();

    /** Wall time. */
    Instant now();

    default long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos() - nanos);
    }
}
