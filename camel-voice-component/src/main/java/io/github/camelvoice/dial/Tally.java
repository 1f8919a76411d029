package io.github.camelvoice.dial;

import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import java.time.Duration;

/** What a dial's targets came to so far, and the best of it. Belongs to the dial's mailbox. */
final class Tally {

    private CallSnapshot best;
    private int bestIndex = -1;
    private CallException refusal;
    private boolean canceled;

    void ended(Branch branch, CallSnapshot now) {
        if (Best.isBetter(now, best)) {
            best = now;
            bestIndex = branch.index;
        }
    }

    /** A target could not be called: the first of these is told if none was. */
    void refused(CallException why) {
        refusal = refusal == null ? why : refusal;
    }

    /** The winner could not be connected. */
    void notConnected(CallException why) {
        refusal = why;
    }

    void canceled() {
        canceled = true;
    }

    DialResult won(Branch winner, boolean bridged, Duration duration) {
        return new DialResult(DialResult.Outcome.COMPLETED, winner.leg, winner.index, winner.leg.snapshot(), bridged, duration, null);
    }

    /** @param connecting somebody had the call, and could not be connected */
    DialResult failed(boolean connecting) {
        DialResult.Outcome outcome = canceled ? DialResult.Outcome.CANCELED
                : best == null || connecting ? DialResult.Outcome.FAILED : Best.outcome(Best.code(best));
        return new DialResult(outcome, null, bestIndex, best, false, Duration.ZERO, best == null || connecting ? refusal : null);
    }
}
