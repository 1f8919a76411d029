package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.media.dsp.Mix;
import io.github.camelvoice.media.dsp.PlayoutBuffer;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import java.util.Arrays;

/**
 * Two tracks as one stream, mixed or side by side: each goes through a small jitter buffer, and our clock takes a frame of both at a time, on an
 * absolute schedule. One thread.
 */
final class MixLine implements Line {

    /** What the jitter of packets and of our own turns may take. */
    private static final int DELAY_MILLIS = 20;
    /** After a stall frames are made up for within this; what is older is skipped, and shows in the offsets. */
    private static final long CATCH_UP_NANOS = 1_000_000_000L;

    private final AudioShape shape;
    private final FrameMaker maker;
    private final PipeCounts counts;
    private final Side inbound;
    private final Side outbound;
    private final int frameSamples;
    private final short[] mixed;
    private final long frameNanos;
    private long due;
    private long madeMillis;
    private boolean paused;

    private static final class Side {
        private final boolean wanted;
        private final int rate;
        private final PlayoutBuffer playout;
        private final Transcoder transcoder;
        private final LevelMeter level;
        private final short[] frame;

        Side(boolean wanted, int rate, int frameSamples, LevelMeter level) {
            this.wanted = wanted;
            this.rate = rate;
            this.playout = wanted ? new PlayoutBuffer(rate, Transcoder.UNITS_PER_SECOND, DELAY_MILLIS) : null;
            this.transcoder = wanted ? new Transcoder(rate) : null;
            this.level = level;
            this.frame = new short[frameSamples];
        }

        void packet(PacketRing.Packet packet) {
            if (wanted) {
                int count = transcoder.decode(packet, 0);
                playout.put(transcoder.samples(), count, packet.timestamp & 0xFFFFFFFFL, packet.fresh);
            }
        }

        void pull() {
            if (wanted) {
                playout.pull(frame, frame.length);
                level.linear(frame, frame.length, rate);
            }
        }
    }

    /**
     * @param startMillis where the line begins, from the start of the tap
     * @param startNanos  when the tap started
     */
    MixLine(AudioShape shape, TapDirection direction, long startMillis, long startNanos, PipeCounts counts, LevelMeter in, LevelMeter out,
            FrameOut to) {
        this.shape = shape;
        this.maker = new FrameMaker(shape, Track.INBOUND, startMillis, to);
        this.counts = counts;
        this.frameSamples = shape.rate() / 1000 * shape.frameMillis();
        this.inbound = new Side(direction.speaks(), shape.rate(), frameSamples, in);
        this.outbound = new Side(direction.listens(), shape.rate(), frameSamples, out);
        this.mixed = new short[frameSamples * shape.channels()];
        this.frameNanos = shape.frameMillis() * 1_000_000L;
        this.madeMillis = startMillis;
        this.due = startNanos + startMillis * 1_000_000L + frameNanos;
    }

    @Override
    public void packet(Track track, PacketRing.Packet packet) {
        (track == Track.INBOUND ? inbound : outbound).packet(packet);
    }

    @Override
    public void turn(long now) {
        if (now - due > CATCH_UP_NANOS) {
            long lost = (now - due) / frameNanos;
            counts.overrun += lost;
            maker.skip(lost);
            due += lost * frameNanos;
            madeMillis += lost * shape.frameMillis();
        }
        while (now - due >= 0) {
            frame();
            due += frameNanos;
            madeMillis += shape.frameMillis();
        }
    }

    private void frame() {
        inbound.pull();
        outbound.pull();
        if (paused) {
            Arrays.fill(mixed, (short) 0);
        } else if (shape.channels() == 2) {
            for (int i = 0; i < frameSamples; i++) {
                mixed[2 * i] = inbound.frame[i];
                mixed[2 * i + 1] = outbound.frame[i];
            }
        } else {
            System.arraycopy(inbound.frame, 0, mixed, 0, frameSamples);
            Mix.add(mixed, 0, outbound.frame, 0, frameSamples);
        }
        maker.samples(mixed, 0, mixed.length);
    }

    @Override
    public void pause(boolean on) {
        paused = on;
    }

    @Override
    public long madeMillis() {
        return madeMillis;
    }
}
