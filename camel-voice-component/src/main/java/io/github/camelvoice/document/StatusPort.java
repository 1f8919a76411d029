package io.github.camelvoice.document;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells servers of what a document does. Thread-safe; nothing here waits. */
@FunctionalInterface
public interface StatusPort {

    /** Where nobody tells. */
    StatusPort NONE = (kind, callId, target, json) -> CompletableFuture.failedFuture(new IllegalStateException("nobody delivers callbacks here"));

    /**
     * @param kind   of the event, {@code play}
     * @param target an http(s) URL, or the name of a target that the operator has
     * @return done when the event is written down: it will be delivered. Fails with a message fit for the author of the document
     */
    CompletionStage<Void> tell(String kind, String callId, String target, String json);
}
