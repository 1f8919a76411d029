package io.github.camelvoice.store.spool;

import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.LogEntry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The queue of entries to be written, bounded in bytes, with the marks of those who wait for what is before them. Any thread, no lock. */
final class Inbox {

    /** A place in the order of entries at which somebody waits. */
    record Mark(boolean forStore, CompletableFuture<Void> future) {
    }

    /** What an entry takes in memory beside its bytes. */
    private static final int OVERHEAD = 64;
    /** Queued bytes at which the writer need not wait for anybody to ask. */
    private static final long WAKE = 256 * 1024;

    private final ConcurrentLinkedQueue<Object> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Bell bell;
    private final long most;
    private volatile boolean closed;
    private volatile boolean ended;

    Inbox(long most, Bell bell) {
        this.most = most;
        this.bell = bell;
    }

    /** @return false if it has no room, or is closed */
    boolean offer(LogEntry entry) {
        long room = EntryCodec.room(entry);
        if (closed || room > Frames.MOST - Frames.LEAST) {
            lost.increment();
            return false;
        }
        long weight = room + OVERHEAD;
        long now = bytes.addAndGet(weight);
        if (now > most) {
            bytes.addAndGet(-weight);
            lost.increment();
            return false;
        }
        accepted.increment();
        items.offer(entry);
        if (ended) {
            lose();
            return false;
        }
        if (now > WAKE) {
            bell.alarm();
        }
        return true;
    }

    CompletableFuture<Void> mark(boolean forStore) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        items.offer(new Mark(forStore, future));
        if (ended) {
            future.completeExceptionally(closed());
        }
        bell.ring();
        return future;
    }

    /** The next entry or mark without taking it, null if there is none. The writer alone. */
    Object peek() {
        return items.peek();
    }

    /** Takes what was seen. */
    void take(Object seen) {
        items.poll();
        if (seen instanceof LogEntry entry) {
            bytes.addAndGet(-EntryCodec.room(entry) - OVERHEAD);
        }
    }

    static StoreException closed() {
        return new StoreException("the log was closed before this could be written", null);
    }

    /** Takes no entries any more. */
    void close() {
        closed = true;
        bell.alarm();
    }

    /** Nobody takes from it any more. */
    void end() {
        ended = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** An entry that was accepted could not be written after all. */
    void lose() {
        accepted.decrement();
        lost.increment();
    }

    long bytes() {
        return bytes.get();
    }

    boolean isHalfFull() {
        return bytes.get() > most / 2;
    }

    long accepted() {
        return accepted.sum();
    }

    long lost() {
        return lost.sum();
    }
}
