package io.github.camelvoice.sip.leg;

import static io.github.camelvoice.sip.leg.LegAction.CLOSE;
import static io.github.camelvoice.sip.leg.LegAction.HOLD_BYE;
import static io.github.camelvoice.sip.leg.LegAction.OK_TO_BYE;
import static io.github.camelvoice.sip.leg.LegAction.REFUSE_BYE;
import static io.github.camelvoice.sip.leg.LegAction.LET_GO;
import static io.github.camelvoice.sip.leg.LegAction.RELEASE_FORK;
import static io.github.camelvoice.sip.leg.LegAction.REPEAT_ACK;
import static io.github.camelvoice.sip.leg.LegAction.SEND_ACK;
import static io.github.camelvoice.sip.leg.LegAction.SEND_BYE;
import static io.github.camelvoice.sip.leg.LegAction.SEND_CANCEL;
import static io.github.camelvoice.sip.leg.LegAction.SEND_EMPTY_ACK;
import static io.github.camelvoice.sip.leg.LegAction.SEND_INVITE;
import static io.github.camelvoice.sip.leg.LegAction.SEND_LAST_BYE;
import static io.github.camelvoice.sip.leg.LegAction.SEND_LAST_CANCEL;
import static io.github.camelvoice.sip.leg.LegAction.STAY;
import static io.github.camelvoice.sip.leg.LegAction.TELL_ACCEPTED;
import static io.github.camelvoice.sip.leg.LegAction.TELL_BYE;
import static io.github.camelvoice.sip.leg.LegAction.TELL_CANCELLED;
import static io.github.camelvoice.sip.leg.LegAction.TELL_LOST;
import static io.github.camelvoice.sip.leg.LegAction.TELL_PROVISIONAL;
import static io.github.camelvoice.sip.leg.LegAction.TELL_REJECTED;

import io.github.camelvoice.runtime.Table;

/** The INVITE usage of the calling side (RFC 3261, sections 9.1, 13.2 and 15). */
final class ClientInvite {

    enum State {
        IDLE,
        /** INVITE sent, nothing heard. */
        CALLING,
        /** Cancelled, but CANCEL may not go out before a provisional response came. */
        CANCEL_WAITS,
        PROCEEDING,
        /** CANCEL sent. */
        CANCELLING,
        /** A 200 with an offer came; our answer goes out in the ACK. */
        ACK_DUE,
        CONFIRMED,
        /** BYE is sent. */
        ENDING,
        /** BYE came, its 200 waits for the call. */
        BYE_HELD,
        CLOSED
    }

    enum Event {
        INVITE, CANCEL, HANGUP, ANSWER, TRYING, PROVISIONAL,
        /** A final response that another INVITE can overcome: 401, 407, 422. */
        RETRY,
        ACCEPTED, ACCEPTED_WITH_OFFER,
        /** The 200 of the dialog that won, once more. */
        ACCEPTED_AGAIN,
        /** A 200 of another branch of a fork. */
        ACCEPTED_ELSEWHERE,
        REFUSED,
        /** Timer B, or the transport failed. */
        NO_RESPONSE,
        /** 64 x T1 after CANCEL. */
        CANCEL_EXPIRED,
        BYE, BYE_ANSWERED, CONFIRM_BYE, LOST, GONE, ABANDON,
        /** The call is over for us, whatever the far end says. */
        DROP
    }

    static final Table<State, Event, LegAction> TABLE = table();

    private ClientInvite() {
    }

    private static Table<State, Event, LegAction> table() {
        Table.Builder<State, Event, LegAction> t = Table.of(State.class, Event.class);
        t.on(State.IDLE, Event.INVITE, State.CALLING, SEND_INVITE)
                .on(State.IDLE, Event.CANCEL, State.CLOSED, CLOSE)
                .on(State.IDLE, Event.HANGUP, State.CLOSED, CLOSE)
                .on(State.IDLE, Event.DROP, State.CLOSED, CLOSE)
                .drop(State.IDLE, Event.TRYING, Event.PROVISIONAL, Event.RETRY, Event.ACCEPTED, Event.ACCEPTED_WITH_OFFER,
                        Event.REFUSED, Event.NO_RESPONSE, Event.LOST, Event.GONE);

        for (State ringing : new State[] {State.CALLING, State.PROCEEDING}) {
            t.on(ringing, Event.TRYING, State.PROCEEDING)
                    .on(ringing, Event.PROVISIONAL, State.PROCEEDING, TELL_PROVISIONAL)
                    .on(ringing, Event.RETRY, State.CALLING, SEND_INVITE)
                    .on(ringing, Event.ACCEPTED, State.CONFIRMED, SEND_ACK, TELL_ACCEPTED)
                    .on(ringing, Event.ACCEPTED_WITH_OFFER, State.ACK_DUE, TELL_ACCEPTED)
                    .on(ringing, Event.REFUSED, State.CLOSED, TELL_REJECTED, CLOSE)
                    .on(ringing, Event.NO_RESPONSE, State.CLOSED, TELL_LOST, CLOSE);
        }
        // Nobody answered yet, and CANCEL may not go out before somebody does: the call need not wait 64 x T1 for that.
        t.on(State.CALLING, Event.CANCEL, State.CANCEL_WAITS, STAY, TELL_CANCELLED)
                .on(State.CALLING, Event.HANGUP, State.CANCEL_WAITS, STAY, TELL_CANCELLED)
                .on(State.CALLING, Event.DROP, State.CANCEL_WAITS, STAY, LET_GO)
                .on(State.CALLING, Event.LOST, State.CANCEL_WAITS, STAY, TELL_LOST)
                .on(State.CALLING, Event.GONE, State.CANCEL_WAITS, STAY, TELL_LOST);
        t.on(State.PROCEEDING, Event.CANCEL, State.CANCELLING, SEND_CANCEL)
                .on(State.PROCEEDING, Event.HANGUP, State.CANCELLING, SEND_CANCEL)
                .on(State.PROCEEDING, Event.DROP, State.CANCELLING, SEND_LAST_CANCEL, LET_GO)
                .on(State.PROCEEDING, Event.LOST, State.CANCELLING, SEND_CANCEL, TELL_LOST)
                .on(State.PROCEEDING, Event.GONE, State.CANCELLING, SEND_CANCEL, TELL_LOST);

        t.on(State.CANCEL_WAITS, Event.TRYING, State.CANCELLING, SEND_CANCEL)
                .on(State.CANCEL_WAITS, Event.PROVISIONAL, State.CANCELLING, SEND_CANCEL);
        t.drop(State.CANCELLING, Event.TRYING, Event.PROVISIONAL);
        for (State cancelled : new State[] {State.CANCEL_WAITS, State.CANCELLING}) {
            // A 200 that crosses the CANCEL made a call: it is acknowledged and ended.
            t.on(cancelled, Event.ACCEPTED, State.ENDING, SEND_ACK, SEND_BYE)
                    .on(cancelled, Event.ACCEPTED_WITH_OFFER, State.ENDING, SEND_EMPTY_ACK, SEND_BYE)
                    .on(cancelled, Event.RETRY, State.CLOSED, TELL_REJECTED, CLOSE)
                    .on(cancelled, Event.REFUSED, State.CLOSED, TELL_REJECTED, CLOSE)
                    .on(cancelled, Event.NO_RESPONSE, State.CLOSED, CLOSE)
                    .on(cancelled, Event.DROP, cancelled, LET_GO)
                    .drop(cancelled, Event.CANCEL, Event.HANGUP, Event.LOST, Event.GONE);
        }
        t.on(State.CANCELLING, Event.CANCEL_EXPIRED, State.CLOSED, CLOSE);
        for (State early : new State[] {State.IDLE, State.CALLING, State.CANCEL_WAITS, State.PROCEEDING, State.CANCELLING}) {
            t.on(early, Event.BYE, early, REFUSE_BYE)
                    .on(early, Event.ABANDON, State.CLOSED, CLOSE)
                    .drop(early, Event.ANSWER, Event.ACCEPTED_AGAIN, Event.ACCEPTED_ELSEWHERE, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
            if (early != State.CANCELLING) {
                t.drop(early, Event.CANCEL_EXPIRED);
            }
            if (early != State.IDLE) {
                t.drop(early, Event.INVITE);
            }
        }

        t.on(State.ACK_DUE, Event.ANSWER, State.CONFIRMED, SEND_ACK)
                .on(State.ACK_DUE, Event.HANGUP, State.ENDING, SEND_EMPTY_ACK, SEND_BYE)
                .on(State.ACK_DUE, Event.CANCEL, State.ENDING, SEND_EMPTY_ACK, SEND_BYE)
                .on(State.ACK_DUE, Event.DROP, State.CLOSED, SEND_EMPTY_ACK, SEND_LAST_BYE, CLOSE)
                .on(State.ACK_DUE, Event.BYE, State.BYE_HELD, TELL_BYE)
                .on(State.ACK_DUE, Event.LOST, State.ENDING, SEND_EMPTY_ACK, SEND_BYE, TELL_LOST)
                .on(State.ACK_DUE, Event.GONE, State.CLOSED, TELL_LOST, CLOSE)
                .drop(State.ACK_DUE, Event.ACCEPTED_AGAIN, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
        t.on(State.CONFIRMED, Event.HANGUP, State.ENDING, SEND_BYE)
                .on(State.CONFIRMED, Event.CANCEL, State.ENDING, SEND_BYE)
                .on(State.CONFIRMED, Event.DROP, State.CLOSED, SEND_LAST_BYE, CLOSE)
                .on(State.CONFIRMED, Event.BYE, State.BYE_HELD, TELL_BYE)
                .on(State.CONFIRMED, Event.LOST, State.ENDING, SEND_BYE, TELL_LOST)
                .on(State.CONFIRMED, Event.GONE, State.CLOSED, TELL_LOST, CLOSE)
                .drop(State.CONFIRMED, Event.ANSWER, Event.BYE_ANSWERED, Event.CONFIRM_BYE);
        t.on(State.ENDING, Event.BYE, State.ENDING, HOLD_BYE)
                .on(State.ENDING, Event.BYE_ANSWERED, State.CLOSED, CLOSE)
                .on(State.ENDING, Event.GONE, State.CLOSED, CLOSE)
                .on(State.ENDING, Event.DROP, State.CLOSED, CLOSE)
                .drop(State.ENDING, Event.ANSWER, Event.HANGUP, Event.CANCEL, Event.CONFIRM_BYE, Event.LOST);
        t.on(State.BYE_HELD, Event.CONFIRM_BYE, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.HANGUP, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.CANCEL, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.DROP, State.CLOSED, OK_TO_BYE, CLOSE)
                .on(State.BYE_HELD, Event.BYE, State.BYE_HELD, OK_TO_BYE)
                .drop(State.BYE_HELD, Event.ANSWER, Event.BYE_ANSWERED, Event.LOST, Event.GONE);
        for (State answered : new State[] {State.ACK_DUE, State.CONFIRMED, State.ENDING, State.BYE_HELD}) {
            if (answered != State.ACK_DUE) {
                t.on(answered, Event.ACCEPTED_AGAIN, answered, REPEAT_ACK);
            }
            t.on(answered, Event.ACCEPTED_ELSEWHERE, answered, RELEASE_FORK)
                    .on(answered, Event.ABANDON, State.CLOSED, CLOSE)
                    .drop(answered, Event.INVITE, Event.TRYING, Event.PROVISIONAL, Event.RETRY, Event.ACCEPTED,
                            Event.ACCEPTED_WITH_OFFER, Event.REFUSED, Event.NO_RESPONSE, Event.CANCEL_EXPIRED);
        }
        return t.dropAll(State.CLOSED).build();
    }
}
