package io.github.camelvoice.subscription.state.mime;

/** A body that is not what its media type says. The message is fit for people and quotes no content. */
public final class MimeException extends Exception {

    private static final long serialVersionUID = 1L;

    public MimeException(String message) {
        super(message);
    }
}
