package io.github.camelvoice.notifier;

import io.github.camelvoice.runtime.Table;

/**
 * One subscription to us: a NOTIFY at a time, a rest after each, and the newest state in the next one. What a NOTIFY says is put together when it is
 * sent, so a watcher that is slow costs no memory.
 */
final class WatcherTable {

    /** Where a subscription stands. */
    enum State {
        /** Nobody has decided, the SUBSCRIBE is not answered. */
        ASKING,
        /** The watcher knows everything. */
        QUIET,
        /** A NOTIFY is out. */
        SENDING,
        /** A NOTIFY is out, and there is news. */
        SENDING_NEWS,
        /** A NOTIFY is out, and a SUBSCRIBE came: the next one goes out at once. */
        SENDING_DUE,
        /** Just told: not so soon again. */
        RESTING,
        /** Just told, and there is news. */
        RESTING_NEWS,
        /** It is over; the last NOTIFY goes out when the one under way is answered. */
        CLOSING,
        /** The last NOTIFY is out. */
        LAST,
        GONE
    }

    /** What happens to it. */
    enum Event {
        /** It was let in, or pends: in both cases there is a subscription. */
        ADMIT,
        /** It was let in and wants to know once. */
        FETCH,
        REFUSE,
        /** There is news. */
        CHANGED,
        /** A SUBSCRIBE of its dialog, or its approval: tell everything. */
        ASKED,
        /** The NOTIFY has a 2xx. */
        DELIVERED,
        /** The NOTIFY has a Retry-After. */
        POSTPONED,
        /** The NOTIFY was refused or not answered. */
        LOST,
        RESTED,
        /** Expired, unsubscribed, rejected or shut down. */
        END,
        /** The engine is closed. */
        ABANDON
    }

    /** What is done. */
    enum Action { ANSWER, ANSWER_REFUSAL, ANSWER_UNAVAILABLE, SEND, SEND_LAST, REST, REST_AS_ASKED, STOP_REST, FORGET }

    static final Table<State, Event, Action> TABLE = table();

    private WatcherTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> table = Table.of(State.class, Event.class);
        table.on(State.ASKING, Event.ADMIT, State.SENDING, Action.ANSWER, Action.SEND)
            .on(State.ASKING, Event.FETCH, State.LAST, Action.ANSWER, Action.SEND_LAST)
            .on(State.ASKING, Event.REFUSE, State.GONE, Action.ANSWER_REFUSAL, Action.FORGET)
            .on(State.ASKING, Event.END, State.GONE, Action.ANSWER_UNAVAILABLE, Action.FORGET)
            .on(State.ASKING, Event.ABANDON, State.GONE, Action.ANSWER_UNAVAILABLE, Action.FORGET)
            .drop(State.ASKING, Event.CHANGED, Event.ASKED, Event.DELIVERED, Event.POSTPONED, Event.LOST, Event.RESTED);
        for (State state : new State[] {State.QUIET, State.SENDING, State.SENDING_NEWS, State.SENDING_DUE, State.RESTING, State.RESTING_NEWS,
                State.CLOSING, State.LAST}) {
            table.drop(state, Event.ADMIT, Event.FETCH, Event.REFUSE);
        }
        table.on(State.QUIET, Event.CHANGED, State.SENDING, Action.SEND)
            .on(State.QUIET, Event.ASKED, State.SENDING, Action.SEND)
            .on(State.QUIET, Event.END, State.LAST, Action.SEND_LAST)
            .on(State.QUIET, Event.ABANDON, State.GONE, Action.FORGET)
            .drop(State.QUIET, Event.DELIVERED, Event.POSTPONED, Event.LOST, Event.RESTED);
        table.on(State.SENDING, Event.CHANGED, State.SENDING_NEWS)
            .on(State.SENDING, Event.ASKED, State.SENDING_DUE)
            .on(State.SENDING, Event.DELIVERED, State.RESTING, Action.REST)
            .on(State.SENDING_NEWS, Event.ASKED, State.SENDING_DUE)
            .on(State.SENDING_NEWS, Event.DELIVERED, State.RESTING_NEWS, Action.REST)
            .drop(State.SENDING_NEWS, Event.CHANGED)
            .on(State.SENDING_DUE, Event.DELIVERED, State.SENDING, Action.SEND)
            .drop(State.SENDING_DUE, Event.CHANGED, Event.ASKED);
        for (State out : new State[] {State.SENDING, State.SENDING_NEWS, State.SENDING_DUE}) {
            table.on(out, Event.POSTPONED, State.RESTING_NEWS, Action.REST_AS_ASKED)
                .on(out, Event.LOST, State.GONE, Action.FORGET)
                .on(out, Event.END, State.CLOSING)
                .on(out, Event.ABANDON, State.GONE, Action.FORGET)
                .drop(out, Event.RESTED);
        }
        table.on(State.RESTING, Event.CHANGED, State.RESTING_NEWS)
            .on(State.RESTING, Event.RESTED, State.QUIET)
            .drop(State.RESTING_NEWS, Event.CHANGED)
            .on(State.RESTING_NEWS, Event.RESTED, State.SENDING, Action.SEND);
        for (State resting : new State[] {State.RESTING, State.RESTING_NEWS}) {
            table.on(resting, Event.ASKED, State.SENDING, Action.STOP_REST, Action.SEND)
                .on(resting, Event.END, State.LAST, Action.STOP_REST, Action.SEND_LAST)
                .on(resting, Event.ABANDON, State.GONE, Action.STOP_REST, Action.FORGET)
                .drop(resting, Event.DELIVERED, Event.POSTPONED, Event.LOST);
        }
        table.on(State.CLOSING, Event.DELIVERED, State.LAST, Action.SEND_LAST)
            .on(State.CLOSING, Event.POSTPONED, State.LAST, Action.SEND_LAST)
            .on(State.CLOSING, Event.LOST, State.GONE, Action.FORGET)
            .on(State.CLOSING, Event.ABANDON, State.GONE, Action.FORGET)
            .drop(State.CLOSING, Event.CHANGED, Event.ASKED, Event.RESTED, Event.END);
        for (Event answer : new Event[] {Event.DELIVERED, Event.POSTPONED, Event.LOST, Event.ABANDON}) {
            table.on(State.LAST, answer, State.GONE, Action.FORGET);
        }
        return table.drop(State.LAST, Event.CHANGED, Event.ASKED, Event.RESTED, Event.END).dropAll(State.GONE).build();
    }
}
