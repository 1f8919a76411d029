package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.LogEntry;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What was written just now, so that a follower which keeps up need not read and decode it. Bounded: the oldest goes first, and is read from the
 * disk then. Thread-safe; nobody holds the lock for long.
 */
final class Recent {

    /** Entries that were written at once. @param first sequence number of the first; the others follow without a gap */
    record Chunk(Segment segment, long start, long end, long first, List<LogEntry> entries) {

        long bytes() {
            return end - start;
        }
    }

    private final long most;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private long bytes;

    Recent(long most) {
        this.most = most;
    }

    synchronized void add(Chunk chunk) {
        chunks.add(chunk);
        bytes += chunk.bytes();
        while (bytes > most) {
            drop();
        }
    }

    private void drop() {
        bytes -= chunks.poll().bytes();
    }

    /** What begins right there, null if that is to be read. */
    synchronized Chunk take(Segment segment, long offset) {
        forgetBefore(segment, offset);
        Chunk chunk = chunks.peek();
        if (chunk != null && chunk.segment() == segment && chunk.start() == offset) {
            drop();
            return chunk;
        }
        return null;
    }

    /** Where in the segment reading can end, because the rest is here. */
    synchronized long from(Segment segment, long offset) {
        forgetBefore(segment, offset);
        Chunk chunk = chunks.peek();
        return chunk != null && chunk.segment() == segment ? chunk.start() : Long.MAX_VALUE;
    }

    private void forgetBefore(Segment segment, long offset) {
        while (!chunks.isEmpty()) {
            Chunk chunk = chunks.peek();
            if (chunk.segment().first() > segment.first() || chunk.segment() == segment && chunk.start() >= offset) {
                return;
            }
            drop();
        }
    }
}
