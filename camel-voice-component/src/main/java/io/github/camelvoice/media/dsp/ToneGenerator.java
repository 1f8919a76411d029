package io.github.camelvoice.media.dsp;

import java.util.Objects;

/** An endless tone of one or more frequencies, steady or in a cadence. For one thread. */
public final class ToneGenerator {

    /** Ramp at the edges of a cadence, so that they do not click. */
    private static final int RAMP_MICROS = 2000;
    private static final double PEAK = 32767;

    private final int sampleRate;
    private final double amplitude;
    private final double[] step;
    private final double[] phase;
    /** Ends of the cadence's parts in samples, sound first; empty for a steady tone. */
    private final long[] ends;
    private final int ramp;
    private long at;

    /**
     * A steady tone.
     *
     * @param sampleRate  in Hz, 1000 to 384000
     * @param level       of each frequency in dB relative to a sine at full scale, 0 or less
     * @param frequencies in Hz, above 0 and below half the sample rate, one or more
     */
    public ToneGenerator(int sampleRate, double level, double... frequencies) {
        this(sampleRate, level, new int[0], frequencies);
    }

    /**
     * A tone in a cadence that repeats.
     *
     * @param cadence milliseconds of sound, silence, sound, … in turn, each above 0; an even number of them, none for steady
     */
    public ToneGenerator(int sampleRate, double level, int[] cadence, double... frequencies) {
        if (sampleRate < ResampleFilter.MIN_RATE || sampleRate > ResampleFilter.MAX_RATE) {
            throw new IllegalArgumentException("Sample rate must be " + ResampleFilter.MIN_RATE + " to " + ResampleFilter.MAX_RATE
                    + " Hz: " + sampleRate);
        }
        if (!(level <= 0)) {
            throw new IllegalArgumentException("Level must be 0 dB or less: " + level);
        }
        if (frequencies.length == 0) {
            throw new IllegalArgumentException("A tone needs a frequency");
        }
        this.sampleRate = sampleRate;
        this.amplitude = PEAK * Math.pow(10, level / 20);
        this.step = new double[frequencies.length];
        this.phase = new double[frequencies.length];
        for (int i = 0; i < frequencies.length; i++) {
            if (!(frequencies[i] > 0 && frequencies[i] < sampleRate / 2.0)) {
                throw new IllegalArgumentException("Frequency must be above 0 and below " + sampleRate / 2.0 + " Hz: " + frequencies[i]);
            }
            step[i] = frequencies[i] / sampleRate;
        }
        if (cadence.length % 2 != 0) {
            throw new IllegalArgumentException("A cadence has pairs of sound and silence, not " + cadence.length + " parts");
        }
        this.ends = new long[cadence.length];
        long millis = 0;
        for (int i = 0; i < cadence.length; i++) {
            if (cadence[i] <= 0) {
                throw new IllegalArgumentException("A part of a cadence must last longer than 0 ms: " + cadence[i]);
            }
            millis += cadence[i];
            ends[i] = millis * sampleRate / 1000;
        }
        this.ramp = (int) ((long) sampleRate * RAMP_MICROS / 1_000_000);
    }

    public int sampleRate() {
        return sampleRate;
    }

    /** Writes the next {@code len} samples. */
    public void fill(short[] pcm, int off, int len) {
        Objects.checkFromIndexSize(off, len, pcm.length);
        for (int i = 0; i < len; i++) {
            double gain = amplitude * gain();
            double sum = 0;
            for (int k = 0; k < step.length; k++) {
                if (gain != 0) {
                    sum += Math.sin(2 * Math.PI * phase[k]);
                }
                phase[k] += step[k];
                if (phase[k] >= 1) {
                    phase[k] -= 1;
                }
            }
            pcm[off + i] = Mix.saturate((int) Math.round(gain * sum));
        }
    }

    /** The place in the cadence, stepped by one sample: 1 within sound, 0 within silence, between at the edges. */
    private double gain() {
        if (ends.length == 0) {
            return 1;
        }
        if (at == ends[ends.length - 1]) {
            at = 0;
        }
        int part = 0;
        while (at >= ends[part]) {
            part++;
        }
        long since = at - (part == 0 ? 0 : ends[part - 1]);
        long until = ends[part] - 1 - at;
        at++;
        return part % 2 != 0 ? 0 : Math.min(1, (double) Math.min(since, until) / ramp);
    }
}
