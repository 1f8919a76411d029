package io.github.camelvoice.voice;

/** The account has had its share of calls, too many a second or at a time, or of subscriptions. Later it may work. */
public class VoiceOverloadedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceOverloadedException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
