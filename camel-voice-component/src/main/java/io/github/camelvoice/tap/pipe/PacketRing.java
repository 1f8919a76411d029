package io.github.camelvoice.tap.pipe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Packets of one track on the way from the thread that carries the leg to the loop that taps it. The writer never waits: it writes over the
 * oldest packet, and the reader notices by the number of the slot, before and after it copied. One writer, one reader, no lock, no garbage.
 * <p>
 * A payload longer than a slot is cut into several packets. That is possible since a byte is one unit of the RTP clock in all codecs that a
 * call can have (G.711, and G.722 by RFC 3551, section 4.5.2).
 */
final class PacketRing {

    /** 640 ms of 20 ms packets: the longest that a loop may be held up without a loss. */
    static final int SLOTS = 32;
    static final int SLOT_BYTES = 320;

    private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

    /** Twice the number of the packet in the slot, plus two; odd while it is written. */
    private final long[] numbers = new long[SLOTS];
    private final byte[] bytes = new byte[SLOTS * SLOT_BYTES];
    private final int[] lengths = new int[SLOTS];
    private final int[] timestamps = new int[SLOTS];
    private final long[] nanos = new long[SLOTS];
    private final boolean[] fresh = new boolean[SLOTS];
    private final String[] encodings = new String[SLOTS];
    private final AtomicLong written = new AtomicLong();
    private long next;
    private long dropped;

    /** What the reader gets; one object serves all packets. */
    static final class Packet {
        final byte[] payload = new byte[SLOT_BYTES];
        String encoding;
        int length;
        int timestamp;
        boolean fresh;
        long nanos;
    }

    /** The writer. */
    void write(String encoding, byte[] payload, int length, int timestamp, boolean isFresh, long now) {
        for (int done = 0; done < length; done += SLOT_BYTES) {
            int part = Math.min(SLOT_BYTES, length - done);
            long number = written.getPlain();
            int slot = (int) (number % SLOTS);
            NUMBER.setOpaque(numbers, slot, 2 * number + 1);
            VarHandle.storeStoreFence();
            System.arraycopy(payload, done, bytes, slot * SLOT_BYTES, part);
            lengths[slot] = part;
            timestamps[slot] = timestamp + done;
            nanos[slot] = now;
            fresh[slot] = isFresh && done == 0;
            encodings[slot] = encoding;
            NUMBER.setRelease(numbers, slot, 2 * number + 2);
            written.setRelease(number + 1);
        }
    }

    /** The reader. @return whether there was a packet */
    boolean read(Packet to) {
        while (true) {
            long last = written.getAcquire();
            if (next == last) {
                return false;
            }
            if (last - next >= SLOTS) {
                // one slot is left alone: the writer may be in it
                dropped += last - next - (SLOTS - 1);
                next = last - (SLOTS - 1);
            }
            int slot = (int) (next % SLOTS);
            long expected = 2 * next + 2;
            if ((long) NUMBER.getAcquire(numbers, slot) == expected) {
                int length = lengths[slot];
                System.arraycopy(bytes, slot * SLOT_BYTES, to.payload, 0, length);
                to.length = length;
                to.timestamp = timestamps[slot];
                to.nanos = nanos[slot];
                to.fresh = fresh[slot];
                to.encoding = encodings[slot];
                VarHandle.loadLoadFence();
                if ((long) NUMBER.getOpaque(numbers, slot) == expected) {
                    next++;
                    return true;
                }
            }
            dropped++;
            next++;
        }
    }

    /** The reader: forgets what waits. */
    void skip() {
        next = written.getAcquire();
    }

    /** The reader: packets that were written over before it came. */
    long dropped() {
        return dropped;
    }
}
