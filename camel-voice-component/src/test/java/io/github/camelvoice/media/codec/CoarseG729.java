package io.github.camelvoice.media.codec;

import java.util.Objects;

/** A codec for tests with the name and the frame of G.729: a byte is the mean of eight samples. */
public final class CoarseG729 implements AudioCodec, AudioCodec.Encoder, AudioCodec.Decoder {

    private static final int SAMPLES = 8;

    private final String encoding;
    private final int payloadType;

    CoarseG729(String encoding, int payloadType) {
        this.encoding = encoding;
        this.payloadType = payloadType;
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

    @Override
    public int duration(byte[] payload, int off, int len) {
        return len * SAMPLES;
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
        Objects.checkFromIndexSize(outOff, len / SAMPLES, out.length);
        for (int i = 0; i < len / SAMPLES; i++) {
            int sum = 0;
            for (int k = 0; k < SAMPLES; k++) {
                sum += pcm[off + i * SAMPLES + k];
            }
            out[outOff + i] = (byte) (sum / SAMPLES >> 8);
        }
        return len / SAMPLES;
    }

    @Override
    public int decode(byte[] in, int off, int len, short[] pcm, int outOff) {
        Objects.checkFromIndexSize(outOff, len * SAMPLES, pcm.length);
        for (int i = 0; i < len * SAMPLES; i++) {
            pcm[outOff + i] = (short) (in[off + i / SAMPLES] << 8);
        }
        return len * SAMPLES;
    }

    @Override
    public void reset() {
        // nothing is kept
    }
}
