package io.github.camelvoice.voice;

/** The destination is not allowed: the policy for outbound connections refuses it, or the guard of calls. Of voice:session: it is not for this one to do. */
public class VoiceForbiddenException extends VoiceException {

    private static final long serialVersionUID = 1L;

    public VoiceForbiddenException(String callId, String message, Throwable cause) {
        super(callId, message, cause);
    }
}
