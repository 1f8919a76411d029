package io.github.camelvoice.voice;

/** The audio could not do it: a source that cannot be read, a file that cannot be written, no free port. */
public class VoiceMediaException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceMediaException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
