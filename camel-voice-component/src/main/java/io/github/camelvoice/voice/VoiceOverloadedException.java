package io.github.camelvoice.voice;

/** The account has had its share of calls, too many a second or at a time, of subscriptions, of accounts, or of what waits to be played. Later it may work. */
public class VoiceOverloadedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceOverloadedException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
