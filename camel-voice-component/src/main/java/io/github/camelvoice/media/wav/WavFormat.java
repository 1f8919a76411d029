package io.github.camelvoice.media.wav;

/**
 * The format chunk of a WAV file, checked.
 *
 * @param encoding   how a sample is written
 * @param channels   1 or 2
 * @param sampleRate in Hz, 4000 to 192000
 */
public record WavFormat(Encoding encoding, int channels, int sampleRate) {

    /** The lowest and highest sample rate that is read. */
    public static final int MIN_RATE = 4000;
    public static final int MAX_RATE = 192_000;

    private static final int TAG_PCM = 1;
    private static final int TAG_FLOAT = 3;
    private static final int TAG_ALAW = 6;
    private static final int TAG_MULAW = 7;
    private static final int TAG_EXTENSIBLE = 0xfffe;
    /** Tail of the GUIDs that stand for a format tag (KSDATAFORMAT_SUBTYPE_…). */
    private static final byte[] GUID_TAIL = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71};

    /** How a sample is written. */
    public enum Encoding {
        PCM_8(1), PCM_16(2), PCM_24(3), PCM_32(4), FLOAT_32(4), MULAW(1), ALAW(1);

        private final int bytes;

        Encoding(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one sample of one channel. */
        public int bytes() {
            return bytes;
        }
    }

    /** Bytes of one sample of all channels. */
    public int frameBytes() {
        return encoding.bytes() * channels;
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
            tag = u16(chunk, 24);
        }
        int channels = u16(chunk, 2);
        if (channels < 1 || channels > 2) {
            throw new WavException("WAV has " + channels + " channels, 1 or 2 can be played");
        }
        long rate = u32(chunk, 4);
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new WavException("WAV sample rate is " + rate + " Hz, " + MIN_RATE + " to " + MAX_RATE + " can be played");
        }
        WavFormat format = new WavFormat(encoding(tag, bits), channels, (int) rate);
        int align = u16(chunk, 12);
        if (align != format.frameBytes()) {
            throw new WavException("WAV block alignment is " + align + ", " + format.frameBytes() + " expected for "
                    + channels + " channel(s) of " + bits + " bits");
        }
        return format;
    }

    private static Encoding encoding(int tag, int bits) throws WavException {
        Encoding found = switch (tag) {
            case TAG_PCM -> switch (bits) {
                case 8 -> Encoding.PCM_8;
                case 16 -> Encoding.PCM_16;
                case 24 -> Encoding.PCM_24;
                case 32 -> Encoding.PCM_32;
                default -> null;
            };
            case TAG_FLOAT -> bits == 32 ? Encoding.FLOAT_32 : null;
            case TAG_ALAW -> bits == 8 ? Encoding.ALAW : null;
            case TAG_MULAW -> bits == 8 ? Encoding.MULAW : null;
            default -> throw new WavException("WAV format tag 0x" + Integer.toHexString(tag)
                    + " is not supported: PCM, float, mu-law and A-law are");
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
