package io.github.camelvoice.call;

/** A command that could not be carried out, with its kind; the call itself goes on. */
public final class CallException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Kind {
        /** No live call has that id. */
        NO_SUCH_CALL,
        /** The call's state does not allow it (any more). */
        WRONG_STATE,
        /** The far end refused (hold, for example). */
        REFUSED,
        /** Media could not do it: no port, unreadable source, no space. */
        MEDIA,
        /** The command itself is wrong. */
        BAD_REQUEST,
        /** The engine takes no new calls now: draining, or a limit is reached. */
        UNAVAILABLE,
        /** A user of ours who is to be called has no phone registered. */
        NOT_REGISTERED,
        /** Nobody may be called there. */
        FORBIDDEN,
        /** The account has had its share of calls for now. */
        OVERLOADED
    }

    private final Kind kind;
    private final String callId;

    public CallException(Kind kind, String callId, String message) {
        this(kind, callId, message, null);
    }

    public CallException(Kind kind, String callId, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.callId = callId;
    }

    public Kind kind() {
        return kind;
    }

    /** The call in question, null if there is none. */
    public String callId() {
        return callId;
    }
}
