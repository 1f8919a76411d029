package io.github.camelvoice.media.codec;

import io.github.camelvoice.media.dsp.ResampleFilter;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Decodes the Opus of one stream to 16000 Hz. Of packets in the hybrid mode (super-wide and full band speech) the decoder of concentus gives
 * the upper band alone at any rate but 48000 Hz: from the first such packet on, the stream is decoded at that rate and brought down here.
 */
final class OpusFrameDecoder implements AudioCodec.Decoder {

    private static final int WIDE = 48_000;
    private static final ResampleFilter DOWN = new ResampleFilter(WIDE, OpusCodec.RATE);

    private OpusDecoder opus = create(OpusCodec.RATE);
    /** Null as long as no hybrid packet came. */
    private Resampler down;
    private short[] wide;

    private static OpusDecoder create(int rate) {
        try {
            return new OpusDecoder(rate, 1);
        } catch (OpusException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int decode(byte[] in, int off, int len, short[] pcm, int outOff) {
        Objects.checkFromIndexSize(off, len, in.length);
        int samples = OpusPacket.duration(in, off, len) / OpusCodec.UNITS;
        Objects.checkFromIndexSize(outOff, samples, pcm.length);
        if (samples == 0) {
            return 0;
        }
        if (down == null && OpusPacket.hybrid(in[off])) {
            opus = create(WIDE);
            down = new Resampler(DOWN);
            wide = new short[OpusPacket.LONGEST];
        }
        return run(in, off, len, pcm, outOff, samples, false);
    }

    @Override
    public int conceal(byte[] next, int off, int len, int samples, short[] pcm, int outOff) {
        Objects.checkFromIndexSize(off, len, next.length);
        Objects.checkFromIndexSize(outOff, samples, pcm.length);
        int wanted = Math.min(samples, OpusCodec.LONGEST) / OpusCodec.SHORTEST * OpusCodec.SHORTEST;
        if (wanted == 0) {
            return 0;
        }
        boolean tells = OpusPacket.duration(next, off, len) > 0;
        return run(tells ? next : null, off, tells ? len : 0, pcm, outOff, wanted, tells);
    }

    /** The frame was checked; what is in it may still be anything, and the translation is not proven against that. */
    private int run(byte[] in, int off, int len, short[] pcm, int outOff, int samples, boolean before) {
        try {
            if (down == null) {
                return opus.decode(in, off, len, pcm, outOff, samples, before);
            }
            int made = opus.decode(in, off, len, wide, 0, samples * OpusCodec.UNITS, before);
            // the first block comes short of what the filter looks ahead
            int lead = Math.max(0, samples - down.outputFor(made));
            Arrays.fill(pcm, outOff, outOff + lead, (short) 0);
            return lead + down.process(wide, 0, made, pcm, outOff + lead);
        } catch (OpusException | RuntimeException | AssertionError hostile) {
            opus = create(down == null ? OpusCodec.RATE : WIDE);
            return 0;
        }
    }

    @Override
    public void reset() {
        opus.resetState();
    }
}
