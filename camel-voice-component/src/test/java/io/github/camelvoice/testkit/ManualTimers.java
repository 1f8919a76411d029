package io.github.camelvoice.testkit;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A clock and timers that move only when the test says so. Thread-safe. */
public final class ManualTimers implements Timers, EngineClock {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final List<Entry> entries = new ArrayList<>();
    private long nanos;

    private record Entry(long due, Executor on, Runnable task) {
    }

    @Override
    public synchronized Timer schedule(long delay, TimeUnit unit, Executor on, Runnable task) {
        Entry entry = new Entry(nanos + unit.toNanos(delay), on, task);
        entries.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        entries.removeIf(e -> e == entry);
    }

    /** Moves time on, firing what falls due in the order of its time; tasks may set new timers. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + by.toNanos();
        }
        for (Entry next = due(end); next != null; next = due(end)) {
            next.on().execute(next.task());
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private synchronized Entry due(long end) {
        Entry next = entries.stream().filter(e -> e.due() <= end).min(Comparator.comparingLong(Entry::due)).orElse(null);
        if (next != null) {
            nanos = Math.max(nanos, next.due());
            entries.removeIf(e -> e == next);
        }
        return next;
    }

    /** Timers that are set. */
    public synchronized int pending() {
        return entries.size();
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }
}
