package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries in order, with their sequence numbers. */
final class Batch {

    private final List<LogEntry> entries = new ArrayList<>();
    private long[] sequences = new long[64];
    private boolean full;

    void add(long sequence, LogEntry entry) {
        if (entries.size() == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * sequences.length);
        }
        sequences[entries.size()] = sequence;
        entries.add(entry);
    }

    void add(Recent.Chunk chunk) {
        long sequence = chunk.first();
        for (LogEntry entry : chunk.entries()) {
            add(sequence++, entry);
        }
    }

    /** More can be read at once. */
    void fill() {
        full = true;
    }

    boolean isFull() {
        return full;
    }

    int size() {
        return entries.size();
    }

    LogEntry entry(int i) {
        return entries.get(i);
    }

    long sequence(int i) {
        return sequences[i];
    }

    List<LogEntry> entries(int from, int to) {
        return entries.subList(from, to);
    }
}
