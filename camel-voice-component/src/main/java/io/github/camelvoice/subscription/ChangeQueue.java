package io.github.camelvoice.subscription;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between subscriptions and somebody who takes his time. Changes wait here; each is given to the receiver on his own executor, several at a
 * time, but never two of one resource. While fewer than {@code capacity} wait, every change is told. Beyond, a change takes the place of an older
 * one of the same instance that nobody needs any more: one that is over is never lost. So what waits is bounded by the number of resources.
 * Thread-safe.
 */
public final class ChangeQueue implements ChangeListener {

    private final int capacity;
    private final int most;
    private final Executor on;
    private final Receiver receiver;
    /** By a number that grows: the order of arrival. */
    private final LinkedHashMap<Long, StateChange> waiting = new LinkedHashMap<>();
    /** The newest that waits for an instance. */
    private final Map<InstanceKey, Long> newest = new HashMap<>();
    private final Set<ResourceKey> busy = new HashSet<>();
    private long arrived;
    private long replaced;
    private boolean closed;

    /** Takes changes, one at a time of each resource. */
    @FunctionalInterface
    public interface Receiver {

        /** @param done to be run once, on any thread, when the next change of this resource may come */
        void receive(StateChange change, Runnable done);
    }

    private record ResourceKey(String subscriptionId, String resource) {

        static ResourceKey of(StateChange change) {
            return new ResourceKey(change.subscriptionId(), change.resource());
        }
    }

    private record InstanceKey(ResourceKey resource, String instance) {

        static InstanceKey of(StateChange change) {
            return new InstanceKey(ResourceKey.of(change), change.instance().id());
        }
    }

    /**
     * @param capacity changes that may wait before older ones make room, 1 or more
     * @param most     changes that the receiver has at a time, 1 or more
     * @param on       where the receiver is called
     */
    public ChangeQueue(int capacity, int most, Executor on, Receiver receiver) {
        this.capacity = capacity;
        this.most = most;
        this.on = on;
        this.receiver = receiver;
    }

    @Override
    public void changed(StateChange change) {
        synchronized (this) {
            if (closed) {
                return;
            }
            add(change);
        }
        next();
    }

    private void add(StateChange change) {
        InstanceKey key = InstanceKey.of(change);
        Long older = newest.get(key);
        if (older != null && waiting.size() >= capacity && !waiting.get(older).isOver()) {
            waiting.remove(older);
            replaced++;
        }
        arrived++;
        waiting.put(arrived, change);
        newest.put(key, arrived);
    }

    private void next() {
        ArrayDeque<StateChange> ready = new ArrayDeque<>();
        synchronized (this) {
            Iterator<Map.Entry<Long, StateChange>> each = waiting.entrySet().iterator();
            while (each.hasNext() && busy.size() < most) {
                Map.Entry<Long, StateChange> entry = each.next();
                if (busy.add(ResourceKey.of(entry.getValue()))) {
                    ready.add(entry.getValue());
                    newest.remove(InstanceKey.of(entry.getValue()), entry.getKey());
                    each.remove();
                }
            }
        }
        for (StateChange change : ready) {
            on.execute(() -> give(change));
        }
    }

    private void give(StateChange change) {
        AtomicBoolean once = new AtomicBoolean();
        receiver.receive(change, () -> {
            if (once.compareAndSet(false, true)) {
                finished(change);
            }
        });
    }

    private void finished(StateChange change) {
        synchronized (this) {
            busy.remove(ResourceKey.of(change));
        }
        next();
    }

    /** Changes that wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Changes that were never told, because a newer one of the same instance came. */
    public synchronized long replaced() {
        return replaced;
    }

    /** What waits is forgotten; nothing more is given to the receiver. */
    public synchronized void close() {
        closed = true;
        waiting.clear();
        newest.clear();
    }
}
