package io.github.camelvoice.sip.leg;

/** What the tables of {@link ServerInvite} and {@link ClientInvite} order. */
enum LegAction {
    // called side
    SEND_PROVISIONAL, SEND_OK, REPEAT_OK, STOP_REPEATING,
    /** The final response of the reject or redirect command. */
    SEND_FINAL,
    /** 480, where we hang up what was not answered. */
    SEND_UNAVAILABLE,
    /** 487, after CANCEL. */
    SEND_TERMINATED,
    /** 504, where the caller does not acknowledge or the call cannot go on. */
    SEND_GIVE_UP,
    OK_TO_CANCEL, TELL_ACKED, TELL_CANCELLED,
    // calling side
    SEND_INVITE, SEND_CANCEL,
    /** CANCEL, once. */
    SEND_LAST_CANCEL,
    SEND_ACK,
    /** No other server is asked any more: nobody wants the call. */
    STAY,
    /** ACK without the answer that is due: the BYE follows at once. */
    SEND_EMPTY_ACK, REPEAT_ACK,
    /** ACK and BYE to another branch of a fork that answered too. */
    RELEASE_FORK,
    TELL_PROVISIONAL, TELL_ACCEPTED, TELL_REJECTED,
    // both
    SEND_BYE,
    /** BYE, and nobody waits for its answer. */
    SEND_LAST_BYE,
    /** The call hears that the leg is closed; what the leg still owes the far end it does without the call. */
    LET_GO,
    OK_TO_BYE,
    /** 481 to a BYE that may not come in this state. */
    REFUSE_BYE, TELL_BYE,
    /** The 200 to a BYE waits for the record of a call that had ended otherwise. */
    HOLD_BYE, TELL_LOST, CLOSE
}
