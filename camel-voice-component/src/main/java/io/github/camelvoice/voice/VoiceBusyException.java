package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The called party is busy (486, 600). */
public class VoiceBusyException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceBusyException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
