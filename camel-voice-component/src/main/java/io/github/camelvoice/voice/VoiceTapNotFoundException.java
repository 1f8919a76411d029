package io.github.camelvoice.voice;

/** The call has no such tap, or none at all. */
public class VoiceTapNotFoundException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceTapNotFoundException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
