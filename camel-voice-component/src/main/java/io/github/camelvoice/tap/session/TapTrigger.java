package io.github.camelvoice.tap.session;

/** What can happen to a tap. */
enum TapTrigger {
    /** The sink is connected. */
    OPENED,
    /** The call has taken the tap in. */
    STARTED,
    /** The call did not take the tap. */
    REFUSED,
    /** The sink could not connect, or was lost; it may come back. */
    LOST,
    /** The sink is lost, and trying again makes no sense (any more). */
    LOST_FOR_GOOD,
    /** It is time to connect anew. */
    RETRY,
    /** The far end ended the tap in good order. */
    REMOTE_END,
    /** Somebody here stops it. */
    STOP,
    CALL_ENDED,
    /** A mistake of ours. */
    BROKEN
}
