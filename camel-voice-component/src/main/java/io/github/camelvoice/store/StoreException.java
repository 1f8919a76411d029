package io.github.camelvoice.store;

/** The store cannot be reached or refuses: try again later. The message has no secrets. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
