package io.github.camelvoice.call.spi;

/** An expected failure of the media plane. */
public final class MediaException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong; {@code sipCode} is the answer that an INVITE gets for it. */
    public enum Kind {
        PORTS_EXHAUSTED(503),
        UNKNOWN_CODEC(488),
        MALFORMED_SDP(400),
        NOT_ACCEPTABLE(488),
        WRONG_STATE(500),
        BAD_SOURCE(400),
        STORAGE(500);

        private final int sipCode;

        Kind(int sipCode) {
            this.sipCode = sipCode;
        }

        public int sipCode() {
            return sipCode;
        }
    }

    private final Kind kind;

    public MediaException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public MediaException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
