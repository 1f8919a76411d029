package io.github.camelvoice.media.wav;

import java.util.Map;

/**
 * The format chunk of a WAV file, checked.
 *
 * @param encoding    how a sample is written
 * @param sampleBytes bytes of a sample of one channel: of PCM 1 to 4, its significant bits at the top (what has 12 bits has two bytes)
 * @param channels    1 to 8
 * @param sampleRate  in Hz, 1000 to 384000
 */
public record WavFormat(Encoding encoding, int sampleBytes, int channels, int sampleRate) {

    /** The lowest and highest sample rate that is read. */
    public static final int MIN_RATE = 1000;
    public static final int MAX_RATE = 384_000;
    public static final int MAX_CHANNELS = 8;

    private static final int TAG_PCM = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_ALAW = 6;
    private static final int TAG_MULAW = 7;
    private static final int TAG_EXTENSIBLE = 0xfffe;
    /** Tail of the GUIDs that stand for a format tag (KSDATAFORMAT_SUBTYPE_…). */
    private static final byte[] GUID_TAIL = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71};
    /** What people have by mistake. */
    private static final Map<Integer, String> COMPRESSED = Map.of(0x02, "ADPCM", 0x11, "ADPCM", 0x31, "GSM", 0x40, "G.721", 0x45, "G.726",
            0x50, "MPEG", 0x55, "MP3", 0x83, "G.729", 0x161, "WMA", 0x706d, "AAC");

    /** How a sample is written. */
    public enum Encoding {
        /** Without a sign if it has one byte, else with one. */
        PCM,
        /** Of four or eight bytes. */
        FLOAT, MULAW, ALAW
    }

    /** Bytes of one sample of all channels. */
    public int frameBytes() {
        return sampleBytes * channels;
    }

    /** Reads the content of a format chunk of {@code length} bytes. */
    static WavFormat parse(byte[] chunk, int length) throws WavException {
        if (length < 16) {
            throw new WavException("WAV format chunk has " + length + " bytes, at least 16 are needed");
        }
        int tag = u16(chunk, 0);
        int bits = u16(chunk, 14);
        if (tag == TAG_EXTENSIBLE) {
            if (length < 40) {
                throw new WavException("WAV extensible format chunk has " + length + " bytes, 40 are needed");
            }
            for (int i = 0; i < GUID_TAIL.length; i++) {
                if (chunk[26 + i] != GUID_TAIL[i]) {
                    throw new WavException("WAV sub-format is not a known one");
                }
            }
            int valid = u16(chunk, 18);
            if (valid > bits) {
                throw new WavException("WAV has " + valid + " valid bits in samples of " + bits);
            }
            tag = u16(chunk, 24);
        }
        int channels = u16(chunk, 2);
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new WavException("WAV has " + channels + " channels, 1 to " + MAX_CHANNELS + " can be played");
        }
        long rate = u32(chunk, 4);
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new WavException("WAV sample rate is " + rate + " Hz, " + MIN_RATE + " to " + MAX_RATE + " can be played");
        }
        WavFormat format = new WavFormat(encoding(tag, bits), (bits + 7) / 8, channels, (int) rate);
        int align = u16(chunk, 12);
        if (align != format.frameBytes()) {
            throw new WavException("WAV block alignment is " + align + ", " + format.frameBytes() + " expected for "
                    + channels + " channel(s) of " + bits + " bits");
        }
        return format;
    }

    private static Encoding encoding(int tag, int bits) throws WavException {
        Encoding found = switch (tag) {
            case TAG_PCM -> bits >= 8 && bits <= 32 ? Encoding.PCM : null;
            case TAG_FLOAT -> bits == 32 || bits == 64 ? Encoding.FLOAT : null;
            case TAG_ALAW -> bits == 8 ? Encoding.ALAW : null;
            case TAG_MULAW -> bits == 8 ? Encoding.MULAW : null;
            default -> throw new WavException("WAV format tag 0x" + Integer.toHexString(tag)
                    + (COMPRESSED.containsKey(tag) ? " (" + COMPRESSED.get(tag) + ")" : "") + " is not supported: PCM, float, mu-law and A-law are");
        };
        if (found == null) {
            throw new WavException("WAV has " + bits + " bits a sample, not supported with format tag 0x"
                    + Integer.toHexString(tag));
        }
        return found;
    }

    static int u16(byte[] in, int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8;
    }

    static long u32(byte[] in, int at) {
        return u16(in, at) | (long) u16(in, at + 2) << 16;
    }
}
