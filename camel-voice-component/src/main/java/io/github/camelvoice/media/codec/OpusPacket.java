package io.github.camelvoice.media.codec;

/** The frame of an Opus packet (RFC 6716, section 3), checked by the rules of its section 3.4 before anything is decoded. */
final class OpusPacket {

    /** 120 ms at 48000 Hz (rule R5). */
    static final int LONGEST = 5760;
    private static final int MOST_FRAME_BYTES = 1275;

    private OpusPacket() {
    }

    /** @return samples at 48000 Hz, 120 to 5760; 0 for a packet that no encoder may make */
    static int duration(byte[] packet, int off, int len) {
        if (len < 1) {
            return 0;
        }
        int toc = packet[off] & 0xFF;
        int frame = frame(toc >> 3);
        int code = toc & 3;
        if (code == 3) {
            return arbitrary(packet, off, len, frame);
        }
        if (code == 0) {
            return len - 1 <= MOST_FRAME_BYTES ? frame : 0;
        }
        if (code == 1) {
            return (len - 1) % 2 == 0 && (len - 1) / 2 <= MOST_FRAME_BYTES ? 2 * frame : 0;
        }
        return two(packet, off, len) ? 2 * frame : 0;
    }

    /** Whether the packet has both layers, by its first byte. */
    static boolean hybrid(byte toc) {
        int config = (toc & 0xFF) >> 3;
        return config >= 12 && config < 16;
    }

    /** Samples at 48000 Hz of one frame by the configuration number (table 2). */
    private static int frame(int config) {
        if (config < 12) {
            int step = config & 3;
            return step == 3 ? 2880 : 480 << step;
        }
        if (config < 16) {
            return (config & 1) == 0 ? 480 : 960;
        }
        return 120 << (config & 3);
    }

    /** Code 2: the first frame has its length in front. */
    private static boolean two(byte[] packet, int off, int len) {
        int at = 1;
        int first = length(packet, off + at, len - at);
        if (first < 0) {
            return false;
        }
        at += first >= 252 ? 2 : 1;
        int second = len - at - first;
        return second >= 0 && second <= MOST_FRAME_BYTES;
    }

    /** @return a length of one or two bytes, -1 where they are not there */
    private static int length(byte[] packet, int at, int left) {
        if (left < 1) {
            return -1;
        }
        int first = packet[at] & 0xFF;
        if (first < 252) {
            return first;
        }
        return left < 2 ? -1 : first + 4 * (packet[at + 1] & 0xFF);
    }

    /** Code 3: count, padding, lengths. */
    private static int arbitrary(byte[] packet, int off, int len, int frame) {
        if (len < 2) {
            return 0;
        }
        int head = packet[off + 1] & 0xFF;
        int count = head & 0x3F;
        if (count == 0 || count * frame > LONGEST) {
            return 0;
        }
        int at = 2;
        int padding = 0;
        if ((head & 0x40) != 0) {
            int more;
            do {
                if (at >= len) {
                    return 0;
                }
                more = packet[off + at++] & 0xFF;
                padding += more == 255 ? 254 : more;
            } while (more == 255);
        }
        int left = len - at - padding;
        if (left < 0) {
            return 0;
        }
        boolean fits = (head & 0x80) == 0 ? left % count == 0 && left / count <= MOST_FRAME_BYTES : variable(packet, off + at, left, count);
        return fits ? count * frame : 0;
    }

    private static boolean variable(byte[] packet, int off, int len, int count) {
        int at = 0;
        int sum = 0;
        for (int i = 0; i < count - 1; i++) {
            int length = length(packet, off + at, len - at);
            if (length < 0) {
                return false;
            }
            at += length >= 252 ? 2 : 1;
            sum += length;
        }
        int last = len - at - sum;
        return last >= 0 && last <= MOST_FRAME_BYTES;
    }
}
