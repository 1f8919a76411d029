package io.github.camelvoice.store.secret;

/** A sealed secret cannot be read. The message goes on after the name of the secret, and has nothing of it. */
public final class UnsealException extends Exception {

    private static final long serialVersionUID = 1L;

    UnsealException(String message) {
        super(message);
    }
}
