package io.github.camelvoice.media.record;

/** Where in a recording there is sound: what is louder than {@value #THRESHOLD} (RMS of 16 bits, -47 dB) for 40 ms. For one thread. */
final class SoundSpan {

    private static final int THRESHOLD = 150;
    /** A single loud frame is a click. */
    private static final int TURNS = 2;

    private int loud;
    private int heardLoud;
    private long first = -1;
    private long last = -1;
    private long heardAt;

    static boolean isSound(short[] pcm, int off, int len) {
        long sum = 0;
        for (int i = off; i < off + len; i++) {
            sum += pcm[i] * pcm[i];
        }
        return sum > (long) THRESHOLD * THRESHOLD * len;
    }

    /** @param from position of these samples in the file, in frames */
    void turn(long from, int frames, boolean inFile, boolean heard) {
        loud = inFile ? loud + 1 : 0;
        if (loud >= TURNS) {
            if (first < 0) {
                first = Math.max(0, from - (long) frames * (TURNS - 1));
            }
            last = from + frames;
        }
        heardLoud = heard ? heardLoud + 1 : 0;
        if (heardLoud >= TURNS) {
            heardAt = from + frames;
        }
    }

    /** Paused up to here: nobody could be heard. */
    void passedOver(long to) {
        heardAt = to;
    }

    boolean any() {
        return first >= 0;
    }

    /** Frame of the first sound. */
    long first() {
        return first;
    }

    /** Frame after the last sound. */
    long last() {
        return last;
    }

    /** Frame after the last sound from the far end; 0 before any. */
    long heardAt() {
        return heardAt;
    }
}
