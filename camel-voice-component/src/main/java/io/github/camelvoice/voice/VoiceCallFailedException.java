package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** A placed call that ended before it came as far as the exchange waited for. */
public abstract class VoiceCallFailedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    private final transient EndCause endCause;
    private final int sipCode;
    private final boolean retryable;

    protected VoiceCallFailedException(String callId, EndCause endCause) {
        super(callId, message(endCause), null);
        this.endCause = endCause;
        this.sipCode = endCause.sipCode();
        this.retryable = endCause.retryable();
    }

    private static String message(EndCause cause) {
        return "the call failed: " + cause.kind().tag() + ", " + cause.sipCode() + " " + cause.phrase() + ", ended by "
                + cause.endedBy().name().toLowerCase(java.util.Locale.ROOT)
                + (cause.reason().isEmpty() ? "" : ", Reason: " + cause.reason());
    }

    /** Why the call failed; null after serialization. */
    public EndCause getEndCause() {
        return endCause;
    }

    /** SIP status of the failure. */
    public int getSipCode() {
        return sipCode;
    }

    /** Whether a new attempt, later or elsewhere, may succeed. */
    public boolean isRetryable() {
        return retryable;
    }

    static VoiceCallFailedException of(String callId, EndCause cause) {
        return switch (cause.kind()) {
            case BUSY -> new VoiceBusyException(callId, cause);
            case NO_ANSWER -> new VoiceNoAnswerException(callId, cause);
            case DECLINED -> new VoiceDeclinedException(callId, cause);
            case CANCELLED -> new VoiceCancelledException(callId, cause);
            case UNAUTHORIZED -> new VoiceAuthenticationException(callId, cause);
            case REDIRECTED -> new VoiceRedirectedException(callId, cause);
            case TRANSPORT -> new VoiceTransportException(callId, cause);
            default -> new VoiceRejectedException(callId, cause);
        };
    }
}
