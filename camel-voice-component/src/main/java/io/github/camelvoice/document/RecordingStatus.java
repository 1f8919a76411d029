package io.github.camelvoice.document;

import java.util.Locale;

/** What becomes of a recording. */
public enum RecordingStatus {
    IN_PROGRESS,
    COMPLETED,
    /** There was nothing to keep: too short, or nothing but silence. */
    ABSENT,
    FAILED;

    /** {@code in-progress} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException listing the words */
    public static RecordingStatus of(String word) {
        for (RecordingStatus each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("must be in-progress, completed, absent or failed: " + word);
    }
}
