package io.github.camelvoice.callback;

import java.util.Set;

/**
 * How a {@link Courier} works.
 *
 * @param targets names that it can deliver to, beside URLs
 * @param slots   attempts at once; one receiver gets half of them at most
 */
public record Terms(Set<String> targets, int slots, Schedule schedule) {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    public Terms {
        targets = Set.copyOf(targets);
        for (String name : targets) {
            if (!isName(name)) {
                throw new IllegalArgumentException("a callback target has 1 to 64 letters, digits, dots, hyphens and underscores: " + name);
            }
        }
        if (slots < 1 || slots > 1000) {
            throw new IllegalArgumentException("deliveries at once must be 1 to 1000: " + slots);
        }
    }

    static boolean isName(String text) {
        return text.matches(NAME);
    }

    int slotsOfOne() {
        return Math.max(1, slots / 2);
    }
}
