package io.github.camelvoice.media.wav;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Writes a WAV file of 16 bit PCM, mono or stereo. The header on disk is valid at any moment and announces no more than
 * what is there: the sizes are brought up to date after the samples, each second of audio and at the end, so that a crash
 * costs at most the last second. Blocks on the disk; for one thread.
 */
public final class WavWriter implements Closeable {

    /** Bytes before the first sample. */
    public static final int HEADER = 44;
    private static final int BUFFER_FRAMES = 4096;
    /** A RIFF size has 32 bits; what many readers take for signed ends the file here. */
    static final long MAX_DATA = Integer.MAX_VALUE - 4096L;

    private final FileChannel channel;
    private final int channels;
    private final int sampleRate;
    private final long limit;
    private final ByteBuffer pending;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private final long patchEvery;
    private long dataBytes;
    private long patchedAt;
    private boolean closed;

    /**
     * Makes or replaces a file.
     *
     * @param file       its folder exists
     * @param channels   1 or 2
     * @param sampleRate in Hz, 1000 to 384000
     */
    public WavWriter(Path file, int channels, int sampleRate) throws IOException {
        this(open(file, channels, sampleRate), channels, sampleRate, MAX_DATA);
    }

    WavWriter(FileChannel channel, int channels, int sampleRate, long limit) throws IOException {
        this.channel = channel;
        this.channels = channels;
        this.sampleRate = sampleRate;
        this.limit = limit;
        this.patchEvery = 2L * channels * sampleRate;
        this.pending = ByteBuffer.allocate(BUFFER_FRAMES * 2 * channels).order(ByteOrder.LITTLE_ENDIAN);
        fillHeader();
        try {
            writeAll(header, 0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file, int channels, int sampleRate) throws IOException {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException("A WAV file is written with 1 or 2 channels, not " + channels);
        }
        if (sampleRate < WavFormat.MIN_RATE || sampleRate > WavFormat.MAX_RATE) {
            throw new IllegalArgumentException("WAV sample rate must be " + WavFormat.MIN_RATE + " to " + WavFormat.MAX_RATE + " Hz: " + sampleRate);
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Appends samples of a mono file, or interleaved ones (left, right, left, …) of a stereo file.
     *
     * @param len number of samples, even for stereo
     * @throws WavException if the file would outgrow the format (2 GB); nothing of this call is written then
     */
    public void write(short[] pcm, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, pcm.length);
        if (len % channels != 0) {
            throw new IllegalArgumentException("Stereo needs pairs of samples, not " + len);
        }
        checkRoom(2L * len);
        int at = off;
        int end = off + len;
        while (at < end) {
            int now = Math.min(end - at, pending.remaining() / 2);
            for (int i = 0; i < now; i++) {
                pending.putShort(pcm[at + i]);
            }
            at += now;
            written();
        }
    }

    /** Appends {@code len} frames to a stereo file, each channel from its own array. */
    public void write(short[] left, int leftOff, short[] right, int rightOff, int len) throws IOException {
        Objects.checkFromIndexSize(leftOff, len, left.length);
        Objects.checkFromIndexSize(rightOff, len, right.length);
        if (channels != 2) {
            throw new IllegalStateException("This WAV file is mono");
        }
        checkRoom(4L * len);
        int done = 0;
        while (done < len) {
            int now = Math.min(len - done, pending.remaining() / 4);
            for (int i = 0; i < now; i++) {
                pending.putShort(left[leftOff + done + i]);
                pending.putShort(right[rightOff + done + i]);
            }
            done += now;
            written();
        }
    }

    /** Frames (samples of each channel) accepted so far. */
    public long frames() {
        return (dataBytes + pending.position()) / (2L * channels);
    }

    /** Bytes of the file once all accepted samples are written. */
    public long fileBytes() {
        return HEADER + dataBytes + pending.position();
    }

    /** Writes what is pending and brings the header up to date. Does not force it to the disk. */
    public void flush() throws IOException {
        ensureOpen();
        drain();
        patch();
    }

    /** Flushes and closes; a second call does nothing. The channel is closed even if flushing fails. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try (channel) {
            flush();
        } finally {
            closed = true;
        }
    }

    private void checkRoom(long bytes) throws IOException {
        ensureOpen();
        if (dataBytes + pending.position() + bytes > limit) {
            throw new WavException("WAV file is full at " + fileBytes() + " bytes");
        }
    }

    private void ensureOpen() throws IOException {
        if (closed) {
            throw new WavException("WAV file is closed");
        }
    }

    private void written() throws IOException {
        if (!pending.hasRemaining()) {
            drain();
        }
        if (dataBytes + pending.position() - patchedAt >= patchEvery) {
            flush();
        }
    }

    private void drain() throws IOException {
        pending.flip();
        try {
            while (pending.hasRemaining()) {
                dataBytes += channel.write(pending, HEADER + dataBytes);
            }
        } finally {
            pending.compact();
        }
    }

    private void patch() throws IOException {
        if (patchedAt != dataBytes) {
            fillHeader();
            writeAll(header, 0);
            patchedAt = dataBytes;
        }
    }

    private void fillHeader() {
        header.clear();
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (HEADER - 8 + dataBytes));
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) channels);
        header.putInt(sampleRate).putInt(sampleRate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) dataBytes);
        header.flip();
    }

    private void writeAll(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            at += channel.write(buffer, at);
        }
    }
}
