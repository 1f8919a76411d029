package io.github.camelvoice.session;

/** What {@link SessionTable} orders. */
enum SessionAction {
    /** Statuses, {@link StatusTable} says which. */
    TELL_REGISTERED, TELL_REGISTRATION_FAILED, TELL_STARTED, TELL_READY, TELL_ENDED, TELL_INITIATED, TELL_CONNECTED, TELL_FAILED, TELL_FINISHED,
    TELL_BUSY, TELL_SOFT_HANGUP, TELL_HARD_HANGUP, TELL_TRANSFER, TELL_TRANSFER_FAILED, TELL_PLAYED, TELL_MUTED, TELL_UNMUTED,
    /** Who asked gets what was told last. */
    DONE,
    /** Who asked gets what was told last, once it survives the end of the process that the account has a session, or has none. */
    KEEP,
    /** Who asked waits for the session's end. */
    AWAIT_END,
    /** Who asked waits until the call is answered, or over. */
    AWAIT_ANSWER,
    /** Answers that are no part of the history. */
    SAY_NO_SESSION, SAY_NO_CALL, SAY_OFFLINE, SAY_OUT_OF_ORDER, SAY_GONE,
    /** What was asked for was overtaken by the end of the call. */
    SAY_TOO_LATE,
    PLACE, RING, ANSWER,
    /** 486 to a second call. */
    DECLINE,
    /** 480 to a call without a session. */
    TURN_AWAY,
    HANG_UP, HANG_UP_HARD, TRANSFER, NOTE_TRANSFERRED, PLAY, MUTE, UNMUTE,
    /** The call is let go of: timers, prompts and waiters of it. */
    RELEASE,
    /** The account is forgotten. */
    FORGET
}
