package io.github.camelvoice.store.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the records of a segment in order. Where bytes are no record it goes on at the next marker that begins one: a damaged record never takes
 * its neighbours with it. Not thread-safe.
 */
final class FrameReader implements Closeable {

    private static final int CHUNK = 256 * 1024;

    private final FileChannel file;
    private final Frames frames;
    private byte[] buffer;
    /** Offset in the file of the first byte of the buffer, and how many bytes it has. */
    private long bufferAt;
    private int buffered;

    private long offset;
    private long skipped;
    private long damages;
    private long sequence;
    private byte type;
    private int payloadFrom;
    private int payloadTo;

    /** @param offset where a record begins */
    FrameReader(Path path, long offset, Frames frames) throws IOException {
        this(path, offset, frames, CHUNK);
    }

    /** @param chunk how many bytes are read at once, at least {@link Frames#LEAST} */
    FrameReader(Path path, long offset, Frames frames, int chunk) throws IOException {
        this.buffer = new byte[chunk];
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.frames = frames;
        this.offset = offset;
    }

    /** Goes to the next good record before {@code end}, a place where a record ends. @return false if there is none */
    boolean next(long end) throws IOException {
        long at = offset;
        while (end - at >= Frames.LEAST) {
            int length = recordAt(at, end);
            if (length > 0) {
                skip(at);
                offset = at + length;
                return true;
            }
            at = markerFrom(at + 1, end);
        }
        skip(end);
        return false;
    }

    /** Passes over good records. @param to where a record ends */
    void pass(long to) {
        offset = to;
    }

    private void skip(long to) {
        if (to > offset) {
            damages++;
            skipped += to - offset;
            offset = to;
        }
    }

    /** @return length of the record that is there, 0 if there is none */
    private int recordAt(long at, long end) throws IOException {
        int from = load(at, Frames.LEAST);
        if (from < 0 || readInt(from) != frames.marker()) {
            return 0;
        }
        int sum = readInt(from + 4);
        int length = readInt(from + 8);
        if (length < Frames.LEAST - Frames.HEAD || length > Frames.MOST || length > end - at - Frames.HEAD) {
            return 0;
        }
        from = load(at, Frames.HEAD + length);
        if (from < 0 || !frames.matches(buffer, from + 8, length + 4, sum)) {
            return 0;
        }
        ByteBuffer head = ByteBuffer.wrap(buffer, from + Frames.HEAD, 9);
        sequence = head.getLong();
        type = head.get();
        payloadFrom = from + Frames.LEAST;
        payloadTo = from + Frames.HEAD + length;
        return Frames.HEAD + length;
    }

    private long markerFrom(long from, long end) throws IOException {
        int marker = frames.marker();
        byte first = (byte) (marker >>> 24);
        long at = from;
        while (end - at >= Frames.LEAST) {
            int here = load(at, Frames.LEAST);
            if (here < 0) {
                return end;
            }
            int last = (int) Math.min(buffered - Frames.LEAST, end - bufferAt - Frames.LEAST);
            for (int i = here; i <= last; i++) {
                if (buffer[i] == first && readInt(i) == marker) {
                    return bufferAt + i;
                }
            }
            at = bufferAt + last + 1;
        }
        return end;
    }

    /** Sees to it that these bytes of the file are in the buffer. @return where they begin in it, -1 if the file ends before */
    private int load(long at, int length) throws IOException {
        if (at >= bufferAt && at + length <= bufferAt + buffered) {
            return (int) (at - bufferAt);
        }
        int kept = 0;
        if (at >= bufferAt && at < bufferAt + buffered) {
            kept = (int) (bufferAt + buffered - at);
        }
        byte[] target = length <= buffer.length ? buffer : new byte[length];
        System.arraycopy(buffer, buffered - kept, target, 0, kept);
        buffer = target;
        bufferAt = at;
        buffered = kept;
        ByteBuffer into = ByteBuffer.wrap(buffer);
        while (buffered < length) {
            into.limit(buffer.length).position(buffered);
            int read = file.read(into, bufferAt + buffered);
            if (read < 0) {
                return -1;
            }
            buffered += read;
        }
        return 0;
    }

    private int readInt(int i) {
        return buffer[i] << 24 | (buffer[i + 1] & 0xff) << 16 | (buffer[i + 2] & 0xff) << 8 | buffer[i + 3] & 0xff;
    }

    /** Sequence number of the record. */
    long sequence() {
        return sequence;
    }

    byte type() {
        return type;
    }

    /** Payload of the record, good until the next one is read. */
    ByteBuffer payload() {
        return ByteBuffer.wrap(buffer, payloadFrom, payloadTo - payloadFrom);
    }

    /** Where the record ends. */
    long offset() {
        return offset;
    }

    /** Bytes that were no record, so far. */
    long skipped() {
        return skipped;
    }

    /** Places where there were such bytes. */
    long damages() {
        return damages;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
