package io.github.camelvoice.voice;

/** No live call has the id that was named; of voice:sipinfo: no call that is kept. */
public class VoiceCallNotFoundException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceCallNotFoundException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
