package io.github.camelvoice.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Objects;

/**
 * Opus (RFC 6716) as RTP carries it (RFC 7587): mono, with linear samples at 16000 Hz, since the other side of a phone call has no more to give.
 * The arithmetic is that of concentus, a translation of the reference implementation; it takes arrays of its own for each frame, so this is
 * the one codec here that makes garbage (docs/media.md says how much).
 */
final class OpusCodec implements AudioCodec {

    static final int RATE = 16_000;
    /** Clock units in a sample. */
    static final int UNITS = 3;
    static final int LONGEST = OpusPacket.LONGEST / UNITS;
    /** Samples of 2.5 ms. */
    static final int SHORTEST = RATE / 400;
    private static final int MOST_BYTES = 1275;
    private static final int BIT_RATE = 24_000;
    private static final int NARROW_BIT_RATE = 16_000;
    /** Of 0 to 10. Up to 3 costs the same here, from 4 on twice as much and more (docs/media.md). */
    private static final int COMPLEXITY = 3;
    /** A packet lost in three is beyond what FEC can mend. */
    private static final int MOST_LOSS = 30;

    @Override
    public String encoding() {
        return "OPUS";
    }

    @Override
    public int clockRate() {
        return 48_000;
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public int staticPayloadType() {
        return -1;
    }

    @Override
    public String parameters() {
        return "maxplaybackrate=16000;sprop-maxcapturerate=16000;stereo=0;sprop-stereo=0;useinbandfec=1";
    }

    @Override
    public int duration(byte[] payload, int off, int len) {
        return OpusPacket.duration(payload, off, len);
    }

    @Override
    public Encoder encoder(String parameters) {
        return new FrameEncoder(OpusParameters.read(parameters));
    }

    @Override
    public Decoder decoder() {
        return new OpusFrameDecoder();
    }

    @Override
    public String toString() {
        return encoding();
    }

    private static final class FrameEncoder implements Encoder {

        private final OpusEncoder opus;
        private final boolean protects;

        FrameEncoder(OpusParameters wishes) {
            try {
                opus = new OpusEncoder(RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            } catch (OpusException impossible) {
                throw new IllegalStateException(impossible);
            }
            boolean narrow = wishes.maxPlaybackRate() < RATE;
            int rate = narrow ? NARROW_BIT_RATE : BIT_RATE;
            opus.setBitrate(wishes.maxBitRate() == 0 ? rate : Math.min(rate, wishes.maxBitRate()));
            opus.setMaxBandwidth(!narrow ? OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND
                    : wishes.maxPlaybackRate() < 12_000 ? OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND : OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND);
            opus.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            opus.setComplexity(COMPLEXITY);
            opus.setUseVBR(!wishes.constantBitRate());
            opus.setUseInbandFEC(wishes.inbandFec());
            protects = wishes.inbandFec();
        }

        @Override
        public int encode(short[] pcm, int off, int len, byte[] out, int outOff) {
            Objects.checkFromIndexSize(off, len, pcm.length);
            if (len < SHORTEST || len > LONGEST / 2 || len % SHORTEST != 0) {
                throw new IllegalArgumentException("Opus codes frames of 2.5 to 60 ms, not " + len + " samples");
            }
            int room = Math.min(MOST_BYTES, out.length - outOff);
            if (room < 2) {
                throw new IndexOutOfBoundsException("no room for a frame of Opus");
            }
            try {
                return opus.encode(pcm, off, len, out, outOff, room);
            } catch (OpusException refused) {
                throw new IllegalArgumentException("Opus codes frames of 2.5, 5, 10, 20, 40 or 60 ms, not " + len + " samples", refused);
            }
        }

        /** Frames say those before them again, roughly, while packets are lost: that costs a third of the bits. */
        @Override
        public void loss(int percent) {
            if (protects) {
                opus.setPacketLossPercent(Math.max(0, Math.min(MOST_LOSS, percent)));
            }
        }

        @Override
        public void reset() {
            opus.resetState();
        }
    }
}
