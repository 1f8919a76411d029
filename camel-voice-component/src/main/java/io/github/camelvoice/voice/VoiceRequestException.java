package io.github.camelvoice.voice;

/** What was asked for is wrong in itself: a malformed target, a missing or senseless option or header. The message names it. */
public class VoiceRequestException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceRequestException(String message) {
        this(null, message, null);
    }

    public VoiceRequestException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
