package io.github.camelvoice.media.srtp;

/**
 * Which indexes of one source were seen: the highest, and the 64 up to it. Estimates the rollover counter of a sequence number (RFC 3711, section
 * 3.3.1) and knows what is a replay (3.3.2).
 */
final class PacketIndexes {

    private static final int WINDOW = 64;

    private boolean began;
    private long highest;
    private long seen;

    boolean began() {
        return began;
    }

    long highest() {
        return highest;
    }

    /** The index, of 48 bits, that this sequence number most likely has; negative where it would be before the first. */
    long guess(int sequence) {
        if (!began) {
            return sequence;
        }
        long rollover = highest >>> 16;
        int last = (int) (highest & 0xFFFF);
        if (last < 0x8000) {
            rollover -= sequence - last > 0x8000 ? 1 : 0;
        } else {
            rollover += last - 0x8000 > sequence ? 1 : 0;
        }
        return rollover << 16 | sequence;
    }

    /** Whether this index did not come yet and is not too old to know. */
    boolean isNew(long index) {
        if (index < 0) {
            return false;
        }
        if (!began || index > highest) {
            return true;
        }
        long age = highest - index;
        return age < WINDOW && (seen >>> age & 1) == 0;
    }

    /** To be called of an authentic packet only. */
    void add(long index) {
        if (!began) {
            began = true;
            highest = index;
            seen = 1;
        } else if (index > highest) {
            long step = index - highest;
            seen = step >= WINDOW ? 1 : seen << step | 1;
            highest = index;
        } else {
            seen |= 1L << highest - index;
        }
    }
}
