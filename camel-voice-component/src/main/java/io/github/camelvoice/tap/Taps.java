package io.github.camelvoice.tap;

import io.github.camelvoice.call.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The taps of this node's calls. Thread-safe; nothing here waits. Stages fail with {@link TapException}, and must have quick dependants. */
public interface Taps {

    /**
     * Starts a tap in the background. The stage ends when its audio flows and that is written down for the status URL; or, where the sink could
     * not be reached, with an info in state FAILED and its reason.
     */
    CompletionStage<TapInfo> start(Call call, TapSpec spec);

    /** The same to a route of this process: frames go to the receiver. The spec's URI is {@code route:NAME}. */
    CompletionStage<TapInfo> start(Call call, TapSpec spec, FrameReceiver receiver);

    /** @param controlId null: the tap that was started last. The stage ends when the tap is over. */
    CompletionStage<TapInfo> stop(String callId, String controlId);

    /** Ends when an active tap is over, whoever ends it. */
    default CompletionStage<TapInfo> ended(String callId, String controlId) {
        return CompletableFuture.failedFuture(new TapException(TapException.Kind.NO_SUCH_TAP, "there is no tap " + controlId));
    }

    /** @param controlId null: the tap that was started last */
    CompletionStage<TapInfo> change(String callId, String controlId, TapChange change);

    /** Active taps of a call in the order of their start; empty if it has none, or is none. */
    List<TapInfo> list(String callId);

    /** All active taps. */
    List<TapInfo> list();

    /** Sums since the start. */
    default TapTotals totals() {
        return TapTotals.NONE;
    }

    /** Frames for a route. Called on a tap's thread: must return at once. */
    interface FrameReceiver {

        /** @param frame a fresh array; {@code sequence} counts frames of a track from 0; {@code offsetMillis} from the start of the tap */
        void frame(io.github.camelvoice.call.spi.MediaTap.Track track, byte[] frame, long sequence, long offsetMillis);

        /** Nothing follows. */
        void ended(TapInfo info);
    }
}
