package io.github.camelvoice.dial;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;

/** Which of several failures speaks for all (RFC 3261, section 16.7), and what it means. */
final class Best {

    private Best() {
    }

    /** Final status of the INVITE of a leg that is over, or answered. */
    static int code(CallSnapshot leg) {
        return leg.answeredAt() != null || leg.cause() == null ? 200 : leg.cause().sipCode();
    }

    /** Whether {@code other} speaks rather than {@code best}; of equals the first stays. */
    static boolean isBetter(CallSnapshot other, CallSnapshot best) {
        return best == null || rank(other) < rank(best);
    }

    /** 6xx first, then by class; within a class one that asks for something, then what the far end said before what we made of its silence. */
    static int rank(CallSnapshot leg) {
        int code = code(leg);
        int order = code >= 600 ? 0 : code / 100;
        boolean ours = leg.cause() != null && leg.cause().endedBy() != EndCause.Origin.REMOTE;
        return order * 10 + (asksForSomething(code) ? 0 : ours ? 2 : 1);
    }

    private static boolean asksForSomething(int code) {
        return code == 401 || code == 407 || code == 415 || code == 420 || code == 484;
    }

    static DialResult.Outcome outcome(int code) {
        return switch (code) {
            case 200 -> DialResult.Outcome.COMPLETED;
            case 486, 600, 603 -> DialResult.Outcome.BUSY;
            case 408, 480, 487 -> DialResult.Outcome.NO_ANSWER;
            default -> DialResult.Outcome.FAILED;
        };
    }

    static int forCaller(int code) {
        if (code == 0) {
            return 500;
        }
        if (code < 400 || code == 401 || code == 407 || code == 487 || code > 699) {
            return 480;
        }
        return code == 503 ? 500 : code;
    }
}
