package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.MediaFigures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down that calls begin and end. Called on mailboxes and on threads of the sip room: nothing here waits. */
public interface CallLedger {

    /** For engines that keep nothing. */
    CallLedger NONE = new CallLedger() {
        @Override
        public String trouble() {
            return null;
        }

        @Override
        public void opened(CallSnapshot call) {
            // Nothing is kept.
        }

        @Override
        public CompletionStage<Void> ended(CallSnapshot call, MediaFigures.Pair figures) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void closed(String callId) {
            // Nothing is kept.
        }
    };

    /** In plain words why no new call can be written down now, or null. */
    String trouble();

    /** A call has begun. */
    void opened(CallSnapshot call);

    /**
     * A call is over, for the reason that the snapshot has. Done when that will outlive this process: the answer to a BYE waits for it.
     */
    CompletionStage<Void> ended(CallSnapshot call, MediaFigures.Pair figures);

    /** Its leg is closed: nothing but late retransmissions will be seen of it. */
    void closed(String callId);
}
