package io.github.camelvoice.call;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Hands every event to each subscriber's own bounded queue. A publisher never waits: where a queue is full the new event is
 * dropped for that subscriber and counted, and the gap shows in the sequence numbers of the call.
 */
public final class EventBus {

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Called on mailboxes: for one call always in order. */
    public void publish(VoiceEvent event) {
        for (Subscription subscription : subscriptions) {
            subscription.offer(event);
        }
    }

    /** @param capacity how many events may wait, 1 or more */
    public Subscription subscribe(int capacity, Predicate<VoiceEvent> filter) {
        Subscription subscription = new Subscription(capacity, filter);
        subscriptions.add(subscription);
        return subscription;
    }

    /** One subscriber's queue. Any number of threads may take from it; one keeps the order. */
    public final class Subscription implements AutoCloseable {

        private final BlockingQueue<VoiceEvent> queue;
        private final Predicate<VoiceEvent> filter;
        private final LongAdder dropped = new LongAdder();

        private Subscription(int capacity, Predicate<VoiceEvent> filter) {
            this.queue = new ArrayBlockingQueue<>(capacity);
            this.filter = filter;
        }

        private void offer(VoiceEvent event) {
            if (filter.test(event) && !queue.offer(event)) {
                dropped.increment();
            }
        }

        /** The next event, or null if none came in time. */
        public VoiceEvent poll(long timeout, TimeUnit unit) throws InterruptedException {
            return queue.poll(timeout, unit);
        }

        /** Moves what is there, without waiting. */
        public int drainTo(java.util.Collection<VoiceEvent> target, int most) {
            return queue.drainTo(target, most);
        }

        public int waiting() {
            return queue.size();
        }

        /** Events lost because the queue was full. */
        public long dropped() {
            return dropped.sum();
        }

        @Override
        public void close() {
            subscriptions.remove(this);
            queue.clear();
        }
    }
}
