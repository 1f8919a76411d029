package io.github.camelvoice.media.rtp;

/**
 * Order and identity of the packets of one incoming stream: the extended sequence number (RFC 3550, A.1), duplicates within the
 * last 64 packets, and the change of SSRC. One thread.
 */
public final class ReceiveTrack {

    /** What a packet is in its stream. */
    public enum Place {
        /** The first ever, or of a new SSRC, or after a jump: all that was known of the order is void. */
        FRESH,
        /** Newer than all before. */
        NEWEST,
        /** Came after a newer one. */
        REORDERED,
        /** Came before. */
        DUPLICATE
    }

    /** RFC 3550, A.1: MAX_DROPOUT. */
    private static final int MAX_DROPOUT = 3000;
    private static final int WINDOW = 64;

    private boolean known;
    private int ssrc;
    private long highest;
    private long seen;
    private long extended;
    private int strayed;
    private int strayNext;

    /** Places a packet; {@link #extended()} then holds its extended sequence number. */
    public Place place(int packetSsrc, int sequence) {
        if (!known || packetSsrc != ssrc) {
            return restart(packetSsrc, sequence);
        }
        int ahead = (short) (sequence - (int) highest);
        if (ahead > 0 && ahead < MAX_DROPOUT) {
            highest += ahead;
            seen = ahead >= WINDOW ? 1 : seen << ahead | 1;
            extended = highest;
            strayed = 0;
            return Place.NEWEST;
        }
        if (ahead <= 0 && ahead > -WINDOW) {
            long bit = 1L << -ahead;
            extended = highest + ahead;
            if ((seen & bit) != 0) {
                return Place.DUPLICATE;
            }
            seen |= bit;
            return Place.REORDERED;
        }
        return stray(packetSsrc, sequence);
    }

    /** Far off: two in a row are a sender that began anew, one alone is noise (RFC 3550, A.1). */
    private Place stray(int packetSsrc, int sequence) {
        if (strayed > 0 && sequence == strayNext) {
            return restart(packetSsrc, sequence);
        }
        strayed = 1;
        strayNext = (sequence + 1) & 0xFFFF;
        extended = highest;
        return Place.DUPLICATE;
    }

    private Place restart(int packetSsrc, int sequence) {
        known = true;
        ssrc = packetSsrc;
        highest = 0x10000L + sequence;
        extended = highest;
        seen = 1;
        strayed = 0;
        return Place.FRESH;
    }

    public int ssrc() {
        return ssrc;
    }

    public boolean known() {
        return known;
    }

    /** Of the packet placed last: its sequence number, the cycles of 65536 added. */
    public long extended() {
        return extended;
    }

    /** The highest extended sequence number. */
    public long highest() {
        return highest;
    }
}
