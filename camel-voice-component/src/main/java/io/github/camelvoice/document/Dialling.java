package io.github.camelvoice.document;

import io.github.camelvoice.dial.Dials;
import io.github.camelvoice.dial.Redirects;
import java.util.function.UnaryOperator;

/**
 * How documents dial.
 *
 * @param dials        calls the targets; null where nobody does
 * @param identity     from a user to the address of our From header
 * @param redirects    whether 3xx answers are followed
 * @param headerPrefix of the headers that tell the called side which call of ours it is: {@code X-Voice-}
 */
public record Dialling(Dials dials, UnaryOperator<String> identity, Redirects redirects, String headerPrefix) {

    /** Where nobody is called. */
    public static final Dialling NONE = new Dialling(null, user -> null, Redirects.NONE, "X-Voice-");
}
