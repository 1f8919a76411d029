package io.github.camelvoice.outbound;

/** A URL that nothing is sent to. The message names what is wrong with it, is fit for the answer of an API, and has no secrets in it. */
public final class TargetException extends Exception {

    /** What is wrong. */
    public enum Kind {
        /** Not a URL by the strict rules, or one with parts that have no business there. */
        MALFORMED,
        /** A scheme that this use does not have. */
        SCHEME,
        /** User name and password in a URL where they are not taken. */
        CREDENTIALS,
        /** The policy does not let anything go to that host, port or address. */
        NOT_ALLOWED,
        /** The name has no address at the moment; the only kind that may be different next time. */
        UNRESOLVED
    }

    private final Kind kind;

    TargetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static TargetException malformed(String message) {
        return new TargetException(Kind.MALFORMED, message);
    }

    public Kind kind() {
        return kind;
    }
}
