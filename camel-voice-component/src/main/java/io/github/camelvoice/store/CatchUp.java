package io.github.camelvoice.store;

import io.github.camelvoice.runtime.EngineClock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets those who list calls wait for what has just happened, without having the store fed for each of them: one feeding at a time is asked for, some
 * time apart, and all who came before it began share it. Nobody waits if nothing is outstanding. Thread-safe.
 */
final class CatchUp {

    private static final long APART = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(1_000);

    private final FedLog log;
    private final EngineClock clock;
    /** The feeding that has not been asked for yet: who joins it sees all that happened until now. */
    private CompletableFuture<Void> next;
    private long askedAt;

    CatchUp(FedLog log, EngineClock clock) {
        this.log = log;
        this.clock = clock;
        this.askedAt = clock.nanos() - APART;
    }

    /** Waits, for at most a second. @return whether all that happened so far is in the store */
    boolean await() throws InterruptedException {
        if (log.figures().waitingEntries() == 0) {
            return true;
        }
        long until = clock.nanos() + LONGEST;
        CompletableFuture<Void> mine;
        long due;
        boolean first;
        synchronized (this) {
            first = next == null;
            if (first) {
                next = new CompletableFuture<>();
            }
            mine = next;
            due = askedAt + APART;
        }
        if (first) {
            ask(mine, due);
        }
        try {
            mine.get(Math.max(0, until - clock.nanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException late) {
            return false;
        }
    }

    /** The first of those who wait asks for all of them, interrupted or not. */
    private void ask(CompletableFuture<Void> all, long due) {
        for (long left = due - clock.nanos(); left > 0 && !Thread.currentThread().isInterrupted(); left = due - clock.nanos()) {
            LockSupport.parkNanos(this, left);
        }
        synchronized (this) {
            next = null;
            askedAt = clock.nanos();
        }
        try {
            log.stored().whenComplete((done, failure) -> {
                if (failure == null) {
                    all.complete(null);
                } else {
                    all.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException notStarted) {
            all.completeExceptionally(notStarted);
        }
    }
}
