package io.github.camelvoice.outbound;

/** A request that got no whole answer. The message is fit for a log and for the record of a delivery: no credentials, no body. */
public final class HttpFailure extends Exception {

    /** Why, and whether the same request may succeed later. */
    public enum Kind {
        /** Refused by the policy or malformed; nothing was sent. */
        REFUSED(false),
        /** The name has no address at the moment. */
        UNRESOLVED(true),
        /** No connection within the time for it, or refused by the far end. */
        CONNECT(true),
        /** Certificate or handshake. */
        TLS(true),
        /** Connected, but the far end was silent for too long. */
        READ_TIMEOUT(true),
        /** The time for all of it is over. */
        TOTAL_TIMEOUT(true),
        /** Redirected more than three times, from https to http, or to where nothing may be sent. */
        REDIRECT(false),
        /** More body than is taken. */
        TOO_LARGE(false),
        /** Not HTTP, or the connection broke in the middle of it. */
        PROTOCOL(true),
        /** Too many requests wait here already. */
        BUSY(true);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Kind kind;

    HttpFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    HttpFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static HttpFailure of(TargetException refused) {
        return new HttpFailure(refused.kind() == TargetException.Kind.UNRESOLVED ? Kind.UNRESOLVED : Kind.REFUSED, refused.getMessage(), refused);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed later. */
    public boolean isRetryable() {
        return kind.retryable;
    }
}
