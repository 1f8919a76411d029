package io.github.camelvoice.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long is waited before something is tried again, in nanoseconds. There is chance in it, so that those who failed together do not come together. */
public record Pauses(Duration first, Duration longest, Duration slow) {

    private static final int DOUBLINGS = 30;
    /** Nobody can send us away for longer. */
    private static final int MOST_ASKED_SECONDS = 86_400;

    /** Grows with the failures in a row: between the half and the whole of {@code first} doubled so many times, at most {@code longest}. */
    public long backOff(int failures, RandomGenerator chance) {
        double whole = Math.min(longest.toNanos(), (double) first.toNanos() * (1L << Math.min(failures, DOUBLINGS)));
        return (long) (whole / 2 + chance.nextDouble() * whole / 2);
    }

    /** What was asked for, and up to a tenth more; a second at least, a day at most. */
    public long asked(int seconds, RandomGenerator chance) {
        return spread(TimeUnit.SECONDS.toNanos(Math.max(1, Math.min(seconds, MOST_ASKED_SECONDS))), 0.1, chance);
    }

    /** After refusals that will hardly change. */
    public long slowly(RandomGenerator chance) {
        return spread(slow.toNanos(), 0.25, chance);
    }

    private static long spread(long nanos, double share, RandomGenerator chance) {
        return nanos + (long) (nanos * share * chance.nextDouble());
    }
}
