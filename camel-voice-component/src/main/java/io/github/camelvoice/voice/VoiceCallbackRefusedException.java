package io.github.camelvoice.voice;

/** A callback will never be delivered: thrown in a route from voice:callbacks, it is given up at once. */
public class VoiceCallbackRefusedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceCallbackRefusedException(String message) {
        this(message, null);
    }

    public VoiceCallbackRefusedException(String message, Throwable cause) {
        super(null, message, cause);
    }
}
