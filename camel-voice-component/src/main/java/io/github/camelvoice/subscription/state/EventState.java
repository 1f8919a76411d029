package io.github.camelvoice.subscription.state;

/** State of one resource in one event package, or a part of it. Immutable. */
public sealed interface EventState permits OpaqueState {

    /** Media type of {@link #document}, without parameters. */
    String contentType();

    /** The state as a document that its package's RFC would have sent as full state; for one of {@link StateMerge.Applied#changed} as partial state. */
    String document();
}
