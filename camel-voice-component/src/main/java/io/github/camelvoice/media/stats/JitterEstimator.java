package io.github.camelvoice.media.stats;

/**
 * Interarrival jitter of one RTP stream (RFC 3550 section 6.4.1 and A.8). For one thread.
 *
 * <p>Packets that share the timestamp of an earlier one, as those of one RFC 4733 event do, say nothing of the network
 * and should not be fed.
 */
public final class JitterEstimator {

    private static final long NANOS = 1_000_000_000L;
    /** A step of the difference beyond this many seconds is a new clock of the sender, not a late packet. */
    private static final int REBASE_SECONDS = 10;

    private int clockRate;
    private boolean started;
    private long firstArrival;
    private int lastTransit;
    /** In sixteenths of a timestamp unit, as in A.8. */
    private long scaled;

    /**
     * @param clockRate the RTP clock of the payload format in Hz, 1 or more
     */
    public JitterEstimator(int clockRate) {
        if (clockRate <= 0) {
            throw new IllegalArgumentException("RTP clock rate must be positive: " + clockRate);
        }
        this.clockRate = clockRate;
    }

    /**
     * Takes the arrival of one packet.
     *
     * @param arrivalNanos monotonic time of arrival in nanoseconds
     * @param timestamp    RTP timestamp, an unsigned 32 bit number
     */
    public void packet(long arrivalNanos, int timestamp) {
        if (!started) {
            started = true;
            firstArrival = arrivalNanos;
            lastTransit = -timestamp;
            return;
        }
        int transit = units(arrivalNanos - firstArrival) - timestamp;
        int step = transit - lastTransit;
        lastTransit = transit;
        long distance = Math.abs((long) step);
        if (distance > (long) REBASE_SECONDS * clockRate) {
            return;
        }
        scaled += distance - (scaled + 8 >> 4);
    }

    /** Arrival time in timestamp units modulo 2^32, without overflow however long the call. */
    private int units(long nanos) {
        return (int) (Math.floorDiv(nanos, NANOS) * clockRate + Math.floorMod(nanos, NANOS) * clockRate / NANOS);
    }

    /** The jitter in timestamp units, as a report block carries it. */
    public long units() {
        return scaled >> 4;
    }

    /** The jitter in milliseconds. */
    public double millis() {
        return scaled * 1000.0 / 16 / clockRate;
    }

    /** The jitter in whole microseconds. */
    public long micros() {
        return scaled * 1_000_000L / 16 / clockRate;
    }

    /** The clock of another codec: if it is another one, the estimate starts at zero. */
    public void clockRate(int rate) {
        if (clockRate != rate) {
            clockRate = rate;
            reset();
        }
    }

    /** A new stream begins (another SSRC): the estimate starts at zero. */
    public void reset() {
        started = false;
        scaled = 0;
    }
}
