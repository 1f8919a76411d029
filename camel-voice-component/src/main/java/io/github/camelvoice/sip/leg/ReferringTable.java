package io.github.camelvoice.sip.leg;

import static io.github.camelvoice.sip.leg.ReferringTable.Action.DONE;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.LINGER;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.OK;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.REFUSE;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.SEND;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.TELL_ANSWER;
import static io.github.camelvoice.sip.leg.ReferringTable.Action.TELL_NEWS;

import io.github.camelvoice.runtime.Table;

/** A REFER of ours and the subscription that it makes (RFC 3515, RFC 4488), beside the INVITE usage of the same dialog (RFC 5057). */
final class ReferringTable {

    enum State {
        /** No REFER of ours, or nothing is left of it. */
        IDLE,
        /** Sent, not answered. */
        SENT,
        /** Not answered, but a NOTIFY said already how it went. */
        KNOWN_EARLY,
        /** Accepted; NOTIFYs tell how it goes. */
        SUBSCRIBED,
        /** The result is told, or none will come; the far end may go on to tell. */
        SETTLED,
        /** The INVITE usage is over, the result is still to come. */
        LATE
    }

    enum Event {
        REFER, ACCEPTED,
        /** Accepted without a subscription (Refer-Sub: false). */
        ACCEPTED_ALONE,
        /** Any failure, silence included. */
        REFUSED,
        /** With a provisional status. */
        NOTIFY,
        /** With a final status. */
        NOTIFY_FINAL,
        /** The subscription ends without a result. */
        NOTIFY_END,
        DIALOG_OVER, EXPIRED, ABANDON
    }

    enum Action {
        SEND, TELL_ANSWER,
        /** What the NOTIFY says. */
        TELL_NEWS,
        /** 200 to the NOTIFY. */
        OK,
        /** 481 to the NOTIFY. */
        REFUSE,
        /** Waits for a NOTIFY that comes after the BYE, but not for long. */
        LINGER,
        /** Nothing keeps the dialog any more. */
        DONE
    }

    static final Table<State, Event, Action> TABLE = table();

    private ReferringTable() {
    }

    private static Table<State, Event, Action> table() {
        Table.Builder<State, Event, Action> t = Table.of(State.class, Event.class);
        t.on(State.IDLE, Event.REFER, State.SENT, SEND)
                .on(State.IDLE, Event.NOTIFY, State.IDLE, REFUSE)
                .on(State.IDLE, Event.NOTIFY_FINAL, State.IDLE, REFUSE)
                .on(State.IDLE, Event.NOTIFY_END, State.IDLE, REFUSE)
                .drop(State.IDLE, Event.ACCEPTED, Event.ACCEPTED_ALONE, Event.REFUSED, Event.DIALOG_OVER, Event.EXPIRED, Event.ABANDON);

        t.on(State.SENT, Event.ACCEPTED, State.SUBSCRIBED, TELL_ANSWER)
                .on(State.SENT, Event.ACCEPTED_ALONE, State.SETTLED, TELL_ANSWER)
                .on(State.SENT, Event.REFUSED, State.IDLE, TELL_ANSWER)
                .on(State.SENT, Event.NOTIFY, State.SENT, OK, TELL_NEWS)
                .on(State.SENT, Event.NOTIFY_FINAL, State.KNOWN_EARLY, OK, TELL_NEWS)
                .on(State.SENT, Event.NOTIFY_END, State.KNOWN_EARLY, OK, TELL_NEWS)
                .on(State.SENT, Event.DIALOG_OVER, State.LATE, LINGER)
                .drop(State.SENT, Event.REFER, Event.EXPIRED);

        t.on(State.KNOWN_EARLY, Event.ACCEPTED, State.SETTLED, TELL_ANSWER)
                .on(State.KNOWN_EARLY, Event.ACCEPTED_ALONE, State.SETTLED, TELL_ANSWER)
                .on(State.KNOWN_EARLY, Event.REFUSED, State.IDLE, TELL_ANSWER)
                .on(State.KNOWN_EARLY, Event.DIALOG_OVER, State.IDLE, DONE)
                .drop(State.KNOWN_EARLY, Event.REFER, Event.EXPIRED);

        t.on(State.SUBSCRIBED, Event.NOTIFY, State.SUBSCRIBED, OK, TELL_NEWS)
                .on(State.SUBSCRIBED, Event.NOTIFY_FINAL, State.SETTLED, OK, TELL_NEWS)
                .on(State.SUBSCRIBED, Event.NOTIFY_END, State.SETTLED, OK, TELL_NEWS)
                .on(State.SUBSCRIBED, Event.DIALOG_OVER, State.LATE, LINGER)
                .drop(State.SUBSCRIBED, Event.REFER, Event.ACCEPTED, Event.ACCEPTED_ALONE, Event.REFUSED, Event.EXPIRED);

        t.on(State.SETTLED, Event.REFER, State.SENT, SEND)
                .on(State.SETTLED, Event.DIALOG_OVER, State.IDLE, DONE)
                .drop(State.SETTLED, Event.ACCEPTED, Event.ACCEPTED_ALONE, Event.REFUSED, Event.EXPIRED);
        for (State told : new State[] {State.KNOWN_EARLY, State.SETTLED}) {
            t.on(told, Event.NOTIFY, told, OK)
                    .on(told, Event.NOTIFY_FINAL, told, OK)
                    .on(told, Event.NOTIFY_END, told, OK);
        }

        t.on(State.LATE, Event.ACCEPTED, State.LATE, TELL_ANSWER)
                .on(State.LATE, Event.ACCEPTED_ALONE, State.IDLE, TELL_ANSWER, DONE)
                .on(State.LATE, Event.REFUSED, State.IDLE, TELL_ANSWER, DONE)
                .on(State.LATE, Event.NOTIFY, State.LATE, OK, TELL_NEWS)
                .on(State.LATE, Event.NOTIFY_FINAL, State.IDLE, OK, TELL_NEWS, DONE)
                .on(State.LATE, Event.NOTIFY_END, State.IDLE, OK, TELL_NEWS, DONE)
                .on(State.LATE, Event.EXPIRED, State.IDLE, DONE)
                .drop(State.LATE, Event.REFER, Event.DIALOG_OVER);
        for (State alive : State.values()) {
            if (alive != State.IDLE) {
                t.on(alive, Event.ABANDON, State.IDLE, DONE);
            }
        }
        return t.build();
    }
}
