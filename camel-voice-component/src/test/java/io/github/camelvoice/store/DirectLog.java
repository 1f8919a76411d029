package io.github.camelvoice.store;

import io.github.camelvoice.trace.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log that brings each entry to the store at once, or, where asked to, later and all in one batch. */
final class DirectLog implements FedLog {

    private final String source;
    private final CallStore store;
    private final List<LogEntry> waiting = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long numbers;
    private long position;
    boolean gathers;
    String trouble;
    boolean full;
    long waitingBytes;
    int appended;

    DirectLog(String source, CallStore store, long first) {
        this.source = source;
        this.store = store;
        this.numbers = first;
        this.position = first;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public ArchiveFigures figures() {
        return new ArchiveFigures(waiting.size(), waitingBytes, 0, trouble, null);
    }

    @Override
    public void start() {
        // At once.
    }

    @Override
    public synchronized long nextTrace() {
        return ++numbers;
    }

    @Override
    public synchronized boolean append(LogEntry entry) {
        if (full) {
            return false;
        }
        appended++;
        waiting.add(entry);
        if (!gathers) {
            feed();
        }
        return true;
    }

    synchronized void feed() {
        try {
            store.apply(source, ++position, List.copyOf(waiting));
        } catch (StoreException failure) {
            throw new IllegalStateException(failure);
        }
        waiting.clear();
        listeners.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Void> durable() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> stored() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onStored(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
