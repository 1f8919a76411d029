package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** Any other refusal: not found, not acceptable, overloaded, server error; {@code getEndCause().kind()} says which. */
public class VoiceRejectedException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceRejectedException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
