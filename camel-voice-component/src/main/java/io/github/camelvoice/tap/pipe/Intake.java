package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.tap.TapDirection;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** The end of a tap at the call: takes packets, digits and the end from other threads, for the tap's loop to fetch. */
public final class Intake implements MediaTap {

    private static final int MOST_DIGITS = 64;

    /** A key that was pressed. */
    public record Digit(char digit, int durationMillis) {
    }

    private volatile PacketRing inbound;
    private volatile PacketRing outbound;
    private volatile boolean closed;
    private volatile boolean pressed;
    /** Locks, but on the call's mailbox, once a key. */
    private final Queue<Digit> digits = new ArrayBlockingQueue<>(MOST_DIGITS);

    @Override
    public void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
        PacketRing ring = track == Track.INBOUND ? inbound : outbound;
        if (ring != null) {
            ring.write(encoding, payload, length, timestamp, fresh, nanos);
        }
    }

    @Override
    public void digit(char digit, int durationMillis) {
        if (digits.offer(new Digit(digit, durationMillis))) {
            pressed = true;
        }
    }

    @Override
    public void closed() {
        closed = true;
    }

    /** The loop: whether the leg is closed. What came before can still be fetched. */
    public boolean isClosed() {
        return closed;
    }

    /** The loop: the next digit, or null. */
    public Digit nextDigit() {
        if (!pressed) {
            return null;
        }
        Digit digit = digits.poll();
        if (digit == null) {
            pressed = false;
            return digits.poll();
        }
        return digit;
    }

    /** The loop: packets of this direction are taken from now on. */
    public void take(TapDirection direction) {
        ring(Track.INBOUND, direction.speaks());
        ring(Track.OUTBOUND, direction.listens());
    }

    /** The loop: the ring of a track that is wanted from now on, with nothing in it; null where it is not wanted. */
    PacketRing ring(Track track, boolean wanted) {
        PacketRing ring = track == Track.INBOUND ? inbound : outbound;
        if (wanted == (ring != null)) {
            return ring;
        }
        ring = wanted ? new PacketRing() : null;
        if (track == Track.INBOUND) {
            inbound = ring;
        } else {
            outbound = ring;
        }
        return ring;
    }
}
