package io.github.camelvoice.tap;

/** What becomes of the call when a tap's sink is gone for good. The third way, a route, is to follow the event {@code tap-ended}. */
public enum SinkLoss {
    /** The call goes on, the tap is over. */
    CONTINUE,
    /** The call is hung up. */
    HANGUP
}
