package io.github.camelvoice.voice;

import io.github.camelvoice.call.EndCause;

/** The call was given up before it was answered (487): by a hang-up of ours, or because the bridged caller went away. */
public class VoiceCancelledException extends VoiceCallFailedException {

    private static final long serialVersionUID = 1L;

    public VoiceCancelledException(String callId, EndCause endCause) {
        super(callId, endCause);
    }
}
