package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records into segment files. What is not forced yet is in the buffer still: where writing or forcing fails, all of it goes into a new file
 * at the next attempt, since nobody knows what a failed force has left. For one thread.
 */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final int BUFFER = 1024 * 1024;

    private final Disk disk;
    private final SpoolFolder folder;
    private final Segments segments;
    private final Frames frames;
    private final Recent recent;
    private final long segmentBytes;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private List<LogEntry> entries = new ArrayList<>();
    private long firstBuffered;
    private long next;
    private Segment segment;
    private Disk.Sink sink;

    /** @param next sequence number of the first record */
    SegmentWriter(Disk disk, SpoolFolder folder, Segments segments, Recent recent, long segmentBytes, long next) {
        this.disk = disk;
        this.folder = folder;
        this.segments = segments;
        this.recent = recent;
        this.frames = new Frames(folder.marker());
        this.segmentBytes = segmentBytes;
        this.next = next;
    }

    /** @return false if it must wait for a {@link #commit} */
    boolean hasRoom(LogEntry entry) {
        long need = EntryCodec.room(entry) + Frames.LEAST;
        if (need <= buffer.remaining()) {
            return true;
        }
        if (buffer.position() == 0) {
            buffer = ByteBuffer.allocateDirect((int) need);
            return true;
        }
        return false;
    }

    /** Encodes an entry for which there is room. @throws RuntimeException if it cannot be encoded; nothing is left of it then */
    void put(LogEntry entry) {
        boolean first = buffer.position() == 0;
        frames.put(buffer, next, entry);
        entries.add(entry);
        if (first) {
            firstBuffered = next;
        }
        next++;
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    /** How many entries are in the buffer. */
    long buffered() {
        return isEmpty() ? 0 : next - firstBuffered;
    }

    /** Sequence number of the last record that was put. */
    long last() {
        return next - 1;
    }

    /** Writes and forces what is in the buffer. After a failure the buffer is as before. */
    void commit() throws IOException {
        if (isEmpty()) {
            return;
        }
        try {
            if (segment == null) {
                begin();
            }
            long at = segment.end();
            sink.write(buffer.duplicate().flip(), at);
            sink.force();
            segment.grow(at + buffer.position());
            segments.add(segment);
            recent.add(new Recent.Chunk(segment, at, segment.end(), firstBuffered, entries));
        } catch (IOException failure) {
            abandon();
            throw failure;
        }
        buffer.clear();
        entries = new ArrayList<>();
        if (buffer.capacity() > 2 * BUFFER) {
            buffer = ByteBuffer.allocateDirect(BUFFER);
        }
        if (segment.end() >= segmentBytes) {
            finish();
        }
    }

    /** Leaves a file that somebody has deleted: what goes into it outlives no crash. @return whether there was one */
    boolean leaveDeleted() {
        if (segment == null || Files.exists(segment.path())) {
            return false;
        }
        finish();
        return true;
    }

    private void begin() throws IOException {
        folder.restore();
        Segment begun = new Segment(folder.segment(firstBuffered), firstBuffered, 0, false);
        sink = disk.create(begun.path());
        segment = begun;
        disk.forceFolder(folder.path());
    }

    private void abandon() {
        if (sink == null) {
            return;
        }
        try {
            sink.cut(segment.end());
        } catch (IOException stays) {
            LOG.debug("{} keeps what was not forced; it will be read over", segment.path(), stays);
        }
        boolean empty = segment.end() == 0;
        Segment abandoned = segment;
        finish();
        if (empty) {
            try {
                Files.deleteIfExists(abandoned.path());
            } catch (IOException stays) {
                LOG.debug("{} stays for now", abandoned.path(), stays);
            }
        }
    }

    private void finish() {
        try {
            sink.close();
        } catch (IOException forced) {
            LOG.debug("{} was forced before", segment.path(), forced);
        }
        segment.seal();
        segment = null;
        sink = null;
    }

    @Override
    public void close() {
        if (sink != null) {
            finish();
        }
    }
}
