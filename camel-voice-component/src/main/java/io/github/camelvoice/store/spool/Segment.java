package io.github.camelvoice.store.spool;

import java.nio.file.Path;

/** A file of records. What is before its end is on the disk and does not change any more. Thread-safe. */
final class Segment {

    private final Path path;
    private final long first;
    private volatile long end;
    private volatile boolean sealed;

    /** @param first sequence number of its first record */
    Segment(Path path, long first, long end, boolean sealed) {
        this.path = path;
        this.first = first;
        this.end = end;
        this.sealed = sealed;
    }

    Path path() {
        return path;
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    void grow(long to) {
        end = to;
    }

    /** Nothing is added any more: said after the last {@link #grow}. */
    void seal() {
        sealed = true;
    }

    boolean sealed() {
        return sealed;
    }
}
