package io.github.camelvoice.voice;

/** No new calls now: the engine is shutting down, or a limit is reached. Of voice:sipinfo and voice:session: the store cannot be read now. */
public class VoiceUnavailableException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceUnavailableException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
