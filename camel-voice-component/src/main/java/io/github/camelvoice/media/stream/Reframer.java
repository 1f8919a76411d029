package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.rtp.Numbered;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Samples on their way from the packets of one side to those of the other, whose packet time may differ; and the numbers of the packets that
 * they become: a sequence of our own, timestamps on the time of the source in the clock of the target. One thread.
 */
final class Reframer implements Numbered {

    private final short[] samples;
    private final int frame;
    private final int sampleRate;
    private final int clockRate;
    private int fill;
    private int ssrc;
    private int sequence;
    /** Of the sample that comes next. */
    private long next;
    /** Silence that filled frames up, in units: a pause is shorter by it. */
    private long filled;
    private long timestamp;
    private boolean spurt;
    private boolean marker;

    /**
     * @param sampleRate of the samples, Hz
     * @param clockRate  of the target's timestamps, Hz
     * @param most       samples that come at once
     */
    Reframer(int packetMillis, int sampleRate, int clockRate, int most) {
        this.frame = sampleRate / 1000 * packetMillis;
        this.sampleRate = sampleRate;
        this.clockRate = clockRate;
        this.samples = new short[frame + most];
    }

    /** Another source: its packets are the begin of something new, and have a name of their own, so that nobody takes them for the rest of the old. */
    void begin() {
        ssrc = ThreadLocalRandom.current().nextInt();
        spurt = true;
        fill = 0;
        filled = 0;
    }

    void put(short[] pcm, int count) {
        System.arraycopy(pcm, 0, samples, fill, count);
        fill += count;
        next += units(count);
    }

    private long units(long count) {
        return count * clockRate / sampleRate;
    }

    /** Puts the next frame to the begin of {@code pcm}. @return whether there is a whole one */
    boolean take(short[] pcm) {
        if (fill < frame) {
            return false;
        }
        timestamp = next - units(fill);
        System.arraycopy(samples, 0, pcm, 0, frame);
        fill -= frame;
        System.arraycopy(samples, frame, samples, 0, fill);
        number(spurt);
        spurt = false;
        return true;
    }

    /** Makes a whole frame of what is left, with silence. @return whether there is anything */
    boolean fillUp() {
        if (fill == 0) {
            return false;
        }
        int missing = frame - fill;
        Arrays.fill(samples, fill, frame, (short) 0);
        fill = frame;
        next += units(missing);
        filled += units(missing);
        return true;
    }

    /** A pause of the source, which may have begun in a frame that was filled up. */
    void pause(long units) {
        long rest = Math.max(0, units - filled);
        filled -= units - rest;
        next += rest;
        spurt = true;
    }

    /** Numbers for a packet that is no audio, {@code units} behind the end of the audio. */
    void aside(long units, boolean marked) {
        timestamp = next + units;
        number(marked);
    }

    private void number(boolean marked) {
        sequence = sequence + 1 & 0xFFFF;
        marker = marked;
    }

    int frame() {
        return frame;
    }

    @Override
    public int ssrc() {
        return ssrc;
    }

    @Override
    public int sequence() {
        return sequence;
    }

    @Override
    public long timestamp() {
        return timestamp & 0xFFFFFFFFL;
    }

    @Override
    public boolean marker() {
        return marker;
    }
}
