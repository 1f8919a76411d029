package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The called party declined (603, 607). */
public class VoiceDeclinedException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceDeclinedException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
