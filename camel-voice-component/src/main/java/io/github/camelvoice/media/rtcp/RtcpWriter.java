package io.github.camelvoice.media.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes compound packets: a report, our name, and a goodbye if wanted (RFC 3550, 6.4 to 6.6). */
final class RtcpWriter {

    private static final int CNAME = 1;

    private final int ssrc;
    private final byte[] cname;

    /** @param cname at most 255 bytes, the same for the life of the stream */
    RtcpWriter(int ssrc, String cname) {
        this.ssrc = ssrc;
        this.cname = cname.getBytes(StandardCharsets.UTF_8);
        if (this.cname.length > 255) {
            throw new IllegalArgumentException("a CNAME has 255 bytes at most");
        }
    }

    /** What we sent. */
    record Sent(long ntp, long rtpTimestamp, long packets, long bytes) {
    }

    /** What we received of one source. */
    record Received(int ssrc, int fractionLost, int cumulativeLost, int extendedHighest, long jitter, int lastSenderReport, int delaySinceIt) {
    }

    /** Writes from position 0 on, and sets the limit. {@code sent} null: a receiver report; {@code received} null: nothing to report on. */
    void write(ByteBuffer out, Sent sent, Received received, boolean goodbye) {
        out.clear();
        int blocks = received == null ? 0 : 1;
        int words = (sent == null ? 1 : 6) + 6 * blocks;
        out.put((byte) (0x80 | blocks)).put((byte) (sent == null ? RtcpView.RR : RtcpView.SR)).putShort((short) words).putInt(ssrc);
        if (sent != null) {
            out.putLong(sent.ntp).putInt((int) sent.rtpTimestamp).putInt((int) sent.packets).putInt((int) sent.bytes);
        }
        if (received != null) {
            out.putInt(received.ssrc).putInt(received.fractionLost << 24 | received.cumulativeLost & 0xFFFFFF)
                    .putInt(received.extendedHighest).putInt((int) received.jitter).putInt(received.lastSenderReport)
                    .putInt(received.delaySinceIt);
        }
        name(out);
        if (goodbye) {
            out.put((byte) 0x81).put((byte) RtcpView.BYE).putShort((short) 1).putInt(ssrc);
        }
        out.flip();
    }

    /** SDES: one chunk, ended by a zero and filled to a word. */
    private void name(ByteBuffer out) {
        int item = 2 + cname.length;
        int padding = 4 - item % 4;
        out.put((byte) 0x81).put((byte) RtcpView.SDES).putShort((short) (1 + (item + padding) / 4)).putInt(ssrc);
        out.put((byte) CNAME).put((byte) cname.length).put(cname);
        for (int i = 0; i < padding; i++) {
            out.put((byte) 0);
        }
    }
}
