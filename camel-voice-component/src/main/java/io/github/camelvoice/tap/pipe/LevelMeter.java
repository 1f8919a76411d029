package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.media.codec.G711;

/** How loud a track is: the mean of about 100 ms in dBFS, from one packet in five. Written by one thread, read by any. */
final class LevelMeter {

    static final int SILENCE = -127;
    private static final int PACKETS = 5;
    private static final int STEP = 4;

    private int turn;
    private volatile int level = SILENCE;

    /** dB relative to a full-scale square wave: a sine at full scale is -3; {@value #SILENCE} for silence. */
    int level() {
        return level;
    }

    /** Every so often: whether this packet is one to be looked at. */
    private boolean due() {
        turn = turn + 1 == PACKETS ? 0 : turn + 1;
        return turn == 1;
    }

    void coded(String encoding, byte[] payload, int length) {
        if (!due() || length == 0) {
            return;
        }
        G711 law = encoding.equals("PCMA") ? G711.alaw() : G711.mulaw();
        long sum = 0;
        for (int i = 0; i < length; i += STEP) {
            long sample = law.decode(payload[i]);
            sum += sample * sample;
        }
        publish(sum, (length + STEP - 1) / STEP);
    }

    void linear(short[] pcm, int count, int rate) {
        if (!due() || count == 0) {
            return;
        }
        int step = STEP * rate / 8000;
        long sum = 0;
        for (int i = 0; i < count; i += step) {
            sum += (long) pcm[i] * pcm[i];
        }
        publish(sum, (count + step - 1) / step);
    }

    void silence() {
        level = SILENCE;
        turn = 0;
    }

    private void publish(long sum, int count) {
        // what A-law and mu-law have for silence is a few units, not zero
        level = sum <= 64L * count ? SILENCE : (int) Math.round(10 * Math.log10((double) sum / count / (32768.0 * 32768.0)));
    }
}
