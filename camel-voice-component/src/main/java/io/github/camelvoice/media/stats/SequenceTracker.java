package io.github.camelvoice.media.stats;

/**
 * Order and loss of the packets of one incoming RTP stream (RFC 3550, A.1 and A.3). Follows a new SSRC, and a sender that
 * begins its numbers anew. For one thread.
 *
 * <p>Two accounts are kept. Those for RTCP ({@link #extendedHighest()}, {@link #cumulativeLost()},
 * {@link #takeFractionLost()}) concern the present SSRC and count as the RFC says, duplicates as received. Those of the
 * call ({@link #received()}, {@link #lost()}, …) go on over a change of SSRC and take a duplicate for nothing.
 */
public final class SequenceTracker {

    /** What a packet is in its stream. */
    public enum Place {
        /** The first ever, of a new SSRC, or after a jump that a second packet confirmed: the order known before is void. */
        FRESH,
        /** Newer than all before. */
        NEWEST,
        /** Older than the newest and not seen before. */
        REORDERED,
        /** Seen before, or too old to tell. */
        DUPLICATE,
        /** Far from all others; not to be used unless its successor confirms the jump. */
        STRAY
    }

    /** A.1: a gap up to this is loss. */
    private static final int MAX_DROPOUT = 3000;
    /** A.1: a step back up to this is reordering. */
    private static final int MAX_MISORDER = 100;
    private static final int WINDOW = 64;
    private static final int NONE = -1;

    private boolean known;
    private int ssrc;
    private long base;
    private long highest;
    private long window;
    private long extended;
    private int strayNext = NONE;

    private long rtcpReceived;
    private long rtcpExpectedPrior;
    private long rtcpReceivedPrior;
    private long unique;
    private long uniqueBefore;
    private long expectedBefore;
    private long lostBefore;
    private long reordered;
    private long duplicates;
    private long restarts;

    /**
     * Takes one packet.
     *
     * @param packetSsrc its SSRC
     * @param sequence   its sequence number, 0 to 65535
     */
    public Place place(int packetSsrc, int sequence) {
        if (!known || packetSsrc != ssrc) {
            return restart(packetSsrc, sequence);
        }
        int ahead = (short) (sequence - (int) highest);
        if (ahead > 0 && ahead < MAX_DROPOUT) {
            highest += ahead;
            extended = highest;
            window = ahead >= WINDOW ? 1 : window << ahead | 1;
            unique++;
            return counted(Place.NEWEST);
        }
        if (ahead <= 0 && ahead >= -MAX_MISORDER) {
            return behind(-ahead);
        }
        if (sequence == strayNext) {
            return restart(packetSsrc, sequence);
        }
        strayNext = sequence + 1 & 0xffff;
        return Place.STRAY;
    }

    private Place behind(int distance) {
        extended = highest - distance;
        boolean fresh = distance < WINDOW && (window >>> distance & 1) == 0;
        if (!fresh) {
            duplicates++;
            return counted(Place.DUPLICATE);
        }
        window |= 1L << distance;
        base = Math.min(base, extended);
        unique++;
        reordered++;
        return counted(Place.REORDERED);
    }

    private Place counted(Place place) {
        rtcpReceived++;
        strayNext = NONE;
        return place;
    }

    private Place restart(int packetSsrc, int sequence) {
        if (known) {
            restarts++;
            lostBefore += lostNow();
            expectedBefore += expectedNow();
            uniqueBefore += unique;
        }
        known = true;
        ssrc = packetSsrc;
        // one cycle up, so that packets older than the first stay positive
        base = 0x10000L + sequence;
        highest = base;
        extended = base;
        window = 1;
        unique = 1;
        rtcpReceived = 0;
        rtcpExpectedPrior = 0;
        rtcpReceivedPrior = 0;
        return counted(Place.FRESH);
    }

    private long expectedNow() {
        return known ? highest - base + 1 : 0;
    }

    private long lostNow() {
        return Math.max(0, expectedNow() - unique);
    }

    /** Whether a packet came at all. */
    public boolean known() {
        return known;
    }

    /** SSRC of the present stream; 0 before the first packet. */
    public int ssrc() {
        return ssrc;
    }

    /**
     * Sequence number of the packet placed last, cycles of 65536 added. It rises with the order of sending until
     * {@link Place#FRESH} voids it; not touched by {@link Place#STRAY}.
     */
    public long extended() {
        return extended;
    }

    /** The highest {@link #extended()} of the present stream. */
    public long highest() {
        return highest;
    }

    /** Extended highest sequence number as a report block carries it: cycles in the upper, number in the lower 16 bits. */
    public int extendedHighest() {
        return known ? (int) (highest - 0x10000L) : 0;
    }

    /** Cumulative number of packets lost as a report block carries it: signed, held within 24 bits. */
    public int cumulativeLost() {
        long lost = expectedNow() - rtcpReceived;
        return (int) Math.max(-0x800000, Math.min(0x7fffff, lost));
    }

    /**
     * Fraction lost since the last call, in 256ths, 0 to 255; begins a new interval. To be called once for each report
     * block written.
     */
    public int takeFractionLost() {
        long expected = expectedNow() - rtcpExpectedPrior;
        long received = rtcpReceived - rtcpReceivedPrior;
        rtcpExpectedPrior = expectedNow();
        rtcpReceivedPrior = rtcpReceived;
        long lost = expected - received;
        return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, (lost << 8) / expected);
    }

    /** Packets received in all, each once. */
    public long received() {
        return uniqueBefore + unique;
    }

    /** Packets expected in all. */
    public long expected() {
        return expectedBefore + expectedNow();
    }

    /** Packets lost in all; one that comes late after all is taken off again. Never negative. */
    public long lost() {
        return lostBefore + lostNow();
    }

    /** Packets that came after a newer one. */
    public long reordered() {
        return reordered;
    }

    /** Packets that came again. */
    public long duplicates() {
        return duplicates;
    }

    /** How often a new SSRC or new numbering began after the first. */
    public long restarts() {
        return restarts;
    }
}
