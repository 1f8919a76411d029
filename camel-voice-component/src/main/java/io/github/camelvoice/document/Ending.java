package io.github.camelvoice.document;

import java.util.Locale;

/** How the execution of a document ended. */
public enum Ending {
    /** There was no further instruction. */
    COMPLETED,
    /** By the instruction that ends the call. */
    HANGUP,
    /** By {@code return}. */
    RETURNED,
    /** The call ended while the document ran. */
    CALL_OVER,
    /** An instruction could not be carried out. */
    FAILED,
    /** Another document was given to the call. */
    REPLACED;

    /** {@code call-over} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
