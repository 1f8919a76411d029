package io.github.camelvoice.tap.socket;

import io.github.camelvoice.call.spi.MediaTap.Track;

/** Frames that wait for a slow far end: a ring of copies, the oldest goes when it is full. Arrays are made when they are first needed. */
final class FrameQueue {

    private final byte[][] frames;
    private final int[] lengths;
    private final long[] offsets;
    private final Track[] tracks;
    private final boolean[] gaps;
    private int first;
    private int size;
    /** Per track: a frame was dropped, and none was added or taken since. */
    private final boolean[] broken = new boolean[Track.values().length];

    FrameQueue(int capacity) {
        frames = new byte[capacity][];
        lengths = new int[capacity];
        offsets = new long[capacity];
        tracks = new Track[capacity];
        gaps = new boolean[capacity];
    }

    /** @return whether the oldest frame had to go */
    boolean add(Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        boolean full = size == frames.length;
        if (full) {
            broken[tracks[first].ordinal()] = true;
            advance();
        }
        int at = (first + size) % frames.length;
        if (frames[at] == null || frames[at].length < length) {
            frames[at] = new byte[length];
        }
        System.arraycopy(frame, 0, frames[at], 0, length);
        lengths[at] = length;
        offsets[at] = offsetMillis;
        tracks[at] = track;
        gaps[at] = afterGap;
        size++;
        return full;
    }

    private void advance() {
        first = (first + 1) % frames.length;
        size--;
    }

    int size() {
        return size;
    }

    /** Of the oldest; none of these is called on an empty queue. */
    byte[] frame() {
        return frames[first];
    }

    int length() {
        return lengths[first];
    }

    long offset() {
        return offsets[first];
    }

    Track track() {
        return tracks[first];
    }

    /** Whether frames of its track are missing before it. */
    boolean afterGap() {
        return gaps[first] || broken[tracks[first].ordinal()];
    }

    /** Takes the oldest away. */
    void remove() {
        broken[tracks[first].ordinal()] = false;
        advance();
    }

    void clear() {
        while (size > 0) {
            remove();
        }
    }
}
