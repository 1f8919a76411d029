package io.github.camelvoice.tap;

/**
 * Sums over all taps since the start.
 *
 * @param active     taps that run or connect now
 * @param started    taps whose audio flowed
 * @param failed     taps whose sink could not be reached
 * @param frames     sent to sinks
 * @param dropped    frames and packets that no sink got
 * @param reconnects times that a sink was lost and found again
 */
public record TapTotals(int active, long started, long failed, long frames, long dropped, long reconnects) {

    public static final TapTotals NONE = new TapTotals(0, 0, 0, 0, 0, 0);
}
