package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;

/**
 * One track as one stream without a hole: packets go through as they come, in the time of their source. What is missing between their
 * timestamps is silence; when none comes, the clock makes silence, a little behind real time so that the source finds its place free when it
 * goes on. Positions are units of 1/8000 s from the start of the tap. One thread.
 */
final class TrackLine implements Line {

    private static final int UNITS_PER_MILLI = Transcoder.UNITS_PER_SECOND / 1000;
    private static final long NANOS_PER_UNIT = 1_000_000_000L / Transcoder.UNITS_PER_SECOND;
    /** Without a packet for so long, the clock takes over. */
    private static final int QUIET_UNITS = 100 * UNITS_PER_MILLI;
    /** A timestamp this far ahead of the clock is another time, not a loss. */
    private static final int AHEAD_UNITS = 500 * UNITS_PER_MILLI;
    /** Packets that come too late for so long belong to a source whose time has moved; a burst after a stall is shorter. */
    private static final long LATE_NANOS = 150_000_000L;
    /** A new source within so much of the place where the old one ended goes on right there. */
    private static final int NEAR_UNITS = 30 * UNITS_PER_MILLI;

    private final FrameMaker maker;
    private final PipeCounts counts;
    private final LevelMeter level;
    private final Transcoder transcoder;
    private final String encoding;
    private final int rate;
    private final int frameUnits;
    /** Units that are in frames, or in the one that is begun. */
    private long end;
    private boolean running;
    private int anchorTimestamp;
    private long anchorPosition;
    /** What packets are off from where their timestamps would have them, so that they fit into frames; less than a frame. */
    private long shift;
    /** Where the last packet ended, when it came, and how long it was. */
    private long heardEnd;
    private long heardAt;
    private int heardUnits;
    private long lateSince;
    private boolean quiet;
    private boolean paused;

    /**
     * @param track       of the frames
     * @param startMillis where the line begins, from the start of the tap; a whole number of frames
     * @param startNanos  when the tap started
     */
    TrackLine(AudioShape shape, Track track, long startMillis, long startNanos, PipeCounts counts, LevelMeter level, FrameOut out) {
        this.maker = new FrameMaker(shape, track, startMillis, out);
        this.counts = counts;
        this.level = level;
        this.transcoder = new Transcoder(shape.rate());
        this.encoding = shape.encoding();
        this.rate = shape.rate();
        this.frameUnits = shape.frameMillis() * UNITS_PER_MILLI;
        this.end = startMillis * UNITS_PER_MILLI;
        this.heardEnd = end;
        this.heardAt = startNanos + startMillis * 1_000_000L;
    }

    @Override
    public void packet(Track track, PacketRing.Packet packet) {
        int units = packet.units;
        long byClock = heardEnd + (packet.nanos - heardAt) / NANOS_PER_UNIT - units;
        long position;
        if (!running || packet.fresh) {
            position = begin(packet.timestamp, byClock);
        } else {
            position = anchorPosition + (packet.timestamp - anchorTimestamp) + shift;
            if (position > byClock + AHEAD_UNITS) {
                position = begin(packet.timestamp, byClock);
            } else if (position + units <= end) {
                counts.late++;
                lateSince = lateSince == 0 ? packet.nanos : lateSince;
                if (packet.nanos - lateSince < LATE_NANOS) {
                    return;
                }
                position = begin(packet.timestamp, byClock);
            } else if (quiet) {
                position = aligned(position, units);
            }
        }
        lateSince = 0;
        quiet = false;
        if (position > end) {
            fill(position - end);
        }
        append(packet, (int) (end - position));
        heardEnd = end;
        heardAt = packet.nanos;
        heardUnits = units;
    }

    /** A source begins: at once where the stream stands, or after as much silence as the clock says. */
    private long begin(int timestamp, long byClock) {
        running = true;
        long position = end;
        if (byClock - end >= NEAR_UNITS) {
            position = end + Math.round((double) (byClock - end) / frameUnits) * frameUnits;
        }
        anchorTimestamp = timestamp;
        anchorPosition = position;
        shift = 0;
        return position;
    }

    /** After silence of the clock's a packet is put on the border of a frame, so that it need not wait for the next one to fill its frame up. */
    private long aligned(long position, int units) {
        if (units % frameUnits != 0 && frameUnits % units != 0) {
            return position;
        }
        long exact = position - shift;
        long whole = end + Math.max(0, Math.round((double) (exact - end) / frameUnits) * frameUnits);
        shift = whole - exact;
        return whole;
    }

    private void append(PacketRing.Packet packet, int skip) {
        int units = packet.units - skip;
        if (paused) {
            maker.silence(units * (rate / 1000) / UNITS_PER_MILLI);
        } else if (packet.encoding.equals(encoding)) {
            maker.bytes(packet.payload, skip, units);
            level.coded(packet.encoding, packet.payload, packet.length);
        } else {
            int count = transcoder.decode(packet, skip);
            level.linear(transcoder.samples(), count, rate);
            maker.samples(transcoder.samples(), 0, count);
        }
        end += units;
    }

    private void fill(long units) {
        counts.filledUnits += units;
        end += units;
        for (long left = units; left > 0;) {
            int part = (int) Math.min(left, Transcoder.MOST_UNITS);
            maker.samples(transcoder.samples(), 0, transcoder.silence(part));
            left -= part;
        }
    }

    @Override
    public void turn(long now) {
        long due = heardEnd + (now - heardAt) / NANOS_PER_UNIT - QUIET_UNITS - heardUnits;
        while (end + frameUnits <= due) {
            quiet = true;
            level.silence();
            fill(frameUnits - end % frameUnits);
        }
    }

    @Override
    public void pause(boolean on) {
        paused = on;
    }

    @Override
    public long madeMillis() {
        return end / frameUnits * frameUnits / UNITS_PER_MILLI;
    }
}
