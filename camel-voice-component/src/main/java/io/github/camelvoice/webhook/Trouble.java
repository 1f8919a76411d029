package io.github.camelvoice.webhook;

import io.github.camelvoice.document.ApplicationException;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.outbound.HttpFailure;

/** Why an application gave no document, in the numbers that the field has for it ({@code ErrorCode}). */
enum Trouble {
    /** The URL is none, or nothing may be sent there. */
    REFUSED(11100),
    /** No answer, or one that is no success. */
    NOT_FETCHED(11200),
    PROTOCOL(11251),
    TOO_LARGE(11750),
    NO_DOCUMENT(12100),
    MEDIA_TYPE(12300),
    REDIRECTS(111215);

    private final int code;

    Trouble(int code) {
        this.code = code;
    }

    ApplicationException because(String message) {
        return new ApplicationException(code, message);
    }

    /** The number of a failure of a request, or of reading its answer. */
    static int codeOf(Throwable failure) {
        if (failure instanceof ApplicationException known) {
            return known.code();
        }
        return failure instanceof DocumentException ? NO_DOCUMENT.code : NOT_FETCHED.code;
    }

    static Trouble of(HttpFailure failure) {
        return switch (failure.kind()) {
            case REFUSED -> REFUSED;
            case REDIRECT -> REDIRECTS;
            case TOO_LARGE -> TOO_LARGE;
            case PROTOCOL -> PROTOCOL;
            case UNRESOLVED, CONNECT, TLS, READ_TIMEOUT, TOTAL_TIMEOUT, BUSY -> NOT_FETCHED;
        };
    }
}
