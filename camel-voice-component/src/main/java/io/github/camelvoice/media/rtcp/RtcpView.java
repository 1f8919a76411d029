package io.github.camelvoice.media.rtcp;

import java.nio.ByteBuffer;

/**
 * A compound RTCP packet, checked as a whole (RFC 3550, A.2) before anything of it is used. Holds what it says about one stream of
 * ours. One object serves all packets of one thread.
 */
public final class RtcpView {

    static final int SR = 200;
    static final int RR = 201;
    static final int SDES = 202;
    static final int BYE = 203;
    private static final int BLOCK = 24;

    private int senderSsrc;
    private boolean senderInfo;
    private int senderNtp;
    private boolean reported;
    private int fractionLost;
    private int cumulativeLost;
    private long jitter;
    private int lastSenderReport;
    private int delaySinceIt;
    private boolean goodbye;

    /**
     * Reads the packet from position 0 to the limit.
     *
     * @param ssrc of our stream
     * @return false if it is invalid: nothing of it is to be used
     */
    public boolean read(ByteBuffer packet, int ssrc) {
        if (!valid(packet)) {
            return false;
        }
        senderSsrc = packet.getInt(4);
        senderInfo = false;
        reported = false;
        goodbye = false;
        for (int at = 0; at < packet.limit(); at += length(packet, at)) {
            int type = packet.get(at + 1) & 0xFF;
            if (type == SR || type == RR) {
                report(packet, at, type, ssrc);
            } else if (type == BYE) {
                goodbye = true;
            }
        }
        return true;
    }

    private static int length(ByteBuffer packet, int at) {
        return 4 * ((packet.getShort(at + 2) & 0xFFFF) + 1);
    }

    private static boolean valid(ByteBuffer packet) {
        int end = packet.limit();
        if (end < 8 || end % 4 != 0) {
            return false;
        }
        int first = packet.get(1) & 0xFF;
        if (first != SR && first != RR || (packet.get(0) & 0x20) != 0) {
            return false;
        }
        int at = 0;
        while (at < end) {
            if (end - at < 4 || (packet.get(at) & 0xC0) != 0x80) {
                return false;
            }
            int length = length(packet, at);
            if (length > end - at || !whole(packet, at, length)) {
                return false;
            }
            boolean last = at + length == end;
            if ((packet.get(at) & 0x20) != 0 && (!last || !padded(packet, at, length))) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Reports and goodbyes are as long as their count says. */
    private static boolean whole(ByteBuffer packet, int at, int length) {
        int count = packet.get(at) & 0x1F;
        return switch (packet.get(at + 1) & 0xFF) {
            case SR -> length >= 28 + BLOCK * count;
            case RR -> length >= 8 + BLOCK * count;
            case BYE -> length >= 4 + 4 * count;
            default -> true;
        };
    }

    private static boolean padded(ByteBuffer packet, int at, int length) {
        int padding = packet.get(at + length - 1) & 0xFF;
        return padding != 0 && padding % 4 == 0 && padding <= length - 4;
    }

    private void report(ByteBuffer packet, int at, int type, int ssrc) {
        int block = at + 8;
        if (type == SR) {
            senderInfo = true;
            senderNtp = packet.getInt(at + 10);
            block = at + 28;
        }
        for (int i = packet.get(at) & 0x1F; i > 0; i--, block += BLOCK) {
            if (packet.getInt(block) == ssrc) {
                reported = true;
                int lost = packet.getInt(block + 4);
                fractionLost = lost >>> 24;
                cumulativeLost = lost << 8 >> 8;
                jitter = packet.getInt(block + 12) & 0xFFFFFFFFL;
                lastSenderReport = packet.getInt(block + 16);
                delaySinceIt = packet.getInt(block + 20);
            }
        }
    }

    /** SSRC of the first report. */
    public int senderSsrc() {
        return senderSsrc;
    }

    /** Whether there was a sender report, of which {@link #senderNtp} is. */
    public boolean senderInfo() {
        return senderInfo;
    }

    /** The middle 32 bits of the sender's NTP time. */
    public int senderNtp() {
        return senderNtp;
    }

    /** Whether our stream was reported on; the next five are of that report. */
    public boolean reported() {
        return reported;
    }

    /** In 256ths. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Signed: duplicates make it negative. */
    public int cumulativeLost() {
        return cumulativeLost;
    }

    /** In timestamp units. */
    public long jitter() {
        return jitter;
    }

    /** 0 if the far end had none of ours. */
    public int lastSenderReport() {
        return lastSenderReport;
    }

    /** In 65536ths of a second. */
    public int delaySinceIt() {
        return delaySinceIt;
    }

    /** The far end leaves. */
    public boolean goodbye() {
        return goodbye;
    }
}
