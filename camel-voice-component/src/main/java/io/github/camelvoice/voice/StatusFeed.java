package io.github.camelvoice.voice;

import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Statuses that wait for one thread of a route, in order per account. Where more wait than there is room for, those of an account that found none are
 * read from its history, once the others are through: nothing is lost as long as the history goes back far enough. One thread takes out.
 */
final class StatusFeed {

    /** More than a history holds. */
    private static final int ALL = 1_000_000;

    private final int capacity;
    private final Set<StatusType> types;
    private final History history;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Next> waiting = new ArrayDeque<>();
    private final Map<String, Behind> behind = new LinkedHashMap<>();
    private boolean running;
    private boolean closed;
    private long missed;
    private long caughtUp;

    /** Where statuses are read that found no room. */
    @FunctionalInterface
    interface History {
        List<SessionStatus> read(String account, long after, int most) throws IOException;
    }

    /** A status for the route. @param missed how many of the account before it are lost */
    record Next(SessionStatus status, long missed) {
    }

    /** An account whose statuses found no room. */
    private static final class Behind {
        private long after;
        private long latest;
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
            Behind of = behind.get(status.account());
            if (of != null) {
                of.latest = status.sequence();
            } else if (waiting.size() < capacity) {
                waiting.addLast(new Next(status, 0));
            } else {
                Behind begins = new Behind();
                begins.after = status.sequence() - 1;
                begins.latest = status.sequence();
                behind.put(status.account(), begins);
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean wants(SessionStatus status) {
        return types.isEmpty() || types.contains(status.type());
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
            while (waiting.isEmpty() && behind.isEmpty() || paused.getAsBoolean()) {
                if (closed || left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
            if (!waiting.isEmpty()) {
                running = true;
                return waiting.pollFirst();
            }
            Map.Entry<String, Behind> first = behind.entrySet().iterator().next();
            account = first.getKey();
            after = first.getValue().after;
        } finally {
            lock.unlock();
        }
        return caughtUp(account, after, history.read(account, after, ALL));
    }

    /** The first of what was read; the others stand before all that comes from now on. */
    private Next caughtUp(String account, long after, List<SessionStatus> read) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            Behind of = behind.get(account);
            long last = after;
            long lost = 0;
            for (SessionStatus status : read) {
                lost += status.sequence() - last - 1;
                last = status.sequence();
                if (wants(status)) {
                    waiting.addLast(new Next(status, lost));
                    missed += lost;
                    lost = 0;
                    caughtUp++;
                }
            }
            of.after = last;
            if (last >= of.latest || read.isEmpty()) {
                // Nothing more is there to be read: what the history has lost is lost.
                missed += Math.max(0, of.latest - last);
                behind.remove(account);
            }
            running = !waiting.isEmpty();
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** The route is through with the last one. */
    void done() {
        lock.lock();
        try {
            running = false;
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
            waiting.clear();
            behind.clear();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the route is through with all. @return whether it is */
    boolean isThrough(long seconds) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (!closed && (running || !waiting.isEmpty() || !behind.isEmpty()) && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return closed || !running && waiting.isEmpty() && behind.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, as far as is known, and the one in the route. */
    long pending() {
        lock.lock();
        try {
            return waiting() + (running ? 1 : 0);
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, as far as is known. */
    long waiting() {
        lock.lock();
        try {
            long count = waiting.size();
            for (Behind of : behind.values()) {
                count += of.latest - of.after;
            }
            return count;
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

    /** Statuses that were read from the history. */
    long caughtUp() {
        lock.lock();
        try {
            return caughtUp;
        } finally {
            lock.unlock();
        }
    }
}
