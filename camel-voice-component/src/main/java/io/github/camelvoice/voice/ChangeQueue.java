package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.StateChange;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Changes that wait for a route: those of one resource in their order, one at a time; those of several beside each other. Where more wait
 * than there is room for, the newest change of a subscription to a resource takes the place of the one before it: the last one of each is
 * never lost. Thread-safe.
 */
final class ChangeQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Key, Line> lines = new HashMap<>();
    private final LinkedHashMap<Key, Line> ready = new LinkedHashMap<>();
    private final Set<Key> crowded = new LinkedHashSet<>();
    private final Map<String, Progress> progress = new HashMap<>();
    private int waiting;
    private int running;
    private long skipped;
    private boolean closed;

    ChangeQueue(int capacity) {
        this.capacity = capacity;
    }

    private record Key(String subscriptionId, String resource) {
    }

    /** @param caughtUp whether it stands for what happened while nobody listened */
    private record Entry(StateChange change, boolean caughtUp) {
    }

    /** The changes of one resource. */
    private static final class Line {
        private final ArrayDeque<Entry> entries = new ArrayDeque<>();
        private long skipped;
        private boolean busy;
    }

    /** What of a subscription is not through the route yet. */
    private static final class Progress {
        private final TreeSet<Long> open = new TreeSet<>();
        private long last;
    }

    /** A change for the route. @param skipped how many before it are part of it @param caughtUp see {@link #offer} */
    record Next(StateChange change, long skipped, boolean caughtUp) {
        private Key key() {
            return ChangeQueue.key(change);
        }
    }

    private static Key key(StateChange change) {
        return new Key(change.subscriptionId(), change.resource());
    }

    /** @param caughtUp whether it stands for what happened while nobody listened */
    void offer(StateChange change, boolean caughtUp) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            Key key = key(change);
            Line line = lines.computeIfAbsent(key, absent -> new Line());
            line.entries.addLast(new Entry(change, caughtUp));
            waiting++;
            Progress of = progress.computeIfAbsent(change.subscriptionId(), absent -> new Progress());
            of.open.add(change.number());
            of.last = Math.max(of.last, change.number());
            if (line.entries.size() > 1) {
                crowded.add(key);
            }
            if (waiting > capacity) {
                makeRoom(key);
            }
            if (!line.busy) {
                ready.putIfAbsent(key, line);
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(Key latest) {
        if (crowded.contains(latest) && thin(latest)) {
            return;
        }
        for (Key key : crowded) {
            if (thin(key)) {
                return;
            }
        }
    }

    /** Takes the oldest change out that a later one of the same instance stands for. Invalidates iterators of {@code crowded} where it says true. */
    private boolean thin(Key key) {
        Line line = lines.get(key);
        for (Iterator<Entry> each = line.entries.iterator(); each.hasNext();) {
            StateChange old = each.next().change();
            boolean replaced = !old.isOver() && line.entries.stream().anyMatch(later -> later.change().number() > old.number()
                    && later.change().instance().id().equals(old.instance().id()));
            if (replaced) {
                each.remove();
                waiting--;
                skipped++;
                line.skipped++;
                progress.get(key.subscriptionId()).open.remove(old.number());
                settle(key, line);
                return true;
            }
        }
        return false;
    }

    private void settle(Key key, Line line) {
        if (line.entries.size() < 2) {
            crowded.remove(key);
        }
    }

    /** Null if there was none in time; the one who takes it says {@link #done}. @param paused whether nothing comes out for now: see {@link #wake} */
    Next poll(long seconds, BooleanSupplier paused) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.SECONDS.toNanos(seconds);
            while (ready.isEmpty() || paused.getAsBoolean()) {
                if (closed || left <= 0) {
                    return null;
                }
                left = arrived.awaitNanos(left);
            }
            Iterator<Map.Entry<Key, Line>> first = ready.entrySet().iterator();
            Map.Entry<Key, Line> taken = first.next();
            first.remove();
            Line line = taken.getValue();
            line.busy = true;
            Entry entry = line.entries.pollFirst();
            settle(taken.getKey(), line);
            waiting--;
            running++;
            Next next = new Next(entry.change(), line.skipped, entry.caughtUp());
            line.skipped = 0;
            return next;
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

    /** The route is through with it. @return the number up to which all changes of the subscription are through */
    long done(Next next) {
        lock.lock();
        try {
            Key key = next.key();
            Line line = lines.get(key);
            line.busy = false;
            running--;
            if (line.entries.isEmpty()) {
                lines.remove(key);
            } else {
                ready.put(key, line);
                arrived.signal();
            }
            Progress of = progress.get(key.subscriptionId());
            of.open.remove(next.change().number());
            if (of.open.isEmpty()) {
                progress.remove(key.subscriptionId());
                return of.last;
            }
            return of.open.first() - 1;
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
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What waits is forgotten. */
    void clear() {
        lock.lock();
        try {
            ready.clear();
            crowded.clear();
            lines.values().removeIf(line -> !line.busy);
            for (Line line : lines.values()) {
                line.entries.clear();
                line.skipped = 0;
            }
            progress.values().forEach(of -> of.last = of.open.isEmpty() ? of.last : of.open.first() - 1);
            waiting = 0;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Those in the route. */
    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, and those in the route. */
    int pending() {
        lock.lock();
        try {
            return waiting + running;
        } finally {
            lock.unlock();
        }
    }

    /** Changes that a later one stood for. */
    long skipped() {
        lock.lock();
        try {
            return skipped;
        } finally {
            lock.unlock();
        }
    }
}
