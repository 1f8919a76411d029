package io.github.camelvoice.sip.register;

import static io.github.camelvoice.sip.register.RegisterTable.Action.CANCEL;
import static io.github.camelvoice.sip.register.RegisterTable.Action.PLAN;
import static io.github.camelvoice.sip.register.RegisterTable.Action.RELEASE;
import static io.github.camelvoice.sip.register.RegisterTable.Action.SEND;
import static io.github.camelvoice.sip.register.RegisterTable.Action.SEND_END;
import static io.github.camelvoice.sip.register.RegisterTable.Action.TELL_LOST;
import static io.github.camelvoice.sip.register.RegisterTable.Action.TELL_REFUSED;
import static io.github.camelvoice.sip.register.RegisterTable.Action.TELL_REGISTERED;
import static io.github.camelvoice.sip.register.RegisterTable.Action.TELL_UNREGISTERED;

import io.github.camelvoice.runtime.Table;

/** A registration of ours, one REGISTER at a time (RFC 3261, section 10.2). */
final class RegisterTable {

    enum State {
        IDLE,
        /** Sent, and nothing is bound as far as we know. */
        REGISTERING,
        BOUND,
        /** Sent while bound. */
        REFRESHING,
        /** Refused or lost, until it is started again. */
        RESTING,
        /** We want out, and have to wait for an answer first. */
        ENDING_SOON,
        /** Expires 0 was sent. */
        ENDING,
        OVER
    }

    enum Event {
        START,
        /** 2xx, with our contact in it. */
        ACCEPT,
        /** A final failure. */
        REFUSE,
        /** No final response. */
        SILENCE,
        /** Time to refresh. */
        DUE,
        /** The way to the server broke. */
        LOST,
        /** We want out; nothing of ours can be bound. */
        END,
        /** We want out; something of ours may be bound. */
        END_BOUND,
        CLOSE
    }

    enum Action {
        SEND,
        /** Sets the time of the refresh. */
        PLAN,
        /** Stops that timer. */
        CANCEL,
        SEND_END,
        TELL_REGISTERED, TELL_REFUSED, TELL_LOST, TELL_UNREGISTERED,
        /** Nothing is left of it. */
        RELEASE
    }

    static final Table<State, Event, Action> TABLE = table();

    private RegisterTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(State.IDLE, Event.START, State.REGISTERING, SEND)
                .on(State.IDLE, Event.END, State.OVER, RELEASE, TELL_UNREGISTERED)
                .on(State.IDLE, Event.END_BOUND, State.ENDING, SEND_END)
                .drop(State.IDLE, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.DUE, Event.LOST);

        t.on(State.REGISTERING, Event.ACCEPT, State.BOUND, PLAN, TELL_REGISTERED)
                .on(State.REGISTERING, Event.REFUSE, State.RESTING, TELL_REFUSED)
                .on(State.REGISTERING, Event.SILENCE, State.RESTING, TELL_REFUSED)
                .on(State.REGISTERING, Event.END, State.ENDING_SOON)
                .on(State.REGISTERING, Event.END_BOUND, State.ENDING_SOON)
                .drop(State.REGISTERING, Event.START, Event.DUE, Event.LOST);

        t.on(State.BOUND, Event.START, State.REFRESHING, CANCEL, SEND)
                .on(State.BOUND, Event.DUE, State.REFRESHING, SEND)
                .on(State.BOUND, Event.LOST, State.RESTING, CANCEL, TELL_LOST)
                .on(State.BOUND, Event.END, State.ENDING, CANCEL, SEND_END)
                .on(State.BOUND, Event.END_BOUND, State.ENDING, CANCEL, SEND_END)
                .drop(State.BOUND, Event.ACCEPT, Event.REFUSE, Event.SILENCE);

        // What breaks the way meanwhile breaks the REGISTER too, or it finds another way.
        t.on(State.REFRESHING, Event.ACCEPT, State.BOUND, PLAN, TELL_REGISTERED)
                .on(State.REFRESHING, Event.REFUSE, State.RESTING, TELL_REFUSED)
                .on(State.REFRESHING, Event.SILENCE, State.RESTING, TELL_REFUSED)
                .on(State.REFRESHING, Event.END, State.ENDING_SOON)
                .on(State.REFRESHING, Event.END_BOUND, State.ENDING_SOON)
                .drop(State.REFRESHING, Event.START, Event.DUE, Event.LOST);

        t.on(State.RESTING, Event.START, State.REGISTERING, SEND)
                .on(State.RESTING, Event.END, State.OVER, RELEASE, TELL_UNREGISTERED)
                .on(State.RESTING, Event.END_BOUND, State.ENDING, SEND_END)
                .drop(State.RESTING, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.DUE, Event.LOST);

        // Who refused this one would refuse the next one too, and who was silent would cost as much time again.
        t.on(State.ENDING_SOON, Event.ACCEPT, State.ENDING, SEND_END)
                .on(State.ENDING_SOON, Event.REFUSE, State.OVER, RELEASE, TELL_UNREGISTERED)
                .on(State.ENDING_SOON, Event.SILENCE, State.OVER, RELEASE, TELL_UNREGISTERED)
                .drop(State.ENDING_SOON, Event.START, Event.DUE, Event.LOST, Event.END, Event.END_BOUND);

        t.on(State.ENDING, Event.ACCEPT, State.OVER, RELEASE, TELL_UNREGISTERED)
                .on(State.ENDING, Event.REFUSE, State.OVER, RELEASE, TELL_UNREGISTERED)
                .on(State.ENDING, Event.SILENCE, State.OVER, RELEASE, TELL_UNREGISTERED)
                .drop(State.ENDING, Event.START, Event.DUE, Event.LOST, Event.END, Event.END_BOUND);

        for (State alive : State.values()) {
            if (alive != State.OVER) {
                t.on(alive, Event.CLOSE, State.OVER, RELEASE);
            }
        }
        return t.dropAll(State.OVER).build();
    }
}
