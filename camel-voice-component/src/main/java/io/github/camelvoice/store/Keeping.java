package io.github.camelvoice.store;

import io.github.camelvoice.store.secret.SecretBox;

/**
 * How accounts of ours and their histories are kept.
 *
 * @param secrets seals their passwords
 * @param history statuses that are kept of each account
 */
public record Keeping(SecretBox secrets, int history) {

    public static final int DEFAULT_HISTORY = 1_000;
    public static final int MOST_HISTORY = 100_000;

    public Keeping {
        if (history < 1 || history > MOST_HISTORY) {
            throw new IllegalArgumentException("a history has 1 to " + MOST_HISTORY + " statuses: " + history);
        }
    }

    /** Passwords are sealed for this process alone. */
    public static Keeping ofThisProcess() {
        return new Keeping(SecretBox.ofThisProcess(), DEFAULT_HISTORY);
    }
}
