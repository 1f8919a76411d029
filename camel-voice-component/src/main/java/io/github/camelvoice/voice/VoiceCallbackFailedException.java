package io.github.camelvoice.voice;

import java.time.Duration;

/** A callback was not delivered, and may be later: what a route from voice:callbacks throws where the receiver says when. */
public class VoiceCallbackFailedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public VoiceCallbackFailedException(String message) {
        this(message, null, null);
    }

    /** @param retryAfter how long the receiver wants to be left alone, null for nothing */
    public VoiceCallbackFailedException(String message, Duration retryAfter, Throwable cause) {
        super(null, message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the receiver wants to be left alone, null for nothing. */
    public Duration getRetryAfter() {
        return retryAfter;
    }
}
