package io.github.camelvoice.subscription;

/** Something asked of subscriptions that is not done. */
public final class SubscriptionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public SubscriptionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What kind of failure. */
    public enum Kind {
        /** The request cannot be meant. */
        BAD_REQUEST,
        NOT_FOUND,
        /** A quota is used up. */
        TOO_MANY,
        /** It could not be written down. */
        UNAVAILABLE
    }
}
