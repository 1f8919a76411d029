package io.github.camelvoice.media.wav;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Samples as a WAV stream of 16 bit mono, made while it is read. For one thread. */
public final class WavStream extends InputStream {

    private static final int SAMPLES = 1024;
    /** Up to the end of the stream, see {@link WavReader}. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final Samples source;
    private final short[] pcm = new short[SAMPLES];
    private final ByteBuffer pending = ByteBuffer.allocate(SAMPLES * 2).order(ByteOrder.LITTLE_ENDIAN);

    /** Where the samples come from. */
    @FunctionalInterface
    public interface Samples extends AutoCloseable {

        /** @return how many were written, 1 or more; -1 at the end */
        int read(short[] into, int off, int len) throws IOException;

        @Override
        default void close() throws IOException {
            // most have nothing to close
        }
    }

    /** @param sampleRate in Hz, 1000 to 384000 */
    public WavStream(int sampleRate, Samples source) {
        this.source = Objects.requireNonNull(source, "source");
        pending.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(UNKNOWN).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        pending.putInt(16).putShort((short) 1).putShort((short) 1).putInt(sampleRate).putInt(sampleRate * 2).putShort((short) 2).putShort((short) 16);
        pending.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(UNKNOWN);
        pending.flip();
    }

    @Override
    public int read() throws IOException {
        return fill() ? pending.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, into.length);
        if (len == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(len, pending.remaining());
        pending.get(into, off, count);
        return count;
    }

    private boolean fill() throws IOException {
        if (pending.hasRemaining()) {
            return true;
        }
        int count = source.read(pcm, 0, SAMPLES);
        if (count < 0) {
            return false;
        }
        pending.clear();
        for (int i = 0; i < count; i++) {
            pending.putShort(pcm[i]);
        }
        pending.flip();
        return true;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
