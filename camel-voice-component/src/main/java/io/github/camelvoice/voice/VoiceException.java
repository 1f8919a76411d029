package io.github.camelvoice.voice;

import org.apache.camel.CamelException;

/**
 * An operation on a call that failed for an expected reason. The subclasses tell the reasons apart for {@code onException}. They come from
 * a call's mailbox, where a stack trace would say nothing: they have none.
 */
public abstract class VoiceException extends CamelException {

    private static final long serialVersionUID = 1L;

    private final String callId;

    protected VoiceException(String callId, String message, Throwable cause) {
        super(callId == null ? message : "[" + callId + "] " + message, cause);
        this.callId = callId;
    }

    /** The call in question, null if there is none. */
    public String getCallId() {
        return callId;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
