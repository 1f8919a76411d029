package io.github.camelvoice.trace.capture;

import java.time.Duration;

/**
 * How much is kept, so that neither a flood nor a single call fills memory or disk.
 *
 * @param traceBytes       of one trace; what comes beyond is counted only
 * @param traceMessages    of one trace
 * @param strangerBytes    of one trace, for messages from and to other addresses than the one it began with: so that nobody who knows a Call-ID
 *                         can take the room of its call
 * @param undecided        traces that are not a call yet; the eldest makes room
 * @param heldBytes        of one of those
 * @param undecidedBytes   of the messages of those, in all
 * @param refusedAtOnce    refused calls recorded at once; a large one counts for more
 * @param refusedPerSecond refused calls recorded a second
 * @param linger           how long a trace takes messages after its end (RFC 3261, 64 x T1)
 */
record Bounds(long traceBytes, int traceMessages, long strangerBytes, int undecided, long heldBytes, long undecidedBytes,
              double refusedAtOnce, double refusedPerSecond, Duration linger) {

    static final Bounds DEFAULT = new Bounds(8 << 20, 20_000, 1 << 20, 5_000, 256 << 10, 32 << 20, 1_000, 50, Duration.ofSeconds(32));
    /** A refused call with more bytes counts for more than one. */
    static final double BYTES_PER_RECORD = 8192;
}
