package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.TraceEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries in order, with their sequence numbers. */
final class Batch {

    private final List<TraceEntry> entries = new ArrayList<>();
    private long[] sequences = new long[64];
    private boolean full;

    void add(long sequence, TraceEntry entry) {
        if (entries.size() == sequences.length) {
            sequences = Arrays.copyOf(sequences, 2 * sequences.length);
        }
        sequences[entries.size()] = sequence;
        entries.add(entry);
    }

    void add(Recent.Chunk chunk) {
        long sequence = chunk.first();
        for (TraceEntry entry : chunk.entries()) {
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

    TraceEntry entry(int i) {
        return entries.get(i);
    }

    long sequence(int i) {
        return sequences[i];
    }

    List<TraceEntry> entries(int from, int to) {
        return entries.subList(from, to);
    }
}
