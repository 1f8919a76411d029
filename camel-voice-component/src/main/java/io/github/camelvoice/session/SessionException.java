package io.github.camelvoice.session;

/** What was asked of a session cannot be done; the session goes on. */
public final class SessionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why, coarsely enough to branch on; the names are those of gRPC's codes. */
    public enum Kind {
        NOT_FOUND, FAILED_PRECONDITION, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, PERMISSION_DENIED, UNAVAILABLE, ABORTED
    }

    public SessionException(Kind kind, String message) {
        this(kind, message, null);
    }

    public SessionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
