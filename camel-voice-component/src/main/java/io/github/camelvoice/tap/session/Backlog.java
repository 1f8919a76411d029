package io.github.camelvoice.tap.session;

import io.github.camelvoice.call.spi.MediaTap.Track;

/** The newest frames of a time without a sink; the oldest goes first. */
final class Backlog {

    private final byte[][] frames;
    private final Track[] tracks;
    private final long[] offsets;
    private int first;
    private int size;
    private long dropped;

    /** @param capacity in frames, 1 or more */
    Backlog(int capacity) {
        frames = new byte[capacity][];
        tracks = new Track[capacity];
        offsets = new long[capacity];
    }

    void add(Track track, byte[] frame, long offsetMillis) {
        int at = (first + size) % frames.length;
        if (size == frames.length) {
            first = (first + 1) % frames.length;
            dropped++;
        } else {
            size++;
        }
        if (frames[at] == null) {
            frames[at] = new byte[frame.length];
        }
        System.arraycopy(frame, 0, frames[at], 0, frame.length);
        tracks[at] = track;
        offsets[at] = offsetMillis;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Track track() {
        return tracks[first];
    }

    byte[] frame() {
        return frames[first];
    }

    long offset() {
        return offsets[first];
    }

    void removeFirst() {
        first = (first + 1) % frames.length;
        size--;
    }

    void clear() {
        dropped += size;
        size = 0;
    }

    long dropped() {
        return dropped;
    }
}
