package io.github.camelvoice.sip.leg;

import static io.github.camelvoice.sip.leg.LegAction.CLOSE;
import static io.github.camelvoice.sip.leg.LegAction.HOLD_BYE;
import static io.github.camelvoice.sip.leg.LegAction.LET_GO;
import static io.github.camelvoice.sip.leg.LegAction.OK_TO_BYE;
import static io.github.camelvoice.sip.leg.LegAction.OK_TO_CANCEL;
import static io.github.camelvoice.sip.leg.LegAction.REPEAT_OK;
import static io.github.camelvoice.sip.leg.LegAction.SEND_BYE;
import static io.github.camelvoice.sip.leg.LegAction.SEND_FINAL;
import static io.github.camelvoice.sip.leg.LegAction.SEND_GIVE_UP;
import static io.github.camelvoice.sip.leg.LegAction.SEND_LAST_BYE;
import static io.github.camelvoice.sip.leg.LegAction.SEND_OK;
import static io.github.camelvoice.sip.leg.LegAction.SEND_PROVISIONAL;
import static io.github.camelvoice.sip.leg.LegAction.SEND_TERMINATED;
import static io.github.camelvoice.sip.leg.LegAction.SEND_UNAVAILABLE;
import static io.github.camelvoice.sip.leg.LegAction.STOP_REPEATING;
import static io.github.camelvoice.sip.leg.LegAction.TELL_ACKED;
import static io.github.camelvoice.sip.leg.LegAction.TELL_BYE;
import static io.github.camelvoice.sip.leg.LegAction.TELL_CANCELLED;
import static io.github.camelvoice.sip.leg.LegAction.TELL_LOST;

import io.github.camelvoice.runtime.Table;

/** The INVITE usage of the called side (RFC 3261, sections 13.3 and 15; RFC 3262, section 3). */
final class ServerInvite {

    enum State {
        /** 100 is sent, nothing else. */
        RECEIVED,
        /** A provisional response made an early dialog. */
        EARLY,
        /** Accepted, but the 200 waits until a reliable provisional response with SDP is acknowledged. */
        ANSWER_HELD,
        /** The 200 is repeated until the ACK comes. */
        ACCEPTED,
        /** As {@code ACCEPTED}, and we have hung up: BYE may not go out before the ACK came or its time is over. */
        HANGUP_HELD,
        CONFIRMED,
        /** BYE is sent. */
        ENDING,
        /** BYE came, its 200 waits for the call. */
        BYE_HELD,
        CLOSED
    }

    enum Event {
        PROVISIONAL, ACCEPT, ACCEPT_AFTER_PRACK, PRACKED, REJECT, HANGUP, CANCEL, ACK, INVITE_AGAIN, NO_PRACK, NO_ACK,
        BYE, BYE_ANSWERED, CONFIRM_BYE, LOST, GONE, ABANDON,
        /** The call is over for us, whatever the far end says. */
        DROP
    }

    static final Table<State, Event, LegAction> TABLE = table();

    private ServerInvite() {
    }

    private static Table<State, Event, LegAction> table() {
        Table.Builder<State, Event, LegAction> t = Table.of(State.class, Event.class);
        for (State early : new State[] {State.RECEIVED, State.EARLY, State.ANSWER_HELD}) {
            t.on(early, Event.REJECT, State.CLOSED, SEND_FINAL, CLOSE)
                    .on(early, Event.HANGUP, State.CLOSED, SEND_UNAVAILABLE, CLOSE)
                    .on(early, Event.DROP, State.CLOSED, SEND_UNAVAILABLE, CLOSE)
                    .on(early, Event.CANCEL, State.CLOSED, OK_TO_CANCEL, SEND_TERMINATED, TELL_CANCELLED, CLOSE)
                    .on(early, Event.BYE, State.CLOSED, SEND_TERMINATED, TELL_CANCELLED, HOLD_BYE, CLOSE)
                    .on(early, Event.NO_PRACK, State.CLOSED, SEND_GIVE_UP, TELL_LOST, CLOSE)
                    .on(early, Event.LOST, State.CLOSED, SEND_GIVE_UP, TELL_LOST, CLOSE)
                    .on(early, Event.GONE, State.CLOSED, SEND_GIVE_UP, TELL_LOST, CLOSE)
                    .on(early, Event.ABANDON, State.CLOSED, CLOSE)
                    .drop(early, Event.ACK, Event.INVITE_AGAIN, Event.NO_ACK, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
        }
        for (State early : new State[] {State.RECEIVED, State.EARLY}) {
            t.on(early, Event.PROVISIONAL, State.EARLY, SEND_PROVISIONAL)
                    .on(early, Event.ACCEPT, State.ACCEPTED, SEND_OK)
                    .on(early, Event.ACCEPT_AFTER_PRACK, State.ANSWER_HELD)
                    .drop(early, Event.PRACKED);
        }
        t.on(State.ANSWER_HELD, Event.PRACKED, State.ACCEPTED, SEND_OK)
                .drop(State.ANSWER_HELD, Event.PROVISIONAL, Event.ACCEPT, Event.ACCEPT_AFTER_PRACK);

        t.on(State.ACCEPTED, Event.ACK, State.CONFIRMED, STOP_REPEATING, TELL_ACKED)
                .on(State.ACCEPTED, Event.NO_ACK, State.ENDING, STOP_REPEATING, SEND_BYE, TELL_LOST)
                .on(State.ACCEPTED, Event.HANGUP, State.HANGUP_HELD)
                .on(State.ACCEPTED, Event.BYE, State.BYE_HELD, STOP_REPEATING, TELL_BYE)
                .on(State.ACCEPTED, Event.LOST, State.ENDING, STOP_REPEATING, SEND_BYE, TELL_LOST)
                .on(State.ACCEPTED, Event.GONE, State.CLOSED, TELL_LOST, CLOSE);
        t.on(State.HANGUP_HELD, Event.ACK, State.ENDING, STOP_REPEATING, SEND_BYE)
                .on(State.HANGUP_HELD, Event.NO_ACK, State.ENDING, STOP_REPEATING, SEND_BYE)
                .on(State.HANGUP_HELD, Event.BYE, State.CLOSED, HOLD_BYE, CLOSE)
                .on(State.HANGUP_HELD, Event.LOST, State.ENDING, STOP_REPEATING, SEND_BYE)
                .on(State.HANGUP_HELD, Event.GONE, State.CLOSED, CLOSE)
                .drop(State.HANGUP_HELD, Event.HANGUP);
        for (State accepted : new State[] {State.ACCEPTED, State.HANGUP_HELD}) {
            t.on(accepted, Event.INVITE_AGAIN, accepted, REPEAT_OK)
                    .on(accepted, Event.DROP, State.HANGUP_HELD, LET_GO)
                    .drop(accepted, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
        }
        t.on(State.CONFIRMED, Event.HANGUP, State.ENDING, SEND_BYE)
                .on(State.CONFIRMED, Event.DROP, State.CLOSED, SEND_LAST_BYE, CLOSE)
                .on(State.CONFIRMED, Event.BYE, State.BYE_HELD, TELL_BYE)
                .on(State.CONFIRMED, Event.LOST, State.ENDING, SEND_BYE, TELL_LOST)
                .on(State.CONFIRMED, Event.GONE, State.CLOSED, TELL_LOST, CLOSE)
                .drop(State.CONFIRMED, Event.ACK, Event.INVITE_AGAIN, Event.NO_ACK, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
        t.on(State.ENDING, Event.BYE, State.ENDING, HOLD_BYE)
                .on(State.ENDING, Event.BYE_ANSWERED, State.CLOSED, CLOSE)
                .on(State.ENDING, Event.GONE, State.CLOSED, CLOSE)
                .on(State.ENDING, Event.DROP, State.CLOSED, CLOSE)
                .drop(State.ENDING, Event.HANGUP, Event.ACK, Event.INVITE_AGAIN, Event.NO_ACK, Event.CONFIRM_BYE, Event.LOST);
        t.on(State.BYE_HELD, Event.CONFIRM_BYE, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.HANGUP, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.DROP, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.BYE, State.BYE_HELD, OK_TO_BYE)
                .drop(State.BYE_HELD, Event.ACK, Event.INVITE_AGAIN, Event.NO_ACK, Event.BYE_ANSWERED, Event.LOST, Event.GONE);
        for (State late : new State[] {State.ACCEPTED, State.HANGUP_HELD, State.CONFIRMED, State.ENDING, State.BYE_HELD}) {
            // A CANCEL that comes after the 200 is answered and has no effect (RFC 3261, section 9.2).
            t.on(late, Event.CANCEL, late, OK_TO_CANCEL)
                    .on(late, Event.ABANDON, State.CLOSED, CLOSE)
                    .drop(late, Event.PROVISIONAL, Event.ACCEPT, Event.ACCEPT_AFTER_PRACK, Event.PRACKED, Event.REJECT, Event.NO_PRACK);
        }
        return t.dropAll(State.CLOSED).build();
    }
}
