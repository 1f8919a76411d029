package io.github.camelvoice.voice;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Goes on with an exchange when a stage of a call is done. */
final class Continuation {

    private Continuation() {
    }

    /** What becomes of the exchange when the stage came out well. */
    @FunctionalInterface
    interface Step<T> {
        void apply(T result) throws VoiceException;
    }

    static <T> void resume(Executor threads, CompletionStage<T> stage, Exchange exchange, AsyncCallback callback, Step<T> step) {
        stage.whenComplete((result, failure) -> threads.execute(() -> {
            try {
                if (failure != null) {
                    exchange.setException(Failures.translate(failure));
                } else {
                    step.apply(result);
                }
            } catch (VoiceException | RuntimeException wrong) {
                exchange.setException(wrong);
            } finally {
                callback.done(false);
            }
        }));
    }
}
