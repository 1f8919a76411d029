package io.github.camelvoice.session;

/** What can happen to a session. */
enum SessionEvent {
    // commands
    START, START_OFFLINE, END, CALL, ANSWER, HANG_UP, HANG_UP_HARD, TRANSFER, PLAY, MUTE, UNMUTE, UNREGISTER,
    // of the registration
    REGISTERED, REGISTRATION_FAILED,
    // of calls
    /** A call for the account came in. */
    INCOMING,
    /** Our INVITE is on its way. */
    PLACED,
    /** The time has come to answer. */
    ANSWER_DUE,
    CONNECTED,
    /** The call is over; the second one where the account is not registered just then. */
    ENDED, ENDED_OFFLINE,
    TRANSFERRED, TRANSFER_FAILED,
    /** A list was played to its end. */
    PLAYED,
    MUTED, UNMUTED
}
