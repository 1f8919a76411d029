package io.github.camelvoice.voice;

import java.util.concurrent.CompletableFuture;
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

    /** @return whether the exchange went on at once, on this thread, because the stage was done already */
    static <T> boolean resume(Executor threads, CompletionStage<T> stage, Exchange exchange, AsyncCallback callback, Step<T> step) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (future.isDone()) {
            future.whenComplete((result, failure) -> apply(exchange, step, result, failure));
            callback.done(true);
            return true;
        }
        future.whenComplete((result, failure) -> threads.execute(() -> {
            apply(exchange, step, result, failure);
            callback.done(false);
        }));
        return false;
    }

    private static <T> void apply(Exchange exchange, Step<T> step, T result, Throwable failure) {
        try {
            if (failure != null) {
                exchange.setException(Failures.translate(failure));
            } else {
                step.apply(result);
            }
        } catch (VoiceException | RuntimeException wrong) {
            exchange.setException(wrong);
        }
    }
}
