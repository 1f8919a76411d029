package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The far end does not let us: no or wrong credentials (401, 407), or forbidden (403). */
public class VoiceAuthenticationException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceAuthenticationException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
