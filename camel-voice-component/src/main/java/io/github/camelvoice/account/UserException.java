package io.github.camelvoice.account;

/** A user cannot be added, changed or removed as it was asked. */
public final class UserException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why. */
    public enum Kind {
        /** The name or the password cannot be one. */
        INVALID,
        NOT_FOUND,
        /** The user is one of the settings, or users come from where they cannot be changed. */
        ELSEWHERE
    }

    UserException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
