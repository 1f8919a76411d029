package io.github.camelvoice.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Spreads what goes to one next hop: so many a second, so many at once. Who comes takes a turn, and learns how long it is until then (the generic
 * cell rate algorithm of ITU-T I.371: one number for each next hop). Thread-safe.
 */
public final class Pacer {

    /** Next hops beyond which those that are idle are forgotten. */
    private static final int TIDY = 1_000;

    private final long interval;
    private final long tolerance;
    private final EngineClock clock;
    /** When the turns that were taken are used up, in nanoseconds of the clock. */
    private final Map<String, Long> busyUntil = new HashMap<>();
    private int tidyAt = TIDY;

    /** @param perSecond 1 or more @param burst at once, 1 or more */
    public Pacer(int perSecond, int burst, EngineClock clock) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * (burst - 1L);
        this.clock = clock;
    }

    /** Takes the next turn. @return nanoseconds until it comes, 0 or more */
    public synchronized long take(String nextHop) {
        long now = clock.nanos();
        Long until = busyUntil.get(nextHop);
        long from = until == null || until - now < 0 ? now : until;
        busyUntil.put(nextHop, from + interval);
        tidy(now);
        return Math.max(0, from - now - tolerance);
    }

    /** Nothing goes there for a while. Turns that were taken stay. */
    public synchronized void pause(String nextHop, long nanos) {
        long from = clock.nanos() + nanos + tolerance;
        Long until = busyUntil.get(nextHop);
        if (until == null || from - until > 0) {
            busyUntil.put(nextHop, from);
        }
    }

    /** Next hops that are remembered. */
    public synchronized int hops() {
        return busyUntil.size();
    }

    private void tidy(long now) {
        if (busyUntil.size() > tidyAt) {
            busyUntil.values().removeIf(until -> until - now < 0);
            tidyAt = Math.max(TIDY, 2 * busyUntil.size());
        }
    }
}
