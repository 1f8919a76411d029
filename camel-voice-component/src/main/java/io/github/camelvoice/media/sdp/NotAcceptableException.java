package io.github.camelvoice.media.sdp;

/** A readable session description that holds no audio which we could use; SIP says 488 to that. */
public final class NotAcceptableException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotAcceptableException(String message) {
        super(message);
    }
}
