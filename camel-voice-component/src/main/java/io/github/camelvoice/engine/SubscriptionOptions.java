package io.github.camelvoice.engine;

import io.github.camelvoice.subscription.Ownership;
import io.github.camelvoice.subscription.SubscriptionSettings;
import io.github.camelvoice.subscription.WatcherCredentials;
import java.util.Objects;

/**
 * How others are watched.
 *
 * @param settings    pace, pauses, lists and quotas
 * @param ownership   which subscriptions are watched by this node, where nodes share a store
 * @param credentials with which SUBSCRIBE is sent
 */
public record SubscriptionOptions(SubscriptionSettings settings, Ownership ownership, WatcherCredentials credentials) {

    public static final SubscriptionOptions STANDARD = new SubscriptionOptions(SubscriptionSettings.DEFAULT, Ownership.ALL, WatcherCredentials.NONE);

    public SubscriptionOptions {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(ownership, "ownership");
        Objects.requireNonNull(credentials, "credentials");
    }

    public SubscriptionOptions withSettings(SubscriptionSettings value) {
        return new SubscriptionOptions(value, ownership, credentials);
    }

    public SubscriptionOptions withOwnership(Ownership value) {
        return new SubscriptionOptions(settings, value, credentials);
    }

    public SubscriptionOptions withCredentials(WatcherCredentials value) {
        return new SubscriptionOptions(settings, ownership, value);
    }

    /** Whether other nodes share the subscriptions. */
    boolean shared() {
        return ownership != Ownership.ALL;
    }
}
