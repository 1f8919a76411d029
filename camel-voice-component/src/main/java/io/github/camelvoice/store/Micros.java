package io.github.camelvoice.store;

import java.time.Instant;

/** Times as stores order and keep them: in microseconds since 1970. */
public final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final long MOST_SECONDS = Long.MAX_VALUE / PER_SECOND - 1;

    private Micros() {
    }

    /** What is further away than 290,000 years counts as that. */
    public static long of(Instant time) {
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, time.getEpochSecond()));
        return seconds * PER_SECOND + time.getNano() / 1000;
    }

    public static Instant at(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
    }
}
