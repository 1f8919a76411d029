package io.github.camelvoice.call;

/** What moves a call from state to state: our commands, what the far end does, and time. */
enum CallTrigger {
    /** We tell the caller that it rings. */
    RING,
    /** We answer. */
    ANSWER,
    /** We reject or redirect. */
    REJECT,
    /** We want it to end, whatever the state. */
    HANGUP,
    /** As before, and nothing is waited for. */
    DROP,
    /** It rang too long, or nobody decided about it. */
    RING_TIMEOUT,
    /** It lasted too long, or its media died. */
    LIMIT,
    /** 101 to 199 came. */
    PROVISIONAL,
    /** 200 came. */
    ACCEPTED,
    /** 300 to 699 came. */
    REJECTED,
    /** ACK came. */
    ACKED,
    /** CANCEL came. */
    CANCELLED,
    /** BYE came. */
    BYE,
    /** The leg gave up. */
    LOST,
    /** The leg is done. */
    CLOSED
}
