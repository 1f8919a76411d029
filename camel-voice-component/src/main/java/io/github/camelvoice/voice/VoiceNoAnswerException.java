package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** Nobody answered in time (408, or our own ring timeout). */
public class VoiceNoAnswerException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceNoAnswerException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
