package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.WatchTable.State;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** How many watches are in each state, and what was counted since the start. Thread-safe. */
final class Counters {

    final LongAdder notifies = new LongAdder();
    final LongAdder changes = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder healed = new LongAdder();
    final LongAdder broken = new LongAdder();
    final LongAdder resubscriptions = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder listsRefused = new LongAdder();
    private final AtomicIntegerArray watches = new AtomicIntegerArray(State.values().length);

    void moved(State from, State to) {
        if (from != to) {
            if (from != State.IDLE) {
                watches.decrementAndGet(from.ordinal());
            }
            if (to != State.OVER) {
                watches.incrementAndGet(to.ordinal());
            }
        }
    }

    private int in(State... states) {
        int sum = 0;
        for (State state : states) {
            sum += watches.get(state.ordinal());
        }
        return sum;
    }

    SubscriptionFigures figures(int subscriptions, int resources) {
        int subscribing = in(State.QUEUED, State.SUBSCRIBING);
        int active = in(State.ACTIVE, State.HEALING);
        int all = subscribing + active + in(State.PENDING, State.WAITING, State.STOPPED);
        return new SubscriptionFigures(subscriptions, resources, all, subscribing, in(State.PENDING), active, in(State.WAITING), in(State.STOPPED),
                notifies.sum(), changes.sum(), stale.sum(), gaps.sum(), healed.sum(), broken.sum(), resubscriptions.sum(), refused.sum(),
                listsRefused.sum());
    }
}
