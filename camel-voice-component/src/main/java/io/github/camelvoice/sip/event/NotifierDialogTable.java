package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.ARM;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.DISARM;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.OVER_BY_NOTIFIER;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.OVER_BY_US;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.OVER_LOST;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.OVER_UNHEARD;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.PLAN;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.PLAN_RETRY;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.SEND_LEAVE;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.SEND_REFRESH;
import static io.github.camelvoice.sip.event.NotifierDialogTable.Action.TELL;

import io.github.camelvoice.runtime.Table;

/** The subscription in one dialog, from its first NOTIFY on (RFC 6665, section 4.1.2). */
final class NotifierDialogTable {

    enum State {
        LIVE,
        /** A refresh is on the wire. */
        REFRESHING,
        /** Refreshed; the NOTIFY that belongs to it is still to come. */
        OWED,
        /** Expires 0 is on the wire. */
        LEAVING,
        /** The last NOTIFY is still to come. */
        LAST,
        OVER
    }

    enum Event {
        NOTIFY,
        /** A NOTIFY with state terminated. */
        TERMINATED,
        /** Time to refresh, or somebody wants the full state. */
        DUE,
        /** 2xx, and a NOTIFY came since the SUBSCRIBE was sent. */
        OK_HEARD,
        /** 2xx. */
        OK,
        /** A failure that ends the subscription (RFC 6665, section 4.1.2.2). */
        GONE,
        /** Another failure: the subscription lasts as long as it was granted. */
        LATER,
        /** No answer. */
        SILENCE,
        /** Granted time is over. */
        EXPIRED,
        LEAVE,
        /** A fetch: there will be one NOTIFY more at most. */
        FETCH,
        /** Timer N. */
        NO_NOTIFY
    }

    enum Action {
        SEND_REFRESH, SEND_LEAVE,
        /** Sets the time of the next refresh by what was granted. */
        PLAN,
        /** Sets the time of the next try, or that of the end. */
        PLAN_RETRY,
        /** Timer N. */
        ARM, DISARM,
        TELL,
        OVER_BY_NOTIFIER, OVER_BY_US,
        /** The refresh failed. */
        OVER_LOST,
        OVER_UNHEARD
    }

    static final Table<State, Event, Action> TABLE = table();

    private NotifierDialogTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(State.LIVE, Event.NOTIFY, State.LIVE, PLAN, TELL)
                .on(State.LIVE, Event.TERMINATED, State.OVER, TELL, OVER_BY_NOTIFIER)
                .on(State.LIVE, Event.DUE, State.REFRESHING, SEND_REFRESH)
                .on(State.LIVE, Event.EXPIRED, State.OVER, OVER_LOST)
                .on(State.LIVE, Event.LEAVE, State.LEAVING, SEND_LEAVE)
                .on(State.LIVE, Event.FETCH, State.LAST, ARM)
                .drop(State.LIVE, Event.OK, Event.OK_HEARD, Event.GONE, Event.LATER, Event.SILENCE, Event.NO_NOTIFY);

        t.on(State.REFRESHING, Event.NOTIFY, State.REFRESHING, TELL)
                .on(State.REFRESHING, Event.TERMINATED, State.OVER, TELL, OVER_BY_NOTIFIER)
                .on(State.REFRESHING, Event.OK_HEARD, State.LIVE, PLAN)
                .on(State.REFRESHING, Event.OK, State.OWED, PLAN, ARM)
                .on(State.REFRESHING, Event.GONE, State.OVER, OVER_LOST)
                .on(State.REFRESHING, Event.LATER, State.LIVE, PLAN_RETRY)
                .on(State.REFRESHING, Event.SILENCE, State.OVER, OVER_LOST)
                .on(State.REFRESHING, Event.LEAVE, State.LEAVING, SEND_LEAVE)
                .on(State.REFRESHING, Event.FETCH, State.LAST, ARM)
                .drop(State.REFRESHING, Event.DUE, Event.EXPIRED, Event.NO_NOTIFY);

        t.on(State.OWED, Event.NOTIFY, State.LIVE, DISARM, PLAN, TELL)
                .on(State.OWED, Event.TERMINATED, State.OVER, TELL, OVER_BY_NOTIFIER)
                .on(State.OWED, Event.NO_NOTIFY, State.OVER, OVER_UNHEARD)
                .on(State.OWED, Event.EXPIRED, State.OVER, OVER_LOST)
                .on(State.OWED, Event.DUE, State.REFRESHING, DISARM, SEND_REFRESH)
                .on(State.OWED, Event.LEAVE, State.LEAVING, DISARM, SEND_LEAVE)
                .on(State.OWED, Event.FETCH, State.LAST, ARM)
                .drop(State.OWED, Event.OK, Event.OK_HEARD, Event.GONE, Event.LATER, Event.SILENCE);

        t.on(State.LEAVING, Event.NOTIFY, State.LEAVING, TELL)
                .on(State.LEAVING, Event.TERMINATED, State.OVER, TELL, OVER_BY_US)
                .on(State.LEAVING, Event.OK, State.LAST, ARM)
                .on(State.LEAVING, Event.OK_HEARD, State.LAST, ARM)
                .on(State.LEAVING, Event.GONE, State.OVER, OVER_BY_US)
                .on(State.LEAVING, Event.LATER, State.OVER, OVER_BY_US)
                .on(State.LEAVING, Event.SILENCE, State.OVER, OVER_BY_US)
                .drop(State.LEAVING, Event.DUE, Event.EXPIRED, Event.LEAVE, Event.FETCH, Event.NO_NOTIFY);

        t.on(State.LAST, Event.NOTIFY, State.LAST, TELL)
                .on(State.LAST, Event.TERMINATED, State.OVER, TELL, OVER_BY_US)
                .on(State.LAST, Event.NO_NOTIFY, State.OVER, OVER_BY_US)
                .drop(State.LAST, Event.DUE, Event.OK, Event.OK_HEARD, Event.GONE, Event.LATER, Event.SILENCE, Event.EXPIRED, Event.LEAVE, Event.FETCH);

        t.dropAll(State.OVER);
        return t.build();
    }
}
