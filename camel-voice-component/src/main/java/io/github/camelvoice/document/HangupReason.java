package io.github.camelvoice.document;

import java.util.Locale;

/** Why a document ends its call: what the other side is told, before and after the answer. */
public enum HangupReason {
    HANGUP(480, "Temporarily Unavailable", 16, "Normal call clearing"),
    BUSY(486, "Busy Here", 17, "User busy"),
    DECLINE(603, "Decline", 21, "Call rejected");

    private final int code;
    private final String phrase;
    private final int cause;
    private final String text;

    HangupReason(int code, String phrase, int cause, String text) {
        this.code = code;
        this.phrase = phrase;
        this.cause = cause;
        this.text = text;
    }

    /** Status that refuses a call that was not answered. */
    public int code() {
        return code;
    }

    public String phrase() {
        return phrase;
    }

    /** Value of the Reason header of a BYE (RFC 3326), with a cause of Q.850. */
    public String reasonHeader() {
        return "Q.850;cause=" + cause + ";text=\"" + text + "\"";
    }

    /** {@code busy} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
