package io.github.camelvoice.session;

import static io.github.camelvoice.session.SessionState.ANSWERING;
import static io.github.camelvoice.session.SessionState.CALLING;
import static io.github.camelvoice.session.SessionState.GONE;
import static io.github.camelvoice.session.SessionState.HANGING_UP;
import static io.github.camelvoice.session.SessionState.LEAVING;
import static io.github.camelvoice.session.SessionState.NONE;
import static io.github.camelvoice.session.SessionState.OFFLINE;
import static io.github.camelvoice.session.SessionState.PARTING;
import static io.github.camelvoice.session.SessionState.READY;
import static io.github.camelvoice.session.SessionState.RINGING;
import static io.github.camelvoice.session.SessionState.TALKING;
import static io.github.camelvoice.session.SessionState.TRANSFERRING;

import io.github.camelvoice.runtime.Table;

/** The state machine of a session as a table. */
final class SessionTable {

    static final Table<SessionState, SessionEvent, SessionAction> TABLE = table();

    private static final class Rows {

        private final Table.Builder<SessionState, SessionEvent, SessionAction> table = Table.of(SessionState.class, SessionEvent.class);

        private Rows on(SessionState state, SessionEvent event, SessionState next, SessionAction... actions) {
            table.on(state, event, next, actions);
            return this;
        }

        private Rows stay(SessionState state, SessionEvent event, SessionAction... actions) {
            return on(state, event, state, actions);
        }

        private Rows drop(SessionState state, SessionEvent... events) {
            table.drop(state, events);
            return this;
        }

        private Rows all(SessionState state, SessionAction action, SessionEvent... events) {
            for (SessionEvent event : events) {
                stay(state, event, action);
            }
            return this;
        }
    }

    private SessionTable() {
    }

    private static Table<SessionState, SessionEvent, SessionAction> table() {
        Rows rows = new Rows();
        withoutSession(rows);
        withoutCall(rows, OFFLINE);
        withoutCall(rows, READY);
        unanswered(rows, RINGING);
        unanswered(rows, ANSWERING);
        unanswered(rows, CALLING);
        answered(rows, TALKING);
        answered(rows, TRANSFERRING);
        ending(rows, HANGING_UP);
        ending(rows, LEAVING);
        ending(rows, PARTING);
        rows.all(GONE, SessionAction.SAY_GONE, SessionEvent.START, SessionEvent.START_OFFLINE, SessionEvent.END, SessionEvent.CALL, SessionEvent.ANSWER,
                SessionEvent.HANG_UP, SessionEvent.HANG_UP_HARD, SessionEvent.TRANSFER, SessionEvent.PLAY, SessionEvent.MUTE, SessionEvent.UNMUTE,
                SessionEvent.UNREGISTER);
        rows.stay(GONE, SessionEvent.INCOMING, SessionAction.TURN_AWAY).drop(GONE, SessionEvent.REGISTERED, SessionEvent.REGISTRATION_FAILED);
        noCallEvents(rows, GONE);
        return rows.table.build();
    }

    private static void withoutSession(Rows rows) {
        rows.on(NONE, SessionEvent.START, READY, SessionAction.TELL_STARTED, SessionAction.KEEP, SessionAction.TELL_READY);
        rows.stay(NONE, SessionEvent.START_OFFLINE, SessionAction.TELL_REGISTRATION_FAILED, SessionAction.DONE);
        rows.all(NONE, SessionAction.SAY_NO_SESSION, SessionEvent.END, SessionEvent.CALL, SessionEvent.ANSWER, SessionEvent.HANG_UP,
                SessionEvent.HANG_UP_HARD, SessionEvent.TRANSFER, SessionEvent.PLAY, SessionEvent.MUTE, SessionEvent.UNMUTE);
        rows.on(NONE, SessionEvent.UNREGISTER, GONE, SessionAction.FORGET);
        rows.stay(NONE, SessionEvent.REGISTERED, SessionAction.TELL_REGISTERED);
        rows.stay(NONE, SessionEvent.REGISTRATION_FAILED, SessionAction.TELL_REGISTRATION_FAILED);
        rows.stay(NONE, SessionEvent.INCOMING, SessionAction.TURN_AWAY);
        noCallEvents(rows, NONE);
    }

    private static void withoutCall(Rows rows, SessionState state) {
        rows.all(state, SessionAction.SAY_OUT_OF_ORDER, SessionEvent.START, SessionEvent.START_OFFLINE);
        rows.on(state, SessionEvent.END, NONE, SessionAction.TELL_ENDED, SessionAction.KEEP);
        rows.on(state, SessionEvent.UNREGISTER, GONE, SessionAction.TELL_ENDED, SessionAction.FORGET);
        rows.stay(state, SessionEvent.CALL, state == READY ? SessionAction.PLACE : SessionAction.SAY_OFFLINE);
        rows.all(state, SessionAction.SAY_NO_CALL, SessionEvent.ANSWER, SessionEvent.HANG_UP, SessionEvent.HANG_UP_HARD, SessionEvent.TRANSFER,
                SessionEvent.PLAY, SessionEvent.MUTE, SessionEvent.UNMUTE);
        rows.on(state, SessionEvent.REGISTERED, READY, SessionAction.TELL_REGISTERED, SessionAction.TELL_READY);
        rows.on(state, SessionEvent.REGISTRATION_FAILED, OFFLINE, SessionAction.TELL_REGISTRATION_FAILED);
        rows.on(state, SessionEvent.INCOMING, RINGING, SessionAction.TELL_INITIATED, SessionAction.RING);
        if (state == READY) {
            rows.on(READY, SessionEvent.PLACED, CALLING, SessionAction.TELL_INITIATED, SessionAction.DONE);
            rows.drop(READY, SessionEvent.ANSWER_DUE, SessionEvent.CONNECTED, SessionEvent.ENDED, SessionEvent.ENDED_OFFLINE,
                    SessionEvent.TRANSFERRED, SessionEvent.TRANSFER_FAILED);
            tooLate(rows, READY);
        } else {
            noCallEvents(rows, state);
        }
    }

    private static void noCallEvents(Rows rows, SessionState state) {
        rows.drop(state, SessionEvent.PLACED, SessionEvent.ANSWER_DUE, SessionEvent.CONNECTED, SessionEvent.ENDED, SessionEvent.ENDED_OFFLINE,
                SessionEvent.TRANSFERRED, SessionEvent.TRANSFER_FAILED);
        tooLate(rows, state);
    }

    private static void tooLate(Rows rows, SessionState state) {
        rows.all(state, SessionAction.SAY_TOO_LATE, SessionEvent.PLAYED, SessionEvent.MUTED, SessionEvent.UNMUTED);
    }

    /** What is the same in all states with a call. */
    private static void withCall(Rows rows, SessionState state) {
        rows.all(state, SessionAction.SAY_OUT_OF_ORDER, SessionEvent.START, SessionEvent.START_OFFLINE, SessionEvent.CALL);
        rows.stay(state, SessionEvent.REGISTERED, SessionAction.TELL_REGISTERED);
        rows.stay(state, SessionEvent.REGISTRATION_FAILED, SessionAction.TELL_REGISTRATION_FAILED);
        rows.stay(state, SessionEvent.INCOMING, SessionAction.DECLINE, SessionAction.TELL_BUSY);
        rows.drop(state, SessionEvent.PLACED);
    }

    private static void canHangUp(Rows rows, SessionState state) {
        rows.on(state, SessionEvent.END, LEAVING, SessionAction.TELL_SOFT_HANGUP, SessionAction.AWAIT_END, SessionAction.HANG_UP);
        rows.on(state, SessionEvent.UNREGISTER, PARTING, SessionAction.TELL_SOFT_HANGUP, SessionAction.AWAIT_END, SessionAction.HANG_UP);
        rows.on(state, SessionEvent.HANG_UP, HANGING_UP, SessionAction.TELL_SOFT_HANGUP, SessionAction.DONE, SessionAction.HANG_UP);
        rows.on(state, SessionEvent.HANG_UP_HARD, HANGING_UP, SessionAction.TELL_HARD_HANGUP, SessionAction.DONE, SessionAction.HANG_UP_HARD);
    }

    private static void unanswered(Rows rows, SessionState state) {
        withCall(rows, state);
        canHangUp(rows, state);
        rows.all(state, SessionAction.SAY_OUT_OF_ORDER, SessionEvent.TRANSFER, SessionEvent.PLAY, SessionEvent.MUTE, SessionEvent.UNMUTE);
        if (state == RINGING) {
            rows.on(RINGING, SessionEvent.ANSWER, ANSWERING, SessionAction.AWAIT_ANSWER, SessionAction.ANSWER);
            rows.on(RINGING, SessionEvent.ANSWER_DUE, ANSWERING, SessionAction.ANSWER);
        } else {
            rows.stay(state, SessionEvent.ANSWER, state == ANSWERING ? SessionAction.AWAIT_ANSWER : SessionAction.SAY_OUT_OF_ORDER);
            rows.drop(state, SessionEvent.ANSWER_DUE);
        }
        rows.on(state, SessionEvent.CONNECTED, TALKING, SessionAction.TELL_CONNECTED);
        rows.on(state, SessionEvent.ENDED, READY, SessionAction.TELL_FAILED, SessionAction.RELEASE, SessionAction.TELL_READY);
        rows.on(state, SessionEvent.ENDED_OFFLINE, OFFLINE, SessionAction.TELL_FAILED, SessionAction.RELEASE);
        rows.drop(state, SessionEvent.TRANSFERRED, SessionEvent.TRANSFER_FAILED);
        tooLate(rows, state);
    }

    private static void answered(Rows rows, SessionState state) {
        withCall(rows, state);
        canHangUp(rows, state);
        rows.stay(state, SessionEvent.ANSWER, SessionAction.SAY_OUT_OF_ORDER);
        rows.stay(state, SessionEvent.PLAY, SessionAction.PLAY).stay(state, SessionEvent.MUTE, SessionAction.MUTE)
                .stay(state, SessionEvent.UNMUTE, SessionAction.UNMUTE);
        if (state == TALKING) {
            rows.on(TALKING, SessionEvent.TRANSFER, TRANSFERRING, SessionAction.TELL_TRANSFER, SessionAction.DONE, SessionAction.TRANSFER);
            rows.drop(TALKING, SessionEvent.TRANSFERRED, SessionEvent.TRANSFER_FAILED);
        } else {
            rows.stay(TRANSFERRING, SessionEvent.TRANSFER, SessionAction.SAY_OUT_OF_ORDER);
            rows.stay(TRANSFERRING, SessionEvent.TRANSFERRED, SessionAction.NOTE_TRANSFERRED);
            rows.on(TRANSFERRING, SessionEvent.TRANSFER_FAILED, TALKING, SessionAction.TELL_TRANSFER_FAILED);
        }
        rows.drop(state, SessionEvent.ANSWER_DUE, SessionEvent.CONNECTED);
        rows.on(state, SessionEvent.ENDED, READY, SessionAction.TELL_FINISHED, SessionAction.RELEASE, SessionAction.TELL_READY);
        rows.on(state, SessionEvent.ENDED_OFFLINE, OFFLINE, SessionAction.TELL_FINISHED, SessionAction.RELEASE);
        rows.stay(state, SessionEvent.PLAYED, SessionAction.TELL_PLAYED, SessionAction.DONE);
        rows.stay(state, SessionEvent.MUTED, SessionAction.TELL_MUTED, SessionAction.DONE);
        rows.stay(state, SessionEvent.UNMUTED, SessionAction.TELL_UNMUTED, SessionAction.DONE);
    }

    private static void ending(Rows rows, SessionState state) {
        withCall(rows, state);
        rows.all(state, SessionAction.SAY_OUT_OF_ORDER, SessionEvent.ANSWER, SessionEvent.HANG_UP, SessionEvent.TRANSFER, SessionEvent.PLAY,
                SessionEvent.MUTE, SessionEvent.UNMUTE);
        rows.stay(state, SessionEvent.HANG_UP_HARD, SessionAction.TELL_HARD_HANGUP, SessionAction.DONE, SessionAction.HANG_UP_HARD);
        rows.on(state, SessionEvent.END, state == HANGING_UP ? LEAVING : state, SessionAction.AWAIT_END);
        rows.on(state, SessionEvent.UNREGISTER, PARTING, SessionAction.AWAIT_END);
        rows.drop(state, SessionEvent.ANSWER_DUE, SessionEvent.CONNECTED, SessionEvent.TRANSFERRED, SessionEvent.TRANSFER_FAILED);
        tooLate(rows, state);
        if (state == HANGING_UP) {
            rows.on(state, SessionEvent.ENDED, READY, SessionAction.TELL_FINISHED, SessionAction.RELEASE, SessionAction.TELL_READY);
            rows.on(state, SessionEvent.ENDED_OFFLINE, OFFLINE, SessionAction.TELL_FINISHED, SessionAction.RELEASE);
            return;
        }
        SessionState next = state == LEAVING ? NONE : GONE;
        SessionAction last = state == LEAVING ? SessionAction.KEEP : SessionAction.FORGET;
        for (SessionEvent over : new SessionEvent[] {SessionEvent.ENDED, SessionEvent.ENDED_OFFLINE}) {
            rows.on(state, over, next, SessionAction.TELL_FINISHED, SessionAction.RELEASE, SessionAction.TELL_ENDED, last);
        }
    }
}
