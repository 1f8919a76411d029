package io.github.camelvoice.tap.socket;

/** How much a far end may send: so many bytes a second, and a burst. A message costs some bytes more than it has. */
final class Meter {

    private static final long BYTES_PER_SECOND = 1 << 20;
    private static final long BURST = 4 << 20;
    private static final int EACH = 256;

    private long left = BURST;
    private long at;
    private boolean started;

    /** @return false if nothing more may be read for now */
    boolean take(int bytes) {
        left -= bytes + EACH;
        return left > 0;
    }

    /** @return whether reading may go on */
    boolean refill(long nanos) {
        if (!started) {
            started = true;
            at = nanos;
        }
        long earned = (nanos - at) / 1_000 * BYTES_PER_SECOND / 1_000_000;
        if (earned > 0) {
            left = Math.min(BURST, left + earned);
            at = nanos;
        }
        return left > BURST / 8;
    }
}
