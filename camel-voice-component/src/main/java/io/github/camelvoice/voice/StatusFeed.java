package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Statuses that wait for a route: those of one account in their order, one at a time; those of several beside each other. Where more wait than there is
 * room for, those that found none are read from the history of their account, once those before them are through: nothing is lost as long as it goes
 * back far enough. Thread-safe.
 */
final class StatusFeed {

    /** More than a history holds. */
    private static final int ALL = 1_000_000;

    private final int capacity;
    private final Set<StatusType> types;
    private final History history;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<String, Line> lines = new HashMap<>();
    private final LinkedHashSet<String> ready = new LinkedHashSet<>();
    private long waiting;
    private int running;
    private boolean closed;
    private long missed;

    /** Where statuses are read that found no room. */
    @FunctionalInterface
    interface History {
        List<SessionStatus> read(String account, long after, int most) throws IOException;
    }

    /** A status for the route. @param missed how many of the account before it are lost */
    record Next(SessionStatus status, long missed) {
    }

    /** The statuses of one account; those after {@code after}, up to {@code latest}, found no room. */
    private static final class Line {
        private final ArrayDeque<Next> entries = new ArrayDeque<>();
        private boolean busy;
        private long after;
        private long latest;

        boolean isBehind() {
            return latest > after;
        }

        boolean isEmpty() {
            return entries.isEmpty() && !isBehind();
        }
    }

    /** @param types that the route wants, empty for all */
    StatusFeed(int capacity, Set<StatusType> types, History history) {
        this.capacity = capacity;
        this.types = types;
        this.history = history;
    }

    void told(SessionStatus status) {
        if (!wants(status)) {
            return;
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Line line = lines.computeIfAbsent(status.account(), absent -> new Line());
            if (line.isBehind()) {
                line.latest = status.sequence();
            } else if (waiting < capacity) {
                line.entries.addLast(new Next(status, 0));
                waiting++;
            } else {
                line.after = status.sequence() - 1;
                line.latest = status.sequence();
            }
            offer(status.account(), line);
        } finally {
            lock.unlock();
        }
    }

    private boolean wants(SessionStatus status) {
        return types.isEmpty() || types.contains(status.type());
    }

    private void offer(String account, Line line) {
        if (!line.busy && ready.add(account)) {
            arrived.signal();
        }
    }

    /**
     * Null if there was none in time; the one who takes it says {@link #done}.
     *
     * @param paused whether nothing comes out for now: see {@link #wake}
     * @throws IOException if the history cannot be read now; to be asked again later
     */
    Next poll(long seconds, BooleanSupplier paused) throws InterruptedException, IOException {
        String account;
        long after;
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (ready.isEmpty() || paused.getAsBoolean()) {
                if (closed || left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
            account = ready.iterator().next();
            ready.remove(account);
            Line line = lines.get(account);
            line.busy = true;
            running++;
            if (!line.entries.isEmpty()) {
                waiting--;
                return line.entries.pollFirst();
            }
            after = line.after;
        } finally {
            lock.unlock();
        }
        List<SessionStatus> read;
        try {
            read = history.read(account, after, ALL);
        } catch (IOException | RuntimeException unreadable) {
            free(account);
            throw unreadable;
        }
        return caughtUp(account, read);
    }

    /** The first of what was read; the others stand before all that comes from now on. Null if the route wants none of them. */
    private Next caughtUp(String account, List<SessionStatus> read) {
        lock.lock();
        try {
            Line line = lines.get(account);
            long lost = 0;
            for (SessionStatus status : read) {
                lost += status.sequence() - line.after - 1;
                line.after = status.sequence();
                if (wants(status) && !closed) {
                    line.entries.addLast(new Next(status, lost));
                    waiting++;
                    missed += lost;
                    lost = 0;
                }
            }
            if (read.isEmpty()) {
                // Nothing more is there to be read: what the history has lost is lost.
                missed += line.latest - line.after;
                line.after = line.latest;
            }
            if (line.entries.isEmpty()) {
                free(account);
                return null;
            }
            waiting--;
            return line.entries.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** The route is through with it. */
    void done(Next next) {
        free(next.status().account());
    }

    private void free(String account) {
        lock.lock();
        try {
            running--;
            Line line = lines.get(account);
            line.busy = false;
            if (line.isEmpty()) {
                lines.remove(account);
            } else {
                ready.add(account);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits, unless it is closed meanwhile. */
    void rest(long seconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (!closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Something may be paused no more. */
    void wake() {
        lock.lock();
        try {
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes out; what waits is forgotten. */
    void close() {
        lock.lock();
        try {
            closed = true;
            ready.clear();
            waiting = 0;
            lines.values().removeIf(line -> !line.busy);
            for (Line line : lines.values()) {
                line.entries.clear();
                line.after = line.latest;
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the route is through with all. */
    void awaitThrough(long seconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (!closed && !lines.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, as far as is known, and those in the route. */
    long pending() {
        lock.lock();
        try {
            return waiting() + running;
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, as far as is known. */
    long waiting() {
        lock.lock();
        try {
            return waiting + lines.values().stream().mapToLong(line -> line.latest - line.after).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Statuses that the history did not have any more. */
    long missed() {
        lock.lock();
        try {
            return missed;
        } finally {
            lock.unlock();
        }
    }
}
