package io.github.camelvoice.sip.stack;

import java.io.IOException;

/** A listening point could not be opened; the message names transport, address and reason. */
public final class SipStartException extends IOException {

    private static final long serialVersionUID = 1L;

    public SipStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
