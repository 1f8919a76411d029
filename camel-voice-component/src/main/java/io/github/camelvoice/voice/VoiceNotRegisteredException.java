package io.github.camelvoice.voice;

/** The user of ours who was to be called has no phone registered. */
public class VoiceNotRegisteredException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceNotRegisteredException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
