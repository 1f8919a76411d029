package io.github.camelvoice.voice;

/** The call is over: the far end hung up before the operation, as callers do. */
public class VoiceCallEndedException extends VoiceCallStateException {

    private static final long serialVersionUID = 1L;

    public VoiceCallEndedException(String callId, Throwable cause) {
        this(callId, "the call is over", cause);
    }

    public VoiceCallEndedException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
