package io.github.camelvoice.voice;

import java.util.Arrays;
import java.util.Locale;

/** What a producer of {@code voice:transfer} does; the names are those of the option {@code operation}. */
public enum TransferOperation {
    /** Transfers a call. */
    TRANSFER,
    /** Does what the far end asked for. */
    ACCEPT,
    /** Refuses it. */
    REFUSE;

    /** As it stands in a URI: {@code accept}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException listing what there is */
    public static TransferOperation of(String word) {
        for (TransferOperation operation : values()) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("voice:transfer has no operation '" + word + "'; there are "
                + Arrays.stream(values()).map(TransferOperation::word).toList());
    }
}
