package io.github.camelvoice.media.rtp;

import java.nio.ByteBuffer;

/**
 * SSRC, sequence numbers and timestamps of what one leg sends, continuous across all its sources: frames of our own clock, and
 * packets that are passed on from elsewhere with their own gaps and order kept. One thread.
 */
public final class OutboundNumbering {

    private final int ssrc;
    private int clockRate;
    private int highestSequence;
    private long lastTimestamp;
    private long lastNanos;
    private boolean began;
    private boolean talkspurt = true;

    private boolean passing;
    private int passSsrc;
    private int passSequence;
    private long passTimestamp;
    private int sequenceOffset;
    private long timestampOffset;

    /**
     * @param clockRate of the RTP timestamp: 8000, for Opus 48000 (for G722 too 8000: RFC 3551, 4.5.2)
     */
    public OutboundNumbering(int ssrc, int firstSequence, long firstTimestamp, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
        this.highestSequence = (firstSequence - 1) & 0xFFFF;
        this.lastTimestamp = firstTimestamp & 0xFFFFFFFFL;
    }

    public int ssrc() {
        return ssrc;
    }

    public int clockRate() {
        return clockRate;
    }

    /** Another codec with another clock: timestamps go on from where they are, with a marker bit (cf. RFC 7160). */
    public void clockRate(int rate) {
        if (clockRate != rate) {
            clockRate = rate;
            pause();
        }
    }

    public boolean began() {
        return began;
    }

    /** Monotonic nanoseconds of the last packet; 0 before the first. */
    public long lastNanos() {
        return lastNanos;
    }

    /** Timestamp of the last packet that was numbered. */
    public long lastTimestamp() {
        return lastTimestamp;
    }

    /** The next audio packet is the first after a pause: it gets the marker bit. */
    public void pause() {
        talkspurt = true;
        passing = false;
    }

    /**
     * Timestamp for a frame of our own that is due at {@code now} and lasts {@code units}: one frame after the last, or where the
     * clock is after a pause.
     */
    public long nextTimestamp(long now, int units) {
        if (!began) {
            return lastTimestamp;
        }
        if (talkspurt || passing) {
            long elapsed = (now - lastNanos) * clockRate / 1_000_000_000L;
            long frames = Math.max(1, (elapsed + units / 2) / units);
            return (lastTimestamp + frames * units) & 0xFFFFFFFFL;
        }
        return (lastTimestamp + units) & 0xFFFFFFFFL;
    }

    /** Writes the header of a packet of our own at {@code offset} and counts it. */
    public void stamp(ByteBuffer packet, int offset, int payloadType, long timestamp, long now) {
        stamp(packet, offset, payloadType, timestamp, now, talkspurt);
        talkspurt = false;
    }

    /** As above with the marker bit given: telephone events keep their own. */
    public void stamp(ByteBuffer packet, int offset, int payloadType, long timestamp, long now, boolean marker) {
        highestSequence = (highestSequence + 1) & 0xFFFF;
        passing = false;
        lastTimestamp = timestamp;
        write(packet, offset, payloadType, marker, highestSequence, timestamp, now);
    }

    /** The next frame of our own follows this timestamp without a pause. */
    public void continueAfter(long timestamp) {
        lastTimestamp = timestamp;
        talkspurt = false;
    }

    /** Writes over the header of a packet that is passed on: {@code offset} is 12 bytes before its payload. */
    public void restamp(ByteBuffer packet, int offset, int payloadType, Numbered in, long now) {
        boolean marker = in.marker();
        if (!passing || in.ssrc() != passSsrc || jumped(in)) {
            anchor(in, now);
            marker |= talkspurt;
            talkspurt = false;
        }
        int sequence = (in.sequence() + sequenceOffset) & 0xFFFF;
        long timestamp = (in.timestamp() + timestampOffset) & 0xFFFFFFFFL;
        if ((short) (sequence - highestSequence) > 0) {
            highestSequence = sequence;
            passSequence = in.sequence();
            passTimestamp = in.timestamp();
            lastTimestamp = timestamp;
        }
        write(packet, offset, payloadType, marker, sequence, timestamp, now);
    }

    /** A packet of the stream that is passed on was left out on purpose: it shall not look like a loss. */
    public void leaveOut(Numbered in) {
        if (passing && in.ssrc() == passSsrc && (short) (in.sequence() - passSequence) > 0) {
            sequenceOffset--;
            passSequence = in.sequence();
        }
    }

    /** More than 10 seconds of timestamps or 3,000 packets apart: a new beginning, not a loss (RFC 3550, A.1). */
    private boolean jumped(Numbered in) {
        int packets = (short) (in.sequence() - passSequence);
        long units = (int) (in.timestamp() - passTimestamp);
        return Math.abs(packets) > 3000 || Math.abs(units) > 10L * clockRate;
    }

    private void anchor(Numbered in, long now) {
        long timestamp = lastTimestamp;
        if (began) {
            long elapsed = (now - lastNanos) * clockRate / 1_000_000_000L;
            timestamp += Math.max(clockRate / 100, elapsed);
        }
        sequenceOffset = highestSequence + 1 - in.sequence();
        timestampOffset = timestamp - in.timestamp();
        passSsrc = in.ssrc();
        passSequence = in.sequence();
        passTimestamp = in.timestamp();
        passing = true;
    }

    private void write(ByteBuffer packet, int offset, int payloadType, boolean marker, int sequence, long timestamp, long now) {
        packet.putInt(offset, 0x80000000 | (marker ? 0x00800000 : 0) | payloadType << 16 | sequence);
        packet.putInt(offset + 4, (int) timestamp);
        packet.putInt(offset + 8, ssrc);
        lastNanos = now;
        began = true;
    }
}
