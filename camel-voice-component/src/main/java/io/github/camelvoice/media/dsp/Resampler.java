package io.github.camelvoice.media.dsp;

import java.util.Arrays;
import java.util.Objects;

/**
 * Changes the sample rate of one stream, block by block without seam. The output is aligned with the input: the filter's
 * delay is made up for at the beginning, so the last samples come with {@link #flush}. For one thread.
 */
public final class Resampler {

    private static final int BLOCK = 512;

    private final ResampleFilter filter;
    private final float[] line;
    /** Samples in the line, start of the next window in it, and how far behind that start the next output lies. */
    private int fill;
    private int position;
    private int fraction;

    public Resampler(int inRate, int outRate) {
        this(new ResampleFilter(inRate, outRate));
    }

    public Resampler(ResampleFilter filter) {
        this.filter = filter;
        this.line = new float[filter.taps() + BLOCK];
        reset();
    }

    /** The filter, for another stream of the same rates. */
    public ResampleFilter filter() {
        return filter;
    }

    /** Exactly how many samples {@link #process} will give for the next {@code inLen}. */
    public int outputFor(int inLen) {
        if (filter.passesThrough()) {
            return inLen;
        }
        long spare = (long) fill + inLen - filter.taps() - position;
        return spare < 0 ? 0 : (int) ((spare * filter.up() + filter.up() - 1 - fraction) / filter.down()) + 1;
    }

    /** How many samples {@link #flush} will give now. */
    public int outputForFlush() {
        return filter.passesThrough() ? 0 : outputFor(filter.taps() / 2);
    }

    /**
     * Takes all of the input and gives what can be told by now.
     *
     * @return samples written to {@code out} from {@code outOff} on, {@link #outputFor outputFor(inLen)}
     * @throws IndexOutOfBoundsException if one of the arrays is too short; nothing is taken then
     */
    public int process(short[] in, int inOff, int inLen, short[] out, int outOff) {
        Objects.checkFromIndexSize(inOff, inLen, in.length);
        int expected = outputFor(inLen);
        Objects.checkFromIndexSize(outOff, expected, out.length);
        if (filter.passesThrough()) {
            System.arraycopy(in, inOff, out, outOff, inLen);
            return inLen;
        }
        int at = outOff;
        for (int done = 0; done < inLen;) {
            int now = Math.min(inLen - done, line.length - fill);
            for (int i = 0; i < now; i++) {
                line[fill + i] = in[inOff + done + i];
            }
            fill += now;
            done += now;
            at = produce(out, at);
        }
        return expected;
    }

    /**
     * Gives the rest, as if silence followed; afterwards the resampler is as new. In all, {@code n} input samples make
     * {@code n * outRate / inRate} output samples, rounded up.
     *
     * @return samples written, {@link #outputForFlush()}
     * @throws IndexOutOfBoundsException if the array is too short; nothing is done then
     */
    public int flush(short[] out, int outOff) {
        int expected = outputForFlush();
        Objects.checkFromIndexSize(outOff, expected, out.length);
        int at = outOff;
        for (int left = filter.taps() / 2; left > 0;) {
            int now = Math.min(left, line.length - fill);
            Arrays.fill(line, fill, fill + now, 0);
            fill += now;
            left -= now;
            at = produce(out, at);
        }
        reset();
        return expected;
    }

    /** Forgets the stream. */
    public void reset() {
        Arrays.fill(line, 0);
        fill = Math.max(0, filter.taps() / 2 - 1);
        position = 0;
        fraction = 0;
    }

    private int produce(short[] out, int outOff) {
        int taps = filter.taps();
        int up = filter.up();
        int down = filter.down();
        float[] table = filter.table();
        int at = outOff;
        while (position + taps <= fill) {
            out[at++] = Mix.saturate(Math.round(dot(line, position, table, filter.row(fraction), taps)));
            int ahead = fraction + down;
            position += ahead / up;
            fraction = ahead % up;
        }
        int drop = Math.min(position, fill);
        System.arraycopy(line, drop, line, 0, fill - drop);
        fill -= drop;
        position -= drop;
        return at;
    }

    /** Four sums at a time, as the machine can; {@code taps} is even. */
    private static float dot(float[] x, int xOff, float[] h, int hOff, int taps) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int k = 0;
        for (; k + 3 < taps; k += 4) {
            a += x[xOff + k] * h[hOff + k];
            b += x[xOff + k + 1] * h[hOff + k + 1];
            c += x[xOff + k + 2] * h[hOff + k + 2];
            d += x[xOff + k + 3] * h[hOff + k + 3];
        }
        for (; k < taps; k++) {
            a += x[xOff + k] * h[hOff + k];
        }
        return a + b + (c + d);
    }
}
