package io.github.camelvoice.voice;

/** No new calls now: the engine is shutting down, or a limit is reached. */
public class VoiceUnavailableException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceUnavailableException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
