package io.github.camelvoice.trace.capture;

/** A token bucket: so much at once, then so much a second. Thread-safe. */
final class Allowance {

    private final double burst;
    private final double perSecond;
    private double tokens;
    private long filled;

    Allowance(double burst, double perSecond, long nowNanos) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.tokens = burst;
        this.filled = nowNanos;
    }

    synchronized boolean take(double wanted, long nowNanos) {
        tokens = Math.min(burst, tokens + Math.max(0, nowNanos - filled) * perSecond / 1e9);
        filled = nowNanos;
        if (tokens < wanted) {
            return false;
        }
        tokens -= wanted;
        return true;
    }
}
