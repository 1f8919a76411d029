package io.github.camelvoice.voice;

/** The far end refused, to be held for example; the call goes on. */
public class VoiceRefusedException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceRefusedException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
