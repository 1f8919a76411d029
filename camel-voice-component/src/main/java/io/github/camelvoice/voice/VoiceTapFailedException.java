package io.github.camelvoice.voice;

/** The far end of a tap could not be reached, or refused it; thrown with {@code failOnError=true} alone. */
public class VoiceTapFailedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceTapFailedException(String callId, String message) {
        super(callId, message, null);
    }
}
