package io.github.camelvoice.media.codec;

import java.util.Objects;

/**
 * G.711 (ITU-T 11/1988): mu-law and A-law by table, one byte a sample. Coding has no memory, so each law has one encoder
 * and one decoder, shared by all streams and threads.
 */
public final class G711 implements AudioCodec, AudioCodec.Encoder, AudioCodec.Decoder {

    private static final int MULAW_BIAS = 0x84;
    private static final int MULAW_CLIP = 32635;

    private static final G711 MULAW = new G711("PCMU", 0, true);
    private static final G711 ALAW = new G711("PCMA", 8, false);

    private final String encoding;
    private final int payloadType;
    /** Index: the upper 14 (mu-law) or 13 (A-law) bits of the sample as an unsigned number. */
    private final byte[] encodeTable;
    private final int shift;
    private final short[] decodeTable = new short[256];

    private G711(String encoding, int payloadType, boolean mulaw) {
        this.encoding = encoding;
        this.payloadType = payloadType;
        this.shift = mulaw ? 2 : 3;
        this.encodeTable = new byte[65536 >> shift];
        for (int i = 0; i < encodeTable.length; i++) {
            int sample = (short) (i << shift);
            if (mulaw && sample < 0) {
                // The slot is entered for the sample nearest to zero: otherwise the negative half would lean outwards.
                sample |= 3;
            }
            encodeTable[i] = (byte) (mulaw ? linearToMulaw(sample) : linearToAlaw(sample));
        }
        for (int i = 0; i < decodeTable.length; i++) {
            decodeTable[i] = (short) (mulaw ? mulawToLinear(i) : alawToLinear(i));
        }
    }

    /** The mu-law codec, {@code PCMU}. */
    public static G711 mulaw() {
        return MULAW;
    }

    /** The A-law codec, {@code PCMA}. */
    public static G711 alaw() {
        return ALAW;
    }

    /** Encodes one sample. */
    public byte encode(short sample) {
        return encodeTable[(sample & 0xffff) >>> shift];
    }

    /** Decodes one byte. */
    public short decode(byte code) {
        return decodeTable[code & 0xff];
    }

    @Override
    public String encoding() {
        return encoding;
    }

    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 8000;
    }

    @Override
    public int staticPayloadType() {
        return payloadType;
    }

    /** The byte that silence is. */
    public byte silence() {
        return encode((short) 0);
    }

    @Override
    public int duration(byte[] payload, int off, int len) {
        return len;
    }

    @Override
    public Encoder encoder(String parameters) {
        return this;
    }

    @Override
    public Decoder decoder() {
        return this;
    }

    @Override
    public int encode(short[] pcm, int off, int len, byte[] out, int outOff) {
        Objects.checkFromIndexSize(off, len, pcm.length);
        Objects.checkFromIndexSize(outOff, len, out.length);
        byte[] table = encodeTable;
        int drop = shift;
        for (int i = 0; i < len; i++) {
            out[outOff + i] = table[(pcm[off + i] & 0xffff) >>> drop];
        }
        return len;
    }

    @Override
    public int decode(byte[] in, int off, int len, short[] pcm, int outOff) {
        Objects.checkFromIndexSize(off, len, in.length);
        Objects.checkFromIndexSize(outOff, len, pcm.length);
        short[] table = decodeTable;
        for (int i = 0; i < len; i++) {
            pcm[outOff + i] = table[in[off + i] & 0xff];
        }
        return len;
    }

    @Override
    public void reset() {
        // G.711 has no memory
    }

    @Override
    public String toString() {
        return encoding;
    }

    private static int linearToMulaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(sample < 0 ? -sample : sample, MULAW_CLIP) + MULAW_BIAS;
        int segment = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = magnitude >> segment + 3 & 0x0f;
        return ~(sign | segment << 4 | mantissa) & 0xff;
    }

    private static int mulawToLinear(int code) {
        int bits = ~code & 0xff;
        int segment = bits >> 4 & 7;
        int magnitude = ((bits & 0x0f) << 3) + MULAW_BIAS << segment;
        return (bits & 0x80) != 0 ? MULAW_BIAS - magnitude : magnitude - MULAW_BIAS;
    }

    private static int linearToAlaw(int sample) {
        int scaled = sample >> 3;
        int sign = 0x80;
        if (scaled < 0) {
            sign = 0;
            scaled = ~scaled;
        }
        int segment = scaled < 32 ? 0 : 31 - Integer.numberOfLeadingZeros(scaled) - 4;
        int mantissa = segment < 2 ? scaled >> 1 & 0x0f : scaled >> segment & 0x0f;
        return (sign | segment << 4 | mantissa) ^ 0x55;
    }

    private static int alawToLinear(int code) {
        int bits = code ^ 0x55;
        int segment = bits >> 4 & 7;
        int magnitude = ((bits & 0x0f) << 4) + 8;
        if (segment > 0) {
            magnitude = magnitude + 0x100 << segment - 1;
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
