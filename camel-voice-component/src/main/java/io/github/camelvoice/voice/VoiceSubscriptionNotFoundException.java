package io.github.camelvoice.voice;

/** There is no such subscription, or no such watcher: it is over, or never was. */
public class VoiceSubscriptionNotFoundException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceSubscriptionNotFoundException(String message, Throwable cause) {
        super(null, message, cause);
    }
}
