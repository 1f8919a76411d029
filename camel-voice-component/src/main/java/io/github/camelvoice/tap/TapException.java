package io.github.camelvoice.tap;

/** A tap could not be started, changed or stopped. The message is fit for the caller: it names what is wrong and nothing of our insides. */
public final class TapException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of mistake it is. */
    public enum Kind {
        /** The request makes no sense. */
        BAD_REQUEST,
        /** The destination is not allowed (outbound policy). */
        FORBIDDEN,
        /** There is no such tap, or no tap at all. */
        NO_SUCH_TAP,
        /** The call cannot be tapped now, or has a tap of this id, or a voice, already. */
        CONFLICT,
        /** No more taps: a bound of the engine. */
        BUSY
    }

    private final Kind kind;

    public TapException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public TapException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
