package io.github.camelvoice.engine;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.document.StatusPort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What documents tell goes out as callbacks. */
final class DocumentStatus implements StatusPort {

    private final Callbacks callbacks;

    DocumentStatus(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @Override
    public CompletionStage<Void> tell(String kind, String callId, String target, String json) {
        try {
            callbacks.check(target);
            return callbacks.send(Callback.json(kind, callId, target, json));
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
