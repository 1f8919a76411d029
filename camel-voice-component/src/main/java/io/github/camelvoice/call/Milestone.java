package io.github.camelvoice.call;

/** How far a placed call must have come before a waiter goes on. */
public enum Milestone {
    /** The INVITE was handed to the network. */
    INITIATED,
    /** The far end rings, or is beyond that. */
    RINGING,
    /** The far end answered. */
    ANSWERED,
    /** The call is over. */
    COMPLETED
}
