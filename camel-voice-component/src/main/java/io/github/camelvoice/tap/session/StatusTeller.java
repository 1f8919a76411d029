package io.github.camelvoice.tap.session;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the status URL of one tap what becomes of it. */
record StatusTeller(Callbacks callbacks, TapSpec spec, TapIdentity identity) {

    private static final Logger LOG = LoggerFactory.getLogger(StatusTeller.class);

    /**
     * @param state {@code tapping} or {@code finished}
     * @param why   null unless it is over; the document has no field for it, so it is told only where something failed
     * @return done when it is written down; never fails: a status that cannot be written down does not end a tap
     */
    CompletionStage<Void> tell(String state, TapInfo info, Instant now, String why) {
        if (spec.statusUrl() == null) {
            return CompletableFuture.completedFuture(null);
        }
        String json = StatusEvent.json(state, spec, identity, info, now, info.endedInOrder() ? null : why);
        CompletionStage<Void> sent;
        try {
            sent = callbacks.send(Callback.json("tap", identity.callId(), spec.statusUrl(), json));
        } catch (RuntimeException refused) {
            sent = CompletableFuture.failedFuture(refused);
        }
        return sent.exceptionally(failure -> {
            LOG.warn("[{}] tap {}: status {} is not told: {}", identity.callId(), identity.controlId(), state, failure.getMessage());
            return null;
        });
    }
}
