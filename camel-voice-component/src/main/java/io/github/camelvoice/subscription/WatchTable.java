package io.github.camelvoice.subscription;

import static io.github.camelvoice.subscription.WatchTable.Action.CANCEL;
import static io.github.camelvoice.subscription.WatchTable.Action.CLOSE;
import static io.github.camelvoice.subscription.WatchTable.Action.HEALED;
import static io.github.camelvoice.subscription.WatchTable.Action.LEAVE;
import static io.github.camelvoice.subscription.WatchTable.Action.QUEUE;
import static io.github.camelvoice.subscription.WatchTable.Action.REFRESH;
import static io.github.camelvoice.subscription.WatchTable.Action.SCHEDULE;
import static io.github.camelvoice.subscription.WatchTable.Action.SUBSCRIBE;
import static io.github.camelvoice.subscription.WatchTable.Action.TELL_OVER;
import static io.github.camelvoice.subscription.WatchTable.Action.UNSUBSCRIBE;
import static io.github.camelvoice.subscription.WatchTable.Event.ACCEPTED;
import static io.github.camelvoice.subscription.WatchTable.Event.DUE;
import static io.github.camelvoice.subscription.WatchTable.Event.END;
import static io.github.camelvoice.subscription.WatchTable.Event.GAP;
import static io.github.camelvoice.subscription.WatchTable.Event.NEVER_AGAIN;
import static io.github.camelvoice.subscription.WatchTable.Event.NOTIFIED_ACTIVE;
import static io.github.camelvoice.subscription.WatchTable.Event.NOTIFIED_PENDING;
import static io.github.camelvoice.subscription.WatchTable.Event.RELEASE;
import static io.github.camelvoice.subscription.WatchTable.Event.START;
import static io.github.camelvoice.subscription.WatchTable.Event.TRY_AGAIN;
import static io.github.camelvoice.subscription.WatchTable.Event.TURN;
import static io.github.camelvoice.subscription.WatchTable.Event.UNHEALED;
import static io.github.camelvoice.subscription.WatchTable.Event.WHOLE;
import static io.github.camelvoice.subscription.WatchTable.State.ACTIVE;
import static io.github.camelvoice.subscription.WatchTable.State.ENDING;
import static io.github.camelvoice.subscription.WatchTable.State.HEALING;
import static io.github.camelvoice.subscription.WatchTable.State.IDLE;
import static io.github.camelvoice.subscription.WatchTable.State.LEAVING;
import static io.github.camelvoice.subscription.WatchTable.State.OVER;
import static io.github.camelvoice.subscription.WatchTable.State.PENDING;
import static io.github.camelvoice.subscription.WatchTable.State.QUEUED;
import static io.github.camelvoice.subscription.WatchTable.State.STOPPED;
import static io.github.camelvoice.subscription.WatchTable.State.SUBSCRIBING;
import static io.github.camelvoice.subscription.WatchTable.State.WAITING;

import io.github.camelvoice.runtime.Table;

/** A watch as a table: from the first SUBSCRIBE through all that follow, one subscription usage at a time. */
final class WatchTable {

    /** How far a watch has come. */
    enum State {
        /** Not begun. */
        IDLE,
        /** Its turn to subscribe has not come. */
        QUEUED,
        /** SUBSCRIBE is out; neither answer nor NOTIFY came. */
        SUBSCRIBING,
        /** Accepted; the notifier has not said that it is active. */
        PENDING,
        ACTIVE,
        /** Something was missed: full state was asked for. */
        HEALING,
        /** To subscribe again later. */
        WAITING,
        /** The notifier does not want us again; only somebody who asks starts it. */
        STOPPED,
        /** Its turn to unsubscribe has not come. */
        LEAVING,
        /** Unsubscribed; the last NOTIFY has not come. */
        ENDING,
        OVER
    }

    /** What happens to a watch. */
    enum Event {
        START,
        /** Its turn at the next hop has come. */
        TURN,
        /** 2xx. */
        ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING,
        /** A partial state whose base is missing. */
        GAP,
        /** A state that could be taken. */
        WHOLE,
        /** Full state did not come in time. */
        UNHEALED,
        /** The usage is over or was refused; there will be another. */
        TRY_AGAIN,
        /** The usage is over or was refused, for good. */
        NEVER_AGAIN,
        /** The pause is over. */
        DUE,
        /** Nobody wants it any more. */
        END,
        /** It is not for this node any more. */
        RELEASE
    }

    /** What is then done. */
    enum Action {
        /** Takes a turn at the next hop. */
        QUEUE, SUBSCRIBE,
        /** Asks for full state in the dialog, and sets a time for it. */
        REFRESH,
        /** Full state came: that time is not needed any more. */
        HEALED,
        /** Sets the time of the next try. */
        SCHEDULE,
        /** Stops the timer. */
        CANCEL,
        /** Unsubscribes, and listens until the end. */
        UNSUBSCRIBE,
        /** Unsubscribes, and listens no more. */
        LEAVE,
        /** Drops the usage without a word to the wire. */
        CLOSE,
        TELL_OVER
    }

    static final Table<State, Event, Action> TABLE = table();

    private WatchTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> table = Table.of(State.class, Event.class);
        table.on(IDLE, START, QUEUED, QUEUE).on(IDLE, END, OVER, TELL_OVER).on(IDLE, RELEASE, OVER, TELL_OVER)
            .drop(IDLE, TURN, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, TRY_AGAIN, NEVER_AGAIN, DUE);
        table.on(QUEUED, TURN, SUBSCRIBING, SUBSCRIBE).on(QUEUED, END, OVER, CANCEL, TELL_OVER).on(QUEUED, RELEASE, OVER, CANCEL, TELL_OVER)
            .drop(QUEUED, START, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, TRY_AGAIN, NEVER_AGAIN, DUE);
        subscribed(table, SUBSCRIBING);
        table.on(SUBSCRIBING, ACCEPTED, PENDING).on(SUBSCRIBING, NOTIFIED_ACTIVE, ACTIVE).on(SUBSCRIBING, NOTIFIED_PENDING, PENDING)
            .on(SUBSCRIBING, GAP, HEALING, REFRESH).drop(SUBSCRIBING, WHOLE, UNHEALED);
        subscribed(table, PENDING);
        table.on(PENDING, NOTIFIED_ACTIVE, ACTIVE).on(PENDING, GAP, HEALING, REFRESH)
            .drop(PENDING, ACCEPTED, NOTIFIED_PENDING, WHOLE, UNHEALED);
        subscribed(table, ACTIVE);
        table.on(ACTIVE, NOTIFIED_PENDING, PENDING).on(ACTIVE, GAP, HEALING, REFRESH)
            .drop(ACTIVE, ACCEPTED, NOTIFIED_ACTIVE, WHOLE, UNHEALED);
        subscribed(table, HEALING);
        table.on(HEALING, WHOLE, ACTIVE, HEALED).on(HEALING, UNHEALED, WAITING, LEAVE, SCHEDULE)
            .drop(HEALING, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP);
        table.on(WAITING, DUE, QUEUED, QUEUE).on(WAITING, START, QUEUED, CANCEL, QUEUE).on(WAITING, END, OVER, CANCEL, TELL_OVER)
            .on(WAITING, RELEASE, OVER, CANCEL, TELL_OVER)
            .drop(WAITING, TURN, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, TRY_AGAIN, NEVER_AGAIN);
        table.on(STOPPED, START, QUEUED, QUEUE).on(STOPPED, END, OVER, TELL_OVER).on(STOPPED, RELEASE, OVER, TELL_OVER)
            .drop(STOPPED, TURN, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, TRY_AGAIN, NEVER_AGAIN, DUE);
        table.on(LEAVING, TURN, ENDING, UNSUBSCRIBE).on(LEAVING, TRY_AGAIN, OVER, CANCEL, TELL_OVER)
            .on(LEAVING, NEVER_AGAIN, OVER, CANCEL, TELL_OVER).on(LEAVING, RELEASE, OVER, CANCEL, CLOSE, TELL_OVER)
            .drop(LEAVING, START, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, DUE, END);
        table.on(ENDING, TRY_AGAIN, OVER, TELL_OVER).on(ENDING, NEVER_AGAIN, OVER, TELL_OVER).on(ENDING, RELEASE, OVER, CLOSE, TELL_OVER)
            .drop(ENDING, START, TURN, ACCEPTED, NOTIFIED_ACTIVE, NOTIFIED_PENDING, GAP, WHOLE, UNHEALED, DUE, END);
        return table.dropAll(OVER).build();
    }

    /** What all states with a usage have in common. */
    private static void subscribed(Table.Builder<State, Event, Action> table, State state) {
        table.on(state, TRY_AGAIN, WAITING, CANCEL, SCHEDULE).on(state, NEVER_AGAIN, STOPPED, CANCEL).on(state, END, LEAVING, CANCEL, QUEUE)
            .on(state, RELEASE, OVER, CANCEL, CLOSE, TELL_OVER).drop(state, START, TURN, DUE);
    }
}
