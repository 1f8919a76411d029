package io.github.camelvoice.voice;

/** The state of the call, or of the session, does not allow the operation, or not any more: the far end may have been quicker. */
public class VoiceCallStateException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceCallStateException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
