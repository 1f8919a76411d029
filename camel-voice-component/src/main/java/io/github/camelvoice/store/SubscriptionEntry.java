package io.github.camelvoice.store;

import io.github.camelvoice.trace.LogEntry;
import java.time.Instant;

/** What happened to a subscription, as it is written down. Each entry has a number of its own. Bytes are those of {@link SubscriptionForm}. */
public sealed interface SubscriptionEntry extends LogEntry {

    /**
     * It was made, or what is asked for has changed.
     *
     * @param details not to be changed
     */
    record Put(long number, String id, String account, long version, Instant createdAt, byte[] details) implements SubscriptionEntry {
    }

    /**
     * The newest state of an instance.
     *
     * @param version of the subscription after the change
     * @param details not to be changed; null if the instance is forgotten
     */
    record State(long number, String id, long version, String resource, String instance, byte[] details) implements SubscriptionEntry {
    }

    /** Whoever is told of changes knows all up to this version. */
    record Told(long number, String id, long version) implements SubscriptionEntry {
    }

    /** It is over. */
    record Removed(long number, String id, Instant at) implements SubscriptionEntry {
    }

    /**
     * A node that does not own it was asked to change or to end it.
     *
     * @param edit what is to be different, null to end it
     */
    record Asked(long number, String id, Instant at, byte[] edit) implements SubscriptionEntry {
    }

    /** The owner has done what was asked. @param source as the store numbers it */
    record Answered(long number, int source, long asked) implements SubscriptionEntry {
    }
}
