package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The far end named another address (3xx); the header {@code CamelVoiceSipHeader.Contact} has it. */
public class VoiceRedirectedException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceRedirectedException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
