package io.github.camelvoice.tap.dialect;

/** The far end sent what the dialect does not have. The message says what, without any of its text. */
public final class BadMessage extends Exception {

    private static final long serialVersionUID = 1L;

    public BadMessage(String message) {
        super(message, null, false, false);
    }
}
