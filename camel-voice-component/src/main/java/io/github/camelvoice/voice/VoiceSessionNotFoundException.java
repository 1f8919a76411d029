package io.github.camelvoice.voice;

/** There is no such account here: nobody registered it, or it was unregistered, or it is somebody else's. */
public class VoiceSessionNotFoundException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceSessionNotFoundException(String message, Throwable cause) {
        super(null, message, cause);
    }
}
