package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Recordings as applications ask for them. Thread-safe; nothing here waits. */
@FunctionalInterface
public interface RecordingPort {

    /** Where nothing is recorded. */
    RecordingPort NONE = (call, order) -> new Running() {
        @Override
        public String id() {
            return "none";
        }

        @Override
        public String url() {
            return null;
        }

        @Override
        public void stop() {
            // there is nothing to stop
        }

        @Override
        public CompletionStage<RecordingNews> ended() {
            return CompletableFuture.completedFuture(new RecordingNews(id(), RecordingStatus.FAILED, null, order.source(), 1, Instant.EPOCH, 0,
                    "nothing is recorded here"));
        }
    };

    /**
     * Begins to record a call as soon as it has audio: at once where it has, else with its answer. What goes wrong is told as the end. The end
     * of the call ends it.
     */
    Running start(Call call, RecordingOrder order);

    /** A recording that was asked for. */
    interface Running {

        /** Its RecordingSid. */
        String id();

        /** Where it can be fetched, without ending, once it is completed; null where nobody serves recordings. */
        String url();

        /** Ends it; nothing if it has ended. */
        void stop();

        /** Done when it is completed, absent or failed, and that is told. Never fails. Dependants must be quick. */
        CompletionStage<RecordingNews> ended();
    }
}
