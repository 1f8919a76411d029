package io.github.camelvoice.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes callbacks. Thread-safe; nothing here waits. */
public interface Callbacks {

    /** Where nobody delivers. */
    Callbacks NONE = new Callbacks() {

        private static final String NOBODY = "nobody delivers callbacks here";

        @Override
        public void check(String target) {
            throw new IllegalArgumentException(NOBODY);
        }

        @Override
        public CompletionStage<Void> send(Callback callback) {
            return CompletableFuture.failedFuture(new IllegalStateException(NOBODY));
        }
    };

    /**
     * Says early what would go wrong with a target: to be asked before what it is to be told of begins.
     *
     * @throws IllegalArgumentException in words for whoever gave the target: it is neither an http(s) URL nor a known name, the policy for
     *                                  outbound connections refuses it, or nobody delivers callbacks
     */
    void check(String target);

    /**
     * Takes a callback; it is delivered, or given up, in its own time.
     *
     * @return done when it is written down so that it survives the end of this process; failed with {@link IllegalArgumentException} if the
     *         target is no target, with {@link IllegalStateException} if it could not be written down. Dependants must be quick
     */
    CompletionStage<Void> send(Callback callback);

    /**
     * For those who have one callback at a time under way.
     *
     * @return done when no callback with this order key waits for the receiver of this target: each was delivered or given up, those of earlier
     *         runs included. Dependants must be quick
     */
    default CompletionStage<Void> idle(String target, String orderKey) {
        return CompletableFuture.completedFuture(null);
    }
}
