package io.github.camelvoice.document;

/** An application gave no document. The message may be told to people. */
public final class ApplicationException extends Exception {

    private static final long serialVersionUID = 1L;
    private final int code;

    /** @param code as the field numbers them: 11200 not fetched, 11750 too large, 12100 no document, … */
    public ApplicationException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
