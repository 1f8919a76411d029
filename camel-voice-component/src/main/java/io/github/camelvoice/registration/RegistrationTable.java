package io.github.camelvoice.registration;

import static io.github.camelvoice.registration.RegistrationInfo.State.GONE;
import static io.github.camelvoice.registration.RegistrationInfo.State.QUEUED;
import static io.github.camelvoice.registration.RegistrationInfo.State.REGISTERED;
import static io.github.camelvoice.registration.RegistrationInfo.State.REGISTERING;
import static io.github.camelvoice.registration.RegistrationInfo.State.UNREGISTERING;
import static io.github.camelvoice.registration.RegistrationInfo.State.WAITING;
import static io.github.camelvoice.registration.RegistrationTable.Action.CANCEL;
import static io.github.camelvoice.registration.RegistrationTable.Action.CLOSE;
import static io.github.camelvoice.registration.RegistrationTable.Action.LEAVE;
import static io.github.camelvoice.registration.RegistrationTable.Action.OVER;
import static io.github.camelvoice.registration.RegistrationTable.Action.QUEUE;
import static io.github.camelvoice.registration.RegistrationTable.Action.SCHEDULE;
import static io.github.camelvoice.registration.RegistrationTable.Action.SEND;
import static io.github.camelvoice.registration.RegistrationTable.Action.SETTLE;
import static io.github.camelvoice.registration.RegistrationTable.Action.TELL;

import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.runtime.Table;

/** An account's registration as a table: from the first REGISTER through all that follow. */
final class RegistrationTable {

    /** What happens to it. */
    enum Event {
        /** Somebody wants it now. */
        START,
        /** Its turn at the next hop has come. */
        TURN,
        /** 2xx. */
        BOUND,
        /** Refused in a way that passes, or nobody answered. */
        FAILED,
        /** Refused in a way that does not pass by itself. */
        REFUSED,
        /** The way to the server broke. */
        LOST,
        /** The pause is over. */
        DUE,
        /** Nobody wants it any more. */
        END,
        /** Nothing is bound any more. */
        ENDED,
        /** The server takes too long to say so. */
        LATE,
        /** Everything ends here and now. */
        CLOSE
    }

    /** What is then done. */
    enum Action {
        /** Takes a turn at the next hop. */
        QUEUE, SEND,
        /** Sets the time of the next try. */
        SCHEDULE,
        /** Stops the timer. */
        CANCEL,
        /** Ends the binding, and sets a time for that. */
        LEAVE,
        /** Drops the usage without a word to the wire. */
        CLOSE,
        TELL,
        /** Whoever waits for the result has it. */
        SETTLE,
        /** It is forgotten. */
        OVER
    }

    static final Table<State, Event, Action> TABLE = table();

    private RegistrationTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(QUEUED, Event.TURN, REGISTERING, TELL, SEND)
                .on(QUEUED, Event.END, UNREGISTERING, CANCEL, TELL, LEAVE)
                .drop(QUEUED, Event.START, Event.BOUND, Event.FAILED, Event.REFUSED, Event.LOST, Event.DUE, Event.ENDED, Event.LATE);

        t.on(REGISTERING, Event.BOUND, REGISTERED, TELL, SETTLE)
                .on(REGISTERING, Event.FAILED, WAITING, SCHEDULE, TELL, SETTLE)
                .on(REGISTERING, Event.REFUSED, State.REFUSED, SCHEDULE, TELL, SETTLE)
                .on(REGISTERING, Event.LOST, WAITING, SCHEDULE, TELL, SETTLE)
                .on(REGISTERING, Event.END, UNREGISTERING, TELL, LEAVE)
                .drop(REGISTERING, Event.START, Event.TURN, Event.DUE, Event.ENDED, Event.LATE);

        t.on(REGISTERED, Event.START, REGISTERED, SEND)
                .on(REGISTERED, Event.BOUND, REGISTERED, TELL, SETTLE)
                .on(REGISTERED, Event.FAILED, WAITING, SCHEDULE, TELL, SETTLE)
                .on(REGISTERED, Event.REFUSED, State.REFUSED, SCHEDULE, TELL, SETTLE)
                .on(REGISTERED, Event.LOST, WAITING, SCHEDULE, TELL, SETTLE)
                .on(REGISTERED, Event.END, UNREGISTERING, TELL, LEAVE)
                .drop(REGISTERED, Event.TURN, Event.DUE, Event.ENDED, Event.LATE);

        for (State pausing : new State[] {WAITING, State.REFUSED}) {
            t.on(pausing, Event.DUE, QUEUED, TELL, QUEUE)
                    .on(pausing, Event.START, QUEUED, CANCEL, TELL, QUEUE)
                    .on(pausing, Event.END, UNREGISTERING, CANCEL, TELL, LEAVE)
                    .drop(pausing, Event.TURN, Event.BOUND, Event.FAILED, Event.REFUSED, Event.LOST, Event.ENDED, Event.LATE);
        }

        t.on(UNREGISTERING, Event.ENDED, GONE, CANCEL, CLOSE, TELL, SETTLE, OVER)
                .on(UNREGISTERING, Event.LATE, GONE, CLOSE, TELL, SETTLE, OVER)
                .drop(UNREGISTERING, Event.START, Event.TURN, Event.BOUND, Event.FAILED, Event.REFUSED, Event.LOST, Event.DUE, Event.END);

        for (State alive : State.values()) {
            if (alive != GONE) {
                t.on(alive, Event.CLOSE, GONE, CANCEL, CLOSE, SETTLE, OVER);
            }
        }
        return t.dropAll(GONE).build();
    }
}
