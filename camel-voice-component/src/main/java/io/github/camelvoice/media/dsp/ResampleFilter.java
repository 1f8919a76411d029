package io.github.camelvoice.media.dsp;

/**
 * The filter that turns one sample rate into another: a sinc under a Kaiser window, cut into one row of taps for each
 * position that an output sample can take between two input samples. Immutable; making one takes about a millisecond, so
 * it is worth sharing between the {@link Resampler}s of the same rates.
 */
public final class ResampleFilter {

    /** The lowest and highest rate in Hz on either side. */
    public static final int MIN_RATE = 1000;
    public static final int MAX_RATE = 384_000;

    /** Zero crossings of the sinc on each side: with the window below, the transition takes 9 % of the lower rate. */
    private static final int CROSSINGS = 24;
    /** Kaiser parameter for 70 dB in the stop band. */
    private static final double BETA = 0.1102 * (70 - 8.7);
    /** Middle of the transition, as part of half the lower rate: passes 3320 of 4000 Hz, stops 4040. */
    private static final double CUTOFF = 0.92;
    /** Rates with no common divisor would need a row for each of thousands of positions: the nearest of these serves then. */
    private static final int MAX_PHASES = 1024;
    /** Bounds memory (1 MB) and time for odd high rates; the further the rate is above the sound, the fewer rows it needs. */
    private static final int MAX_TABLE = 1 << 18;

    private final int inRate;
    private final int outRate;
    private final int up;
    private final int down;
    private final int taps;
    private final int phases;
    private final float[] table;

    /**
     * @param inRate  rate of the input in Hz, 1000 to 384000
     * @param outRate rate of the output in Hz, 1000 to 384000
     */
    public ResampleFilter(int inRate, int outRate) {
        check("input", inRate);
        check("output", outRate);
        this.inRate = inRate;
        this.outRate = outRate;
        int divisor = gcd(inRate, outRate);
        this.up = outRate / divisor;
        this.down = inRate / divisor;
        if (inRate == outRate) {
            this.taps = 0;
            this.phases = 0;
            this.table = new float[0];
            return;
        }
        double stretch = Math.max(1, (double) inRate / outRate);
        int half = (int) Math.ceil(CROSSINGS * stretch);
        this.taps = 2 * half;
        this.phases = Math.min(up, Math.min(MAX_PHASES, MAX_TABLE / taps));
        this.table = new float[(phases + 1) * taps];
        double[] row = new double[taps];
        for (int phase = 0; phase <= phases; phase++) {
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                double distance = (double) phase / phases + half - 1 - k;
                row[k] = sinc(distance * CUTOFF / stretch) * kaiser(distance / half);
                sum += row[k];
            }
            for (int k = 0; k < taps; k++) {
                // each row passes a constant unchanged: no ripple at the rate of the rows
                table[phase * taps + k] = (float) (row[k] / sum);
            }
        }
    }

    public int inRate() {
        return inRate;
    }

    public int outRate() {
        return outRate;
    }

    boolean passesThrough() {
        return taps == 0;
    }

    /** Output samples for each {@link #down()} input samples. */
    int up() {
        return up;
    }

    int down() {
        return down;
    }

    /** Input samples that one output sample is made of; even. */
    int taps() {
        return taps;
    }

    /** Start of the row for a position of {@code fraction / up} behind an input sample. */
    int row(int fraction) {
        return phases == up ? fraction * taps : (int) (((long) fraction * phases + up / 2) / up) * taps;
    }

    float[] table() {
        return table;
    }

    private static void check(String side, int rate) {
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new IllegalArgumentException("Sample rate of the " + side + " must be " + MIN_RATE + " to " + MAX_RATE
                    + " Hz: " + rate);
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
    }

    /** Modified Bessel function of order zero, by its series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
