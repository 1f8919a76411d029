package io.github.camelvoice.registration;

/** What a refusal of a REGISTER leads to. Pure. */
enum NextTry {
    /** After what the server asked for. */
    ASKED,
    /** After a pause that grows with failures in a row. */
    BACK_OFF,
    /** It does not pass by itself: after a long pause. */
    SLOWLY;

    /** @param retryAfter seconds, -1 for none */
    static NextTry after(int code, int retryAfter) {
        if (!passes(code)) {
            return SLOWLY;
        }
        return retryAfter > 0 ? ASKED : BACK_OFF;
    }

    /** The server, or what is between, may be in a better mood soon. A redirection is none: we do not follow it. */
    private static boolean passes(int code) {
        return switch (code) {
            case 408, 429, 430, 480, 481, 482, 483, 486, 491, 600 -> true;
            case 501, 505, 513 -> false;
            default -> code >= 500 && code < 600;
        };
    }
}
