package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Packets of one track on the way from the thread that carries the leg to the loop that taps it. The writer never waits: it writes over the
 * oldest packet, and the reader notices by the number of the slot, before and after it copied. One writer, one reader, no lock, no garbage.
 * <p>
 * A payload longer than a slot is cut into several packets where a byte is a unit of time (G.711, and G.722 by RFC 3551, section 4.5.2); of
 * other codecs it takes several slots, and is one packet again for the reader. Times are in units of 1/8000 s whatever the clock of the codec.
 */
final class PacketRing {

    /** 640 ms of 20 ms packets: the longest that a loop may be held up without a loss. */
    static final int SLOTS = 32;
    static final int SLOT_BYTES = 320;
    private static final int UNITS_PER_SECOND = 8000;
    /** What one packet lasts at the most: 120 ms of Opus. */
    static final int MOST_UNITS = 960;
    private static final int MOST_SLOTS = 5;

    private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(long[].class);

    /** Twice the number of the packet in the slot, plus two; odd while it is written. */
    private final long[] numbers = new long[SLOTS];
    private final byte[] bytes = new byte[SLOTS * SLOT_BYTES];
    private final int[] lengths = new int[SLOTS];
    private final int[] units = new int[SLOTS];
    /** Where the part stands in its packet. */
    private final int[] positions = new int[SLOTS];
    /** Slots that belong to the packet and follow. */
    private final int[] following = new int[SLOTS];
    private final int[] timestamps = new int[SLOTS];
    private final long[] nanos = new long[SLOTS];
    private final boolean[] fresh = new boolean[SLOTS];
    private final String[] encodings = new String[SLOTS];
    private final AtomicLong written = new AtomicLong();
    private String lastEncoding;
    private AudioCodec codec;
    private int lastTimestamp;
    private int time;
    private long next;
    private long dropped;

    /** What the reader gets; one object serves all packets. */
    static final class Packet {
        final byte[] payload = new byte[MOST_SLOTS * SLOT_BYTES];
        String encoding;
        int length;
        /** How long it lasts. */
        int units;
        int timestamp;
        boolean fresh;
        long nanos;
    }

    /** The writer. */
    void write(String encoding, byte[] payload, int length, int timestamp, boolean isFresh, long now) {
        boolean begins = isFresh;
        if (encoding != lastEncoding) {
            AudioCodec before = codec;
            lastEncoding = encoding;
            codec = Codecs.get(encoding);
            begins |= before == null || before.clockRate() != codec.clockRate();
        }
        int clock = codec.clockRate() / UNITS_PER_SECOND;
        time = clock == 1 ? timestamp : begins ? 0 : time + (timestamp - lastTimestamp) / clock;
        lastTimestamp = timestamp;
        int duration = codec.duration(payload, 0, length) / clock;
        long number = written.getPlain();
        if (duration == length) {
            for (int done = 0; done < length; done += SLOT_BYTES) {
                int part = Math.min(SLOT_BYTES, length - done);
                slot(number++, payload, done, 0, part, part, 0, time + done, begins && done == 0, now);
            }
        } else if (duration > 0 && duration <= MOST_UNITS && length <= MOST_SLOTS * SLOT_BYTES) {
            for (int done = 0; done < length; done += SLOT_BYTES) {
                int left = length - done;
                slot(number++, payload, done, done, Math.min(SLOT_BYTES, left), duration, (left - 1) / SLOT_BYTES, time, begins, now);
            }
        }
        written.setRelease(number);
    }

    /** @param at where this part stands in the packet, which may be one of several of a payload */
    private void slot(long number, byte[] payload, int from, int at, int length, int lasts, int more, int timestamp, boolean begins, long now) {
        int slot = (int) (number % SLOTS);
        NUMBER.setOpaque(numbers, slot, 2 * number + 1);
        VarHandle.storeStoreFence();
        System.arraycopy(payload, from, bytes, slot * SLOT_BYTES, length);
        lengths[slot] = length;
        units[slot] = lasts;
        positions[slot] = at;
        following[slot] = more;
        timestamps[slot] = timestamp;
        nanos[slot] = now;
        fresh[slot] = begins;
        encodings[slot] = lastEncoding;
        NUMBER.setRelease(numbers, slot, 2 * number + 2);
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
            to.length = 0;
            int more;
            do {
                more = take(to);
                next++;
            } while (more > 0 && next != last);
            if (more == 0) {
                return true;
            }
            dropped++;
        }
    }

    /** Adds the next slot to a packet. @return how many more it has, -1 if the slot was written over */
    private int take(Packet to) {
        int slot = (int) (next % SLOTS);
        long expected = 2 * next + 2;
        if ((long) NUMBER.getAcquire(numbers, slot) != expected) {
            return -1;
        }
        int length = lengths[slot];
        int more = following[slot];
        if (positions[slot] != to.length || to.length + length > to.payload.length) {
            return -1;
        }
        System.arraycopy(bytes, slot * SLOT_BYTES, to.payload, to.length, length);
        to.length += length;
        to.units = units[slot];
        to.timestamp = timestamps[slot];
        to.nanos = nanos[slot];
        to.fresh = fresh[slot];
        to.encoding = encodings[slot];
        VarHandle.loadLoadFence();
        return (long) NUMBER.getOpaque(numbers, slot) == expected ? more : -1;
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
