package io.github.camelvoice.document;

import java.util.Locale;

/** How far a called leg has come: the four events of a status callback. */
public enum CallProgress {
    INITIATED, RINGING, ANSWERED,
    /** It is over, whatever it came to. */
    COMPLETED;

    /** {@code initiated} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
