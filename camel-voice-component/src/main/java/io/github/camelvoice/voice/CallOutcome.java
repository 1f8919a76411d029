package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.dial.DialResult;

/** What becomes of an inbound call when its route is through. */
final class CallOutcome {

    private static final int SERVER_ERROR = 500;
    private static final int FORBIDDEN = 403;
    private static final int NOT_REGISTERED = 480;
    private static final int OVERLOADED = 503;
    private static final String FAILED = "SIP;cause=500;text=\"Server Internal Error\"";

    private final int undecidedCode;
    private final boolean hangupOnFailure;
    private final boolean hangupOnEnd;

    /** @throws IllegalArgumentException naming the option that is wrong */
    CallOutcome(VoiceConfiguration options) {
        undecidedCode = options.getUndecidedCode();
        if (undecidedCode < 400 || undecidedCode > 699) {
            throw new IllegalArgumentException("undecidedCode must be a code from 400 to 699: " + undecidedCode);
        }
        hangupOnFailure = isHangup("onFailure", options.getOnFailure());
        hangupOnEnd = isHangup("onEnd", options.getOnEnd());
    }

    /** What the caller may know of a failure: why nobody took the call, that it may not be, that it may be later, or nothing. */
    private static int codeOf(Throwable failure) {
        if (failure instanceof VoiceCallFailedException called) {
            return DialResult.callerCode(called.getSipCode());
        }
        if (failure instanceof VoiceNotRegisteredException) {
            return NOT_REGISTERED;
        }
        return failure instanceof VoiceForbiddenException ? FORBIDDEN
                : failure instanceof VoiceOverloadedException || failure instanceof VoiceUnavailableException ? OVERLOADED : SERVER_ERROR;
    }

    private static boolean isHangup(String option, String word) {
        return switch (word) {
            case "hangup" -> true;
            case "keep" -> false;
            default -> throw new IllegalArgumentException(option + " has no value '" + word + "'; there are [hangup, keep]");
        };
    }

    /** If the call moved on meanwhile the command fails, and that is fine. */
    void settle(Call call, boolean failed, Throwable failure) {
        CallState state = call.snapshot().state();
        if (state.isUndecided()) {
            int code = failed ? codeOf(failure) : undecidedCode;
            call.execute(new CallCommand.Reject(code, Phrases.of(code), code == OVERLOADED ? SipHeaders.of("Retry-After", "5") : SipHeaders.none()));
        } else if (state.isAnswered() && failed && hangupOnFailure) {
            call.execute(new CallCommand.Hangup(FAILED, SipHeaders.none()));
        } else if (state.isAnswered() && !failed && hangupOnEnd) {
            call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        }
    }
}
