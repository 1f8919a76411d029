package io.github.camelvoice.call;

/** What a transition of {@link CallMachine} makes the call do on the wire; bookkeeping follows from the states themselves. */
enum CallAction {
    NONE,
    /** The final response that the trigger brought. */
    SEND_REJECTION,
    /** 480, since nobody decided. */
    SEND_UNAVAILABLE,
    SEND_CANCEL,
    SEND_BYE,
    /** BYE, CANCEL or 480, once; the leg is left. */
    DROP_LEG,
    CONFIRM_BYE,
    /** BYE in an early dialog: 200 to it and 487 to the INVITE. */
    CONFIRM_BYE_AND_REJECT;

    /** Whether it tells the far end that the call is over, as the far end asked. */
    boolean confirmsTheEnd() {
        return this == CONFIRM_BYE || this == CONFIRM_BYE_AND_REJECT;
    }
}
