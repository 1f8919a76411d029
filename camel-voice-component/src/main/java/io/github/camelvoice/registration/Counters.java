package io.github.camelvoice.registration;

import io.github.camelvoice.registration.RegistrationInfo.State;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** What is counted over all accounts. Thread-safe. */
final class Counters {

    final LongAdder accepted = new LongAdder();
    final LongAdder refreshed = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder lost = new LongAdder();
    private final AtomicIntegerArray states = new AtomicIntegerArray(State.values().length);

    void came(State state) {
        states.incrementAndGet(state.ordinal());
    }

    void left(State state) {
        states.decrementAndGet(state.ordinal());
    }

    void moved(State from, State to) {
        if (from != to) {
            states.decrementAndGet(from.ordinal());
            states.incrementAndGet(to.ordinal());
        }
    }

    private int in(State state) {
        return states.get(state.ordinal());
    }

    RegistrationFigures figures() {
        return new RegistrationFigures(in(State.QUEUED), in(State.REGISTERING), in(State.REGISTERED), in(State.WAITING), in(State.REFUSED),
                in(State.UNREGISTERING), accepted.sum(), refreshed.sum(), failed.sum(), lost.sum());
    }
}
