package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The far end could not be reached: no route, connection refused, TLS failure. */
public class VoiceTransportException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceTransportException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
