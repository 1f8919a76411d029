package io.github.camelvoice.store.memory;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.store.ArchiveFigures;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.FedLog;
import io.github.camelvoice.trace.LogEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings entries to a {@link MemoryStore} as they are appended: what is appended can be read at once, and is gone with the process. */
public final class MemoryLog implements FedLog {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryLog.class);
    private static final String SOURCE = "memory";
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int PURGE_STEP = 1000;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final MemoryStore store;
    private final EngineClock clock;
    private final Duration retention;
    private final AtomicLong traces = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(Threads.named("memory-log"));
    private final Object order = new Object();
    private long position;
    private boolean open;

    /** @param retention how long calls are kept, from their creation */
    public MemoryLog(MemoryStore store, EngineClock clock, Duration retention) {
        this.store = store;
        this.clock = clock;
        this.retention = retention;
    }

    /** An archive on the heap: at most 10,000 calls and 64 MB, kept for 30 days. To be started. */
    public static CallArchive archive(EngineClock clock) {
        return archive(clock, 10_000, 64L << 20);
    }

    /**
     * An archive on the heap, calls kept for 30 days. To be started.
     *
     * @param calls most calls
     * @param bytes most memory, roughly
     */
    public static CallArchive archive(EngineClock clock, int calls, long bytes) {
        MemoryStore store = new MemoryStore(calls, bytes);
        return new CallArchive(store, new MemoryLog(store, clock, RETENTION), clock);
    }

    @Override
    public void start() {
        synchronized (order) {
            if (open) {
                return;
            }
            open = true;
            position = store.position(SOURCE);
        }
        teller.scheduleWithFixedDelay(this::purge, 1, 60, TimeUnit.SECONDS);
    }

    private void purge() {
        while (store.purge(clock.now().minus(retention), PURGE_STEP) == PURGE_STEP) {
            LOG.debug("{} calls were older than {}", PURGE_STEP, retention);
        }
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public ArchiveFigures figures() {
        return new ArchiveFigures(0, 0, lost.get(), null, null);
    }

    @Override
    public long nextTrace() {
        return traces.incrementAndGet();
    }

    @Override
    public boolean append(LogEntry entry) {
        synchronized (order) {
            if (!open || entry instanceof CallbackEntry.Queued && !store.hasRoomForCallback()) {
                lost.incrementAndGet();
                return false;
            }
            store.apply(SOURCE, ++position, List.of(entry));
        }
        tell();
        return true;
    }

    private void tell() {
        if (listeners.isEmpty() || !telling.compareAndSet(false, true)) {
            return;
        }
        try {
            teller.execute(this::tellAll);
        } catch (RejectedExecutionException closed) {
            LOG.trace("closed", closed);
        }
    }

    private void tellAll() {
        telling.set(false);
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException failed) {
                LOG.warn("a listener of stored calls failed", failed);
            }
        }
    }

    /** Nothing here outlives the process: done. */
    @Override
    public CompletionStage<Void> durable() {
        return DONE;
    }

    @Override
    public CompletionStage<Void> stored() {
        return DONE;
    }

    @Override
    public void onStored(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public String trouble() {
        return null;
    }

    @Override
    public void close() {
        synchronized (order) {
            open = false;
        }
        teller.shutdownNow();
    }
}
