package io.github.camelvoice.sip.leg;

import static io.github.camelvoice.sip.leg.ReferredTable.Action.DONE;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.KEEP;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.LINGER;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.REFUSE_OTHER;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_ACCEPTED;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_KEPT;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_NOTIFY;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_REFUSAL;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_TERMINATED;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.SEND_TRYING;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.TELL_ASKED;
import static io.github.camelvoice.sip.leg.ReferredTable.Action.TELL_NOTIFIED;

import io.github.camelvoice.runtime.Table;

/**
 * A REFER of the far end and the NOTIFYs that it gets (RFC 3515, section 2.4.4): one at a time, so that they come in order, the
 * latest instead of all where the far end is slow.
 */
final class ReferredTable {

    enum State {
        /** Nobody is subscribed. */
        IDLE,
        /** REFER came, the call decides. */
        ASKED,
        /** Accepted, and every NOTIFY so far is answered. */
        ACTIVE,
        /** A NOTIFY is on its way. */
        TELLING,
        /** Another one waits for its answer. */
        TELLING_MORE,
        /** The last one waits for it. */
        TELLING_THEN_LAST,
        /** The last one is on its way. */
        TELLING_LAST
    }

    enum Event {
        REFER, ACCEPT,
        /** Without a subscription: the far end wants none (Refer-Sub: false). */
        ACCEPT_ALONE,
        REFUSE, PROGRESS, FINISH,
        /** The NOTIFY got its 2xx. */
        ANSWERED,
        /** The NOTIFY was refused, or got no answer: nobody is subscribed any more. */
        UNHEARD,
        DIALOG_OVER, EXPIRED, ABANDON
    }

    enum Action {
        TELL_ASKED,
        /** 491 to another REFER. */
        REFUSE_OTHER,
        SEND_ACCEPTED, SEND_REFUSAL,
        /** 487: the call ended before anybody decided. */
        SEND_TERMINATED,
        /** The NOTIFY that each accepted REFER gets at once. */
        SEND_TRYING,
        SEND_NOTIFY, KEEP, SEND_KEPT, TELL_NOTIFIED,
        /** The far end may still hear how it went, but not for ever. */
        LINGER,
        DONE
    }

    static final Table<State, Event, Action> TABLE = table();

    private ReferredTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(State.IDLE, Event.REFER, State.ASKED, TELL_ASKED)
                .on(State.IDLE, Event.FINISH, State.IDLE, TELL_NOTIFIED)
                .drop(State.IDLE, Event.ACCEPT, Event.ACCEPT_ALONE, Event.REFUSE, Event.PROGRESS, Event.ANSWERED, Event.UNHEARD,
                        Event.DIALOG_OVER, Event.EXPIRED, Event.ABANDON);
        t.on(State.ASKED, Event.ACCEPT, State.TELLING, SEND_ACCEPTED, SEND_TRYING)
                .on(State.ASKED, Event.ACCEPT_ALONE, State.IDLE, SEND_ACCEPTED)
                .on(State.ASKED, Event.REFUSE, State.IDLE, SEND_REFUSAL)
                .on(State.ASKED, Event.DIALOG_OVER, State.IDLE, SEND_TERMINATED, DONE)
                .on(State.ASKED, Event.ABANDON, State.IDLE, DONE)
                .drop(State.ASKED, Event.PROGRESS, Event.FINISH, Event.ANSWERED, Event.UNHEARD, Event.EXPIRED);
        t.on(State.ACTIVE, Event.PROGRESS, State.TELLING, SEND_NOTIFY)
                .on(State.ACTIVE, Event.FINISH, State.TELLING_LAST, SEND_NOTIFY)
                .drop(State.ACTIVE, Event.ANSWERED, Event.UNHEARD);
        t.on(State.TELLING, Event.PROGRESS, State.TELLING_MORE, KEEP)
                .on(State.TELLING, Event.FINISH, State.TELLING_THEN_LAST, KEEP)
                .on(State.TELLING, Event.ANSWERED, State.ACTIVE)
                .on(State.TELLING, Event.UNHEARD, State.IDLE, DONE);
        t.on(State.TELLING_MORE, Event.PROGRESS, State.TELLING_MORE, KEEP)
                .on(State.TELLING_MORE, Event.FINISH, State.TELLING_THEN_LAST, KEEP)
                .on(State.TELLING_MORE, Event.ANSWERED, State.TELLING, SEND_KEPT)
                .on(State.TELLING_MORE, Event.UNHEARD, State.IDLE, DONE);
        t.on(State.TELLING_THEN_LAST, Event.ANSWERED, State.TELLING_LAST, SEND_KEPT)
                .on(State.TELLING_THEN_LAST, Event.UNHEARD, State.IDLE, TELL_NOTIFIED, DONE)
                .drop(State.TELLING_THEN_LAST, Event.PROGRESS, Event.FINISH);
        t.on(State.TELLING_LAST, Event.ANSWERED, State.IDLE, TELL_NOTIFIED, DONE)
                .on(State.TELLING_LAST, Event.UNHEARD, State.IDLE, TELL_NOTIFIED, DONE)
                .drop(State.TELLING_LAST, Event.PROGRESS, Event.FINISH);
        t.on(State.ASKED, Event.REFER, State.ASKED, REFUSE_OTHER);
        for (State open : new State[] {State.ACTIVE, State.TELLING, State.TELLING_MORE, State.TELLING_THEN_LAST, State.TELLING_LAST}) {
            t.on(open, Event.REFER, open, REFUSE_OTHER)
                    .on(open, Event.DIALOG_OVER, open, LINGER)
                    .on(open, Event.EXPIRED, State.IDLE, DONE)
                    .on(open, Event.ABANDON, State.IDLE, DONE)
                    .drop(open, Event.ACCEPT, Event.ACCEPT_ALONE, Event.REFUSE);
        }
        return t.build();
    }
}
