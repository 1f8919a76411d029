package io.github.camelvoice.media.rtp;

import java.nio.ByteBuffer;

/**
 * An RTP packet in place (RFC 3550, 5.1): checked by {@link #wrap}, then read without a copy. One object serves all packets of
 * one thread.
 */
public final class RtpView implements Numbered {

    public static final int HEADER = 12;

    private ByteBuffer buffer;
    private int payloadType;
    private boolean marker;
    private int sequence;
    private long timestamp;
    private int ssrc;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Takes the packet from position 0 to the limit of {@code packet}.
     *
     * @return null, or what is wrong with it
     */
    public Discard wrap(ByteBuffer packet) {
        int length = packet.limit();
        if (length < HEADER) {
            return Discard.TOO_SHORT;
        }
        int first = packet.get(0);
        if ((first & 0xC0) != 0x80) {
            return Discard.VERSION;
        }
        int offset = HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (offset + 4 > length) {
                return Discard.LENGTH;
            }
            offset += 4 + 4 * (packet.getShort(offset + 2) & 0xFFFF);
        }
        int end = length;
        if ((first & 0x20) != 0) {
            int padding = packet.get(length - 1) & 0xFF;
            if (padding == 0) {
                return Discard.LENGTH;
            }
            end -= padding;
        }
        if (offset >= end) {
            return Discard.LENGTH;
        }
        int second = packet.get(1);
        buffer = packet;
        marker = second < 0;
        payloadType = second & 0x7F;
        sequence = packet.getShort(2) & 0xFFFF;
        timestamp = packet.getInt(4) & 0xFFFFFFFFL;
        ssrc = packet.getInt(8);
        payloadOffset = offset;
        payloadLength = end - offset;
        return null;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int payloadType() {
        return payloadType;
    }

    @Override
    public boolean marker() {
        return marker;
    }

    @Override
    public int sequence() {
        return sequence;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public int ssrc() {
        return ssrc;
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    /** 1 or more. */
    public int payloadLength() {
        return payloadLength;
    }
}
