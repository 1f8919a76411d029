package io.github.camelvoice.runtime;

/** When to refresh what was granted: in the last part of it, spread so that many subscriptions do not come at once. Seconds. */
public final class RefreshTime {

    /** Time that a refresh may need: 64 x T1, and a little. */
    private static final double MARGIN = 40;
    private static final double SPREAD = 0.2;
    private static final double WHOLE = 0.9;

    private RefreshTime() {
    }

    /**
     * @param granted at least 1
     * @param random  in [0, 1)
     * @return from now; at least half of a short time, never less than half a second
     */
    public static double of(double granted, double random) {
        double latest = latest(granted);
        return Math.max(0.5, latest - latest * SPREAD * random);
    }

    /**
     * The first one of many that began together: anywhere in the time, so that they go on evenly.
     *
     * @return from now; at least a tenth of what {@link #of} gives at most
     */
    public static double first(double granted, double random) {
        double latest = latest(granted);
        return Math.max(0.5, latest - latest * WHOLE * random);
    }

    private static double latest(double granted) {
        return granted > 2 * MARGIN ? granted - MARGIN : granted / 2;
    }
}
