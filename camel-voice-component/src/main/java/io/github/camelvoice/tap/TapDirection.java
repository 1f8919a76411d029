package io.github.camelvoice.tap;

import java.util.Locale;

/** Whose voice a tap takes, seen from the far end of the tapped leg: what it says, what it hears, or both. */
public enum TapDirection {
    SPEAK, LISTEN, BOTH;

    /** As in documents: {@code speak}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean speaks() {
        return this != LISTEN;
    }

    public boolean listens() {
        return this != SPEAK;
    }

    /** {@code hear} is another word for {@code listen}. @throws IllegalArgumentException listing what there is */
    public static TapDirection of(String word) {
        return switch (word) {
            case "speak" -> SPEAK;
            case "listen", "hear" -> LISTEN;
            case "both" -> BOTH;
            default -> throw new IllegalArgumentException("direction must be speak, listen (or hear) or both: " + word);
        };
    }
}
