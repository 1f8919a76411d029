package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Taps as a document asks for them. Thread-safe; nothing here waits. Stages fail with a message fit for the author of the document. */
public interface TapPort {

    /** Where there are no taps. */
    TapPort NONE = new TapPort() {
        @Override
        public CompletionStage<Started> start(Call call, TapOrder.Filled order, String sessionId) {
            return CompletableFuture.failedFuture(new IllegalStateException("there are no taps here"));
        }

        @Override
        public CompletionStage<Started> stream(Call call, StreamOrder order, String sessionId) {
            return CompletableFuture.failedFuture(new IllegalStateException("there are no streams here"));
        }

        @Override
        public CompletionStage<Void> stop(String callId, String controlId) {
            return CompletableFuture.failedFuture(new IllegalStateException("there are no taps here"));
        }
    };

    /** @param sessionId of the execution, part of the status events */
    CompletionStage<Started> start(Call call, TapOrder.Filled order, String sessionId);

    /** The same to a WebSocket, in the frames that the field has for {@code Stream}. */
    CompletionStage<Started> stream(Call call, StreamOrder order, String sessionId);

    /** @param controlId null: the tap that was started last */
    CompletionStage<Void> stop(String callId, String controlId);

    /** Ends when a tap that was started is over; with what failed, or null where it ended in order. */
    default CompletionStage<String> ended(String callId, String controlId) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * What became of a tap.
     *
     * @param uri           without credentials
     * @param sourceAddress where our RTP comes from; null for other destinations
     * @param failure       why the destination could not be reached; null where it was
     */
    record Started(String uri, String controlId, String sourceAddress, int sourcePort, int ptime, String codec, int rate, String failure) {
    }
}
