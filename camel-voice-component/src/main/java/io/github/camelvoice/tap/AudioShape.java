package io.github.camelvoice.tap;

/**
 * In what form a sink wants its audio.
 *
 * @param encoding    {@code PCMU}, {@code PCMA} or {@code L16} (linear, 16 bits a sample)
 * @param rate        samples per second: 8000 for G.711; 8000, 16000 or 24000 for L16
 * @param layout      how two tracks become one stream, or stay two
 * @param frameMillis length of a frame, 10 to 120 in steps of 10
 * @param bigEndian   byte order of L16: true in RTP (RFC 3551), false in all WebSocket dialects
 */
public record AudioShape(String encoding, int rate, Layout layout, int frameMillis, boolean bigEndian) {

    /** How tracks are laid out. */
    public enum Layout {
        /** Each track has frames of its own. */
        TRACKS,
        /** All that is tapped becomes one mono stream; both tracks are mixed. */
        MIX,
        /** Interleaved: inbound left, outbound right. */
        STEREO
    }

    public AudioShape {
        if (frameMillis < 10 || frameMillis > 120 || frameMillis % 10 != 0) {
            throw new IllegalArgumentException("a frame lasts 10 to 120 ms in steps of 10: " + frameMillis);
        }
    }

    public int channels() {
        return layout == Layout.STEREO ? 2 : 1;
    }

    /** Bytes of a frame, all channels. */
    public int frameBytes() {
        return rate / 1000 * frameMillis * channels() * (encoding.equals("L16") ? 2 : 1);
    }
}
