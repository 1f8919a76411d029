package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log in batches, and deletes segments that were read to their end. For one thread, but for the figures. */
final class SpoolCursor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolCursor.class);
    private static final int MOST_FAILURES = 5;

    private final Segments segments;
    private final Recent recent;
    private final Rejects rejects;
    private final Frames frames;
    private final int batchEntries;
    private final int batchBytes;

    private Segment segment;
    private FrameReader reader;
    private long last;
    private int failures;
    private long damagesSeen;
    private long skippedSeen;
    private volatile long damages;
    private volatile long done;

    SpoolCursor(Segments segments, Recent recent, Rejects rejects, int marker, SpoolOptions.Pace pace) {
        this.segments = segments;
        this.recent = recent;
        this.rejects = rejects;
        this.frames = new Frames(marker);
        this.batchEntries = pace.batchEntries();
        this.batchBytes = pace.batchBytes();
    }

    /** Records up to this one are passed over. */
    void startAfter(long sequence) {
        last = sequence;
    }

    /**
     * The next entries; what was read before has reached the store.
     *
     * @param before only from segments that begin before this sequence number
     * @return null if there are none now
     * @throws IOException if the disk cannot be read; to be tried again
     */
    Batch read(long before) throws IOException {
        delivered();
        try {
            for (Segment next = current(before); next != null; next = current(before)) {
                boolean sealed = next.sealed();
                long end = next.end();
                Batch batch = read(next, end);
                if (batch.size() > 0) {
                    if (sealed) {
                        batch.fill();
                    }
                    return batch;
                }
                if (!sealed) {
                    return null;
                }
                remove(next);
            }
            return null;
        } catch (IOException failure) {
            pass(failure);
            throw failure;
        }
    }

    /** What was read has reached the store. */
    void delivered() {
        if (reader != null) {
            done = reader.offset();
        }
    }

    private Segment current(long before) throws IOException {
        if (segment == null) {
            Segment oldest = segments.oldest();
            if (oldest == null || oldest.first() >= before) {
                return null;
            }
            reader = new FrameReader(oldest.path(), 0, frames);
            segment = oldest;
            damagesSeen = 0;
            skippedSeen = 0;
        }
        return segment;
    }

    private Batch read(Segment from, long end) throws IOException {
        Batch batch = new Batch();
        long bytes = 0;
        long limit = 0;
        while (limit < end && batch.size() < batchEntries && bytes < batchBytes) {
            Recent.Chunk chunk = recent.take(from, reader.offset());
            if (chunk != null) {
                batch.add(chunk);
                bytes += chunk.bytes();
                last = chunk.first() + chunk.entries().size() - 1;
                reader.pass(chunk.end());
            } else {
                limit = Math.min(end, recent.from(from, reader.offset()));
                bytes += readFile(batch, limit, batchBytes - bytes);
            }
        }
        failures = 0;
        if (batch.size() >= batchEntries || bytes >= batchBytes) {
            batch.fill();
        }
        tellDamage(from);
        return batch;
    }

    private long readFile(Batch batch, long limit, long most) throws IOException {
        long bytes = 0;
        while (batch.size() < batchEntries && bytes < most && reader.next(limit)) {
            long sequence = reader.sequence();
            if (sequence > last) {
                last = sequence;
                ByteBuffer payload = reader.payload();
                bytes += payload.remaining();
                LogEntry entry = decode(sequence, payload);
                if (entry != null) {
                    batch.add(sequence, entry);
                }
            }
        }
        return bytes;
    }

    private void tellDamage(Segment from) {
        if (reader.damages() > damagesSeen) {
            damages += reader.damages() - damagesSeen;
            LOG.error("{}: {} damaged bytes in {} places were passed over, before {}", from.path(), reader.skipped() - skippedSeen,
                    reader.damages() - damagesSeen, reader.offset());
            damagesSeen = reader.damages();
            skippedSeen = reader.skipped();
        }
    }

    private LogEntry decode(long sequence, ByteBuffer payload) {
        try {
            return EntryCodec.decode(reader.type(), payload.duplicate());
        } catch (RuntimeException unknown) {
            rejects.add(sequence, reader.type(), payload, unknown);
            return null;
        }
    }

    private void remove(Segment read) throws IOException {
        close();
        segments.remove(read);
        Files.deleteIfExists(read.path());
    }

    /** A sealed segment that cannot be read again and again is put out of the way. */
    private void pass(IOException failure) throws IOException {
        Segment bad = segment != null ? segment : segments.oldest();
        if (bad == null || !bad.sealed() || ++failures < MOST_FAILURES) {
            return;
        }
        failures = 0;
        damages++;
        LOG.error("{} cannot be read and is passed over; what was not read of it does not reach the store", bad.path(), failure);
        close();
        segments.remove(bad);
        if (Files.exists(bad.path())) {
            Files.move(bad.path(), bad.path().resolveSibling(bad.path().getFileName() + ".unreadable"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Sequence number of the last record that was read. */
    long last() {
        return last;
    }

    /** Bytes of the oldest segment that are in the store. */
    long done() {
        return done;
    }

    /** Places where bytes were no record. */
    long damages() {
        return damages;
    }

    @Override
    public void close() throws IOException {
        FrameReader open = reader;
        reader = null;
        segment = null;
        done = 0;
        if (open != null) {
            open.close();
        }
    }
}
