package io.github.camelvoice.voice;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The caps of a consumer: calls at once, and calls a second (a token bucket that holds one second's worth). Thread-safe. */
final class CallGate {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private int inside;
    private double tokens;
    private long refilled;

    /**
     * @param most      calls at once, 0 for no cap
     * @param perSecond calls a second, 0 for no cap
     * @param nanos     monotonic clock
     */
    CallGate(int most, double perSecond, LongSupplier nanos) {
        if (most < 0 || perSecond < 0 || Double.isNaN(perSecond)) {
            throw new IllegalArgumentException("maxConcurrentCalls and maxCallsPerSecond must be 0 (no cap) or more");
        }
        this.most = most;
        this.perSecond = perSecond;
        this.burst = Math.max(1, perSecond);
        this.nanos = nanos;
        this.tokens = burst;
        this.refilled = nanos.getAsLong();
    }

    /** Counts a call in, unless a cap is reached. */
    synchronized boolean enter() {
        if (most > 0 && inside >= most) {
            return false;
        }
        if (perSecond > 0) {
            long now = nanos.getAsLong();
            tokens = Math.min(burst, tokens + (now - refilled) / SECOND * perSecond);
            refilled = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
        }
        inside++;
        return true;
    }

    /** A call that was counted in is over. */
    synchronized void leave() {
        inside--;
    }

    synchronized int inside() {
        return inside;
    }
}
