package io.github.camelvoice.voice;

import java.util.Arrays;
import java.util.Locale;

/** What a producer of {@code voice:tap} does; the names are those of the option {@code operation}. */
public enum TapOperation {
    START, STOP, CHANGE, PAUSE, RESUME, LIST, SHOW;

    /** As it stands in a URI: {@code start}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException listing what there is */
    public static TapOperation of(String word) {
        for (TapOperation operation : values()) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("voice:tap has no operation '" + word + "'; there are "
                + Arrays.stream(values()).map(TapOperation::word).toList());
    }
}
