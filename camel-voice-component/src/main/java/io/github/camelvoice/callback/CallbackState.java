package io.github.camelvoice.callback;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a callback has come. Kept by name. */
public enum CallbackState {

    /** Not delivered yet. */
    WAITING,
    /** The receiver has taken it. */
    DELIVERED,
    /** The receiver has refused it for good, its time was over, or somebody dropped it. */
    GIVEN_UP;

    /** As people write it: {@code given-up}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException listing what there is */
    public static CallbackState ofLabel(String label) {
        for (CallbackState state : values()) {
            if (state.label().equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("no state of callbacks: '" + label + "'; there are " + labels());
    }

    private static List<String> labels() {
        return Arrays.stream(values()).map(CallbackState::label).toList();
    }
}
