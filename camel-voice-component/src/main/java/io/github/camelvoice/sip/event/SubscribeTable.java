package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.SubscribeTable.Action.ARM;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.DISARM;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.LEAVE_DIALOGS;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.RELEASE;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.SEND;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.TELL_ACCEPTED;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.TELL_ENDED;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.TELL_LEFT;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.TELL_NO_NOTIFY;
import static io.github.camelvoice.sip.event.SubscribeTable.Action.TELL_REFUSED;

import io.github.camelvoice.runtime.Table;

/** A SUBSCRIBE of ours and what came of it, over all the dialogs that it made (RFC 6665, sections 4.1.2 and 4.1.4). */
final class SubscribeTable {

    enum State {
        IDLE,
        /** Sent; neither answer nor NOTIFY. */
        ASKING,
        /** A NOTIFY came before the answer. */
        HEARD,
        /** All dialogs ended before the answer. */
        SPENT,
        /** 2xx; no NOTIFY yet. */
        ACCEPTED,
        OPEN,
        /** We want out, and there is neither answer nor NOTIFY. */
        LEAVING_UNHEARD,
        /** We want out. */
        LEAVING,
        OVER
    }

    enum Event {
        START, ACCEPT,
        /** A final failure. */
        REFUSE,
        /** No final response. */
        SILENCE,
        /** A NOTIFY makes a dialog; where we want out, it is left when that NOTIFY is told. */
        DIALOG,
        /** The last dialog ended. */
        EMPTY,
        /** Timer N: no NOTIFY in time. */
        NO_NOTIFY,
        END, CLOSE
    }

    enum Action {
        SEND,
        /** Timer N. */
        ARM, DISARM,
        /** Unsubscribes in every dialog. */
        LEAVE_DIALOGS,
        TELL_ACCEPTED, TELL_REFUSED,
        /** By what the last dialog ended. */
        TELL_ENDED,
        /** It ended because we wanted it. */
        TELL_LEFT,
        TELL_NO_NOTIFY,
        /** Nothing is left of it. */
        RELEASE
    }

    static final Table<State, Event, Action> TABLE = table();

    private SubscribeTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(State.IDLE, Event.START, State.ASKING, SEND)
                .on(State.IDLE, Event.END, State.OVER, RELEASE, TELL_LEFT)
                .drop(State.IDLE, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.DIALOG, Event.EMPTY, Event.NO_NOTIFY);

        t.on(State.ASKING, Event.ACCEPT, State.ACCEPTED, ARM, TELL_ACCEPTED)
                .on(State.ASKING, Event.REFUSE, State.OVER, RELEASE, TELL_REFUSED)
                .on(State.ASKING, Event.SILENCE, State.OVER, RELEASE, TELL_REFUSED)
                .on(State.ASKING, Event.DIALOG, State.HEARD)
                .on(State.ASKING, Event.END, State.LEAVING_UNHEARD)
                .drop(State.ASKING, Event.START, Event.EMPTY, Event.NO_NOTIFY);

        // A NOTIFY proves that the SUBSCRIBE arrived, whatever became of its answer.
        t.on(State.HEARD, Event.ACCEPT, State.OPEN, TELL_ACCEPTED)
                .on(State.HEARD, Event.REFUSE, State.OVER, RELEASE, TELL_REFUSED)
                .on(State.HEARD, Event.SILENCE, State.OPEN, TELL_ACCEPTED)
                .on(State.HEARD, Event.EMPTY, State.SPENT)
                .on(State.HEARD, Event.END, State.LEAVING, LEAVE_DIALOGS)
                .drop(State.HEARD, Event.START, Event.DIALOG, Event.NO_NOTIFY);

        t.on(State.SPENT, Event.ACCEPT, State.OVER, TELL_ACCEPTED, RELEASE, TELL_ENDED)
                .on(State.SPENT, Event.REFUSE, State.OVER, RELEASE, TELL_REFUSED)
                .on(State.SPENT, Event.SILENCE, State.OVER, RELEASE, TELL_ENDED)
                .on(State.SPENT, Event.DIALOG, State.HEARD)
                .on(State.SPENT, Event.END, State.OVER, RELEASE, TELL_LEFT)
                .drop(State.SPENT, Event.START, Event.EMPTY, Event.NO_NOTIFY);

        t.on(State.ACCEPTED, Event.DIALOG, State.OPEN, DISARM)
                .on(State.ACCEPTED, Event.NO_NOTIFY, State.OVER, RELEASE, TELL_NO_NOTIFY)
                // There is no dialog to say it in before the NOTIFY comes.
                .on(State.ACCEPTED, Event.END, State.LEAVING)
                .drop(State.ACCEPTED, Event.START, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.EMPTY);

        t.on(State.OPEN, Event.EMPTY, State.OVER, RELEASE, TELL_ENDED)
                .on(State.OPEN, Event.END, State.LEAVING, LEAVE_DIALOGS)
                .drop(State.OPEN, Event.START, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.DIALOG, Event.NO_NOTIFY);

        t.on(State.LEAVING_UNHEARD, Event.ACCEPT, State.LEAVING, ARM)
                .on(State.LEAVING_UNHEARD, Event.REFUSE, State.OVER, RELEASE, TELL_LEFT)
                .on(State.LEAVING_UNHEARD, Event.SILENCE, State.OVER, RELEASE, TELL_LEFT)
                .on(State.LEAVING_UNHEARD, Event.DIALOG, State.LEAVING)
                .drop(State.LEAVING_UNHEARD, Event.START, Event.EMPTY, Event.NO_NOTIFY, Event.END);

        t.on(State.LEAVING, Event.DIALOG, State.LEAVING, DISARM)
                .on(State.LEAVING, Event.EMPTY, State.OVER, RELEASE, TELL_LEFT)
                .on(State.LEAVING, Event.NO_NOTIFY, State.OVER, RELEASE, TELL_LEFT)
                .drop(State.LEAVING, Event.START, Event.ACCEPT, Event.REFUSE, Event.SILENCE, Event.END);

        for (State alive : State.values()) {
            if (alive != State.OVER) {
                t.on(alive, Event.CLOSE, State.OVER, RELEASE);
            }
        }
        t.dropAll(State.OVER);
        return t.build();
    }
}
