package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;

/**
 * From the packets of a call to the frames of one tap. A single track passes in the time of its source; what takes two tracks at once goes by
 * our clock. The direction may change while it runs: the stream, or the other track, goes on as if nothing had happened. Belongs to one loop.
 */
public final class Pipeline {

    /** More packets of one track in a turn are a burst that can wait. */
    private static final int MOST_PER_TURN = PacketRing.SLOTS;

    private final AudioShape shape;
    private final Intake intake;
    private final FrameOut out;
    private final long startNanos;
    private final PipeCounts counts = new PipeCounts();
    private final LevelMeter inboundLevel = new LevelMeter();
    private final LevelMeter outboundLevel = new LevelMeter();
    private final PacketRing.Packet packet = new PacketRing.Packet();
    private PacketRing inbound;
    private PacketRing outbound;
    private Line inboundLine;
    private Line outboundLine;
    private boolean paused;
    private long ringDropped;

    /** @param startNanos now */
    public Pipeline(AudioShape shape, TapDirection direction, Intake intake, long startNanos, FrameOut out) {
        this.shape = shape;
        this.intake = intake;
        this.out = out;
        this.startNanos = startNanos;
        direction(direction, startNanos);
        // what came while the tap was being set up would come out at once now, and whoever answers in time would be late for ever
        skip(inbound);
        skip(outbound);
    }

    private static void skip(PacketRing ring) {
        if (ring != null) {
            ring.skip();
        }
    }

    /** Fetches what came, and makes what is due. */
    public void turn(long now) {
        drain(Track.INBOUND, inbound, inboundLine);
        drain(Track.OUTBOUND, outbound, outboundLine);
        if (inboundLine != null) {
            inboundLine.turn(now);
        }
        if (outboundLine != null && outboundLine != inboundLine) {
            outboundLine.turn(now);
        }
    }

    private void drain(Track track, PacketRing ring, Line line) {
        if (ring == null) {
            return;
        }
        for (int i = 0; i < MOST_PER_TURN && ring.read(packet); i++) {
            line.packet(track, packet);
        }
    }

    /** Takes other tracks from now on. */
    public void direction(TapDirection next, long now) {
        boolean separate = shape.layout() == AudioShape.Layout.TRACKS;
        boolean single = next != TapDirection.BOTH && shape.layout() != AudioShape.Layout.STEREO;
        boolean hadInbound = inbound != null;
        boolean hadOutbound = outbound != null;
        boolean first = !hadInbound && !hadOutbound;
        if (!first && next.speaks() == hadInbound && next.listens() == hadOutbound) {
            return;
        }
        inbound = ring(Track.INBOUND, inbound, next.speaks());
        outbound = ring(Track.OUTBOUND, outbound, next.listens());
        if (separate) {
            inboundLine = next.speaks() ? hadInbound ? inboundLine : track(Track.INBOUND, Track.INBOUND, first ? 0 : millis(now)) : null;
            outboundLine = next.listens() ? hadOutbound ? outboundLine : track(Track.OUTBOUND, Track.OUTBOUND, first ? 0 : millis(now)) : null;
        } else {
            long from = first ? 0 : upToNow(now);
            Line line = single ? track(next.speaks() ? Track.INBOUND : Track.OUTBOUND, Track.INBOUND, from)
                    : new MixLine(shape, next, from, startNanos, counts, inboundLevel, outboundLevel, out);
            inboundLine = next.speaks() ? line : null;
            outboundLine = next.listens() ? line : null;
        }
        pause(paused);
    }

    private PacketRing ring(Track track, PacketRing before, boolean wanted) {
        if (before != null && !wanted) {
            ringDropped += before.dropped();
            (track == Track.INBOUND ? inboundLevel : outboundLevel).silence();
        }
        return intake.ring(track, wanted);
    }

    private Line track(Track heard, Track told, long fromMillis) {
        return new TrackLine(shape, told, fromMillis, startNanos, counts, heard == Track.INBOUND ? inboundLevel : outboundLevel, out);
    }

    /** Whole frames since the start. */
    private long millis(long now) {
        return (now - startNanos) / 1_000_000 / shape.frameMillis() * shape.frameMillis();
    }

    /** The one stream is brought up to now with silence, so that its time stays true. @return where it stands */
    private long upToNow(long now) {
        long made = (inboundLine != null ? inboundLine : outboundLine).madeMillis();
        long real = millis(now);
        if (made < real) {
            FrameMaker maker = new FrameMaker(shape, Track.INBOUND, made, out);
            long samples = (real - made) * (shape.rate() / 1000) * shape.channels();
            maker.silence((int) Math.min(samples, Integer.MAX_VALUE));
            counts.filledUnits += (real - made) * 8;
        }
        return Math.max(made, real);
    }

    /** Whether silence takes the place of the audio. */
    public void pause(boolean on) {
        paused = on;
        if (inboundLine != null) {
            inboundLine.pause(on);
        }
        if (outboundLine != null) {
            outboundLine.pause(on);
        }
    }

    /** Frames of silence in place of packets that did not come. */
    public long filledFrames() {
        return counts.filledUnits / (8L * shape.frameMillis());
    }

    /** Packets that came after their time, or that this loop was too late for. */
    public long lost() {
        return counts.late + counts.overrun + ringDropped + (inbound == null ? 0 : inbound.dropped()) + (outbound == null ? 0 : outbound.dropped());
    }

    /** Any thread: dBFS of the last 100 ms, -127 for silence. */
    public int inboundLevel() {
        return inboundLevel.level();
    }

    /** See {@link #inboundLevel}. */
    public int outboundLevel() {
        return outboundLevel.level();
    }
}
