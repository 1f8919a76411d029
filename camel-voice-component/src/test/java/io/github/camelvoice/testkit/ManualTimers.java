package io.github.camelvoice.testkit;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A clock and timers that move only when the test says so. Thread-safe. */
public final class ManualTimers implements Timers, EngineClock {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    /** Of those due at the same time, the one set first is first. */
    private final NavigableSet<Entry> entries = new TreeSet<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::number));
    private long nanos;
    private long number;

    private record Entry(long due, long number, Executor on, Runnable task) {
    }

    @Override
    public synchronized Timer schedule(long delay, TimeUnit unit, Executor on, Runnable task) {
        number++;
        Entry entry = new Entry(nanos + unit.toNanos(delay), number, on, task);
        entries.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        entries.remove(entry);
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
        if (entries.isEmpty() || entries.first().due() > end) {
            return null;
        }
        Entry next = entries.pollFirst();
        nanos = Math.max(nanos, next.due());
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
