package io.github.camelvoice.media.dsp;

import java.util.Objects;

/**
 * Measures one frequency in a stream of samples (Goertzel's recursion). The band that it hears is about the sample rate
 * divided by the number of samples wide. For one thread.
 */
public final class Goertzel {

    private final double coefficient;
    private double s1;
    private double s2;
    private double energy;
    private long count;

    /**
     * @param sampleRate in Hz
     * @param frequency  in Hz, above 0 and below half the sample rate
     */
    public Goertzel(int sampleRate, double frequency) {
        if (!(frequency > 0 && frequency < sampleRate / 2.0)) {
            throw new IllegalArgumentException("Frequency must be above 0 and below " + sampleRate / 2.0 + " Hz: " + frequency);
        }
        this.coefficient = 2 * Math.cos(2 * Math.PI * frequency / sampleRate);
    }

    /** Level of a frequency in a piece of audio: see {@link #level()}. */
    public static double level(short[] pcm, int off, int len, int sampleRate, double frequency) {
        Goertzel goertzel = new Goertzel(sampleRate, frequency);
        goertzel.add(pcm, off, len);
        return goertzel.level();
    }

    /** Takes samples. */
    public void add(short[] pcm, int off, int len) {
        Objects.checkFromIndexSize(off, len, pcm.length);
        for (int i = off; i < off + len; i++) {
            double sample = pcm[i];
            double s0 = sample + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
            energy += sample * sample;
        }
        count += len;
    }

    /** Level of the frequency in dB relative to a sine at full scale; negative infinity for silence. */
    public double level() {
        return count == 0 ? Double.NEGATIVE_INFINITY : 20 * Math.log10(2 * Math.sqrt(power()) / count / 32767);
    }

    /** Part of the energy that lies at the frequency, 0 to about 1; 0 for silence. */
    public double share() {
        return energy == 0 ? 0 : 2 * power() / (count * energy);
    }

    /** Samples taken. */
    public long count() {
        return count;
    }

    /** Begins a new measurement. */
    public void reset() {
        s1 = 0;
        s2 = 0;
        energy = 0;
        count = 0;
    }

    private double power() {
        return Math.max(0, s1 * s1 + s2 * s2 - coefficient * s1 * s2);
    }
}
