package io.github.camelvoice.tap;

import io.vertx.core.Context;

/** Makes the sinks of some protocols. Thread-safe. */
public interface SinkFactory {

    boolean makes(TapProtocol protocol);

    /**
     * Makes the sink of one tap. Called on the thread of whoever starts the tap: neither connects nor waits.
     *
     * @param loop the event-loop context on which all methods of the sink will be called
     * @throws TapException BAD_REQUEST (the protocol cannot do what the spec asks), FORBIDDEN (the destination is not allowed)
     */
    Sink make(TapSpec spec, TapIdentity identity, Context loop) throws TapException;
}
