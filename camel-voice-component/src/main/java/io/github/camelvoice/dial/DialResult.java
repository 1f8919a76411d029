package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import java.time.Duration;

/**
 * What a dial came to.
 *
 * @param outcome  in one word
 * @param winner   the leg that has, or had, the call; null if none
 * @param index    target of the winner, or of {@code best}; -1 if no target was called
 * @param best     the winner's call, or where there is none the best failure: by RFC 3261, section 16.7, one with a 6xx, then of the lowest class,
 *                 within 4xx one that asks for something before the others. Null if no target was called
 * @param bridged  whether caller and winner were connected
 * @param duration of their connection; without a caller, of the winner's call from its answer; zero before {@link Dial#over}
 * @param refusal  why the first target could not be called, where none could; else null
 */
public record DialResult(Outcome outcome, Call winner, int index, CallSnapshot best, boolean bridged, Duration duration, CallException refusal) {

    /** One word for it, as {@code DialCallStatus} has them. */
    public enum Outcome {
        /** A leg was answered; it may have been declined in its screening: see {@link DialResult#bridged}. */
        COMPLETED,
        BUSY,
        NO_ANSWER,
        FAILED,
        /** The caller went away, or the dial was cancelled. */
        CANCELED
    }

    /** The final status of the INVITE that {@code best} stands for: 200 where it was answered; 0 if no target was called. */
    public int sipCode() {
        return best == null ? 0 : Best.code(best);
    }

    /**
     * What an undecided caller is told where nobody took the call: the best failure, in so far as it makes sense to others than us. Redirections,
     * challenges and declined screenings are 480, 503 is 500 (RFC 3261, section 16.7).
     */
    public int callerCode() {
        return callerCode(sipCode());
    }

    /** The same of a final status, 0 where there is none. */
    public static int callerCode(int code) {
        return Best.forCaller(code);
    }
}
