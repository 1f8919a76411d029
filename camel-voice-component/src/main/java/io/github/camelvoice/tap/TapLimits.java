package io.github.camelvoice.tap;

/**
 * Bounds of the taps of an engine.
 *
 * @param perCall taps of one call at once
 * @param inAll   taps of all calls at once
 */
public record TapLimits(int perCall, int inAll) {

    public static final TapLimits DEFAULT = new TapLimits(16, 4_000);

    public TapLimits {
        if (perCall < 1 || inAll < 1) {
            throw new IllegalArgumentException("a call has 1 tap at least, and an engine too: " + perCall + ", " + inAll);
        }
    }
}
