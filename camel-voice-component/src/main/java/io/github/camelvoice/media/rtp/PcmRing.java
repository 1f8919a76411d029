package io.github.camelvoice.media.rtp;

import java.util.concurrent.atomic.AtomicLong;

/** Samples on their way from one writing thread to one reading thread: bounded, without a lock. */
public final class PcmRing {

    private final short[] samples;
    private final int mask;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    /** @param capacity in samples, rounded up to a power of two */
    public PcmRing(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity) - 1) << 1;
        this.samples = new short[size];
        this.mask = size - 1;
    }

    public int capacity() {
        return samples.length;
    }

    /** Samples to read: the reader may rely on so many at least, the writer on no more. */
    public int available() {
        return (int) (written.getAcquire() - read.getAcquire());
    }

    /** Writer: there is room for so many at least. */
    public int room() {
        return samples.length - available();
    }

    /** Writer: @return how many of {@code length} had room */
    public int write(short[] from, int offset, int length) {
        long at = written.getPlain();
        int count = Math.min(length, samples.length - (int) (at - read.getAcquire()));
        int start = (int) at & mask;
        int first = Math.min(count, samples.length - start);
        System.arraycopy(from, offset, samples, start, first);
        System.arraycopy(from, offset + first, samples, 0, count - first);
        written.setRelease(at + count);
        return count;
    }

    /** Reader: @return how many of {@code length} there were */
    public int read(short[] to, int offset, int length) {
        long at = read.getPlain();
        int count = Math.min(length, (int) (written.getAcquire() - at));
        int start = (int) at & mask;
        int first = Math.min(count, samples.length - start);
        System.arraycopy(samples, start, to, offset, first);
        System.arraycopy(samples, 0, to, offset + first, count - first);
        read.setRelease(at + count);
        return count;
    }
}
