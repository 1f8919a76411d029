package io.github.camelvoice.subscription;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where subscriptions and last states are kept: a port of this room. Thread-safe; only what throws {@link IOException} waits. */
public interface SubscriptionStore {

    /** A subscription as it is kept: the request without its {@link SubscriptionRequest#access}. */
    record Kept(SubscriptionInfo info, SubscriptionRequest request) {
    }

    /**
     * Writes a new or changed request down; done when it survives the end of this process, and where nodes share the store when they can read it,
     * too, unless it is away. Fails with {@link IOException} where it cannot be written: whoever made it new then calls {@link #remove}.
     */
    CompletionStage<Void> put(SubscriptionInfo info, SubscriptionRequest request);

    /** Keeps the newest state of an instance, in the order of calls and before what is written after it. @param version of the subscription after the change */
    void keep(String subscriptionId, long version, String resource, InstanceInfo instance);

    /** An instance that is forgotten. */
    void drop(String subscriptionId, long version, String resource, String instance);

    /** The receiver of callbacks knows everything up to this version. */
    void told(String subscriptionId, long version);

    /** Forgets a subscription; done when it is forgotten for good. */
    CompletionStage<Void> remove(String subscriptionId);

    /** Those of a partition, with their states, oldest first. From now on we write about them, and what other nodes write is ignored. */
    List<Kept> load(int partition) throws IOException;

    Optional<Kept> find(String subscriptionId) throws IOException;

    /** Without resources, oldest first. @param account null for all */
    List<SubscriptionInfo> list(String account, int most) throws IOException;

    /**
     * Asks the node that owns the subscription.
     *
     * @param edit what is to be different, null to end it
     * @return done when the owner can read it; fails with {@link IOException}
     */
    CompletionStage<Void> ask(String subscriptionId, SubscriptionEdit edit);

    /** What was asked of any node and has not been answered, oldest first. */
    List<Asked> asked(int most) throws IOException;

    /** It was done, or cannot be. */
    void answered(Asked asked);

    /** Partitions with subscriptions that other nodes own: of those that are ours, {@link #load} has some that we do not know. */
    Set<Integer> partitionsOfOthers() throws IOException;

    /**
     * Says that this node is alive.
     *
     * @return how often each node that shares the store has said so, by its number: one whose count stands still is gone
     */
    Map<Integer, Long> beat() throws IOException;

    /**
     * Something that a node was asked that does not own the subscription.
     *
     * @param source the node, as the store numbers it
     * @param number of what was asked of it
     * @param edit   null to end it
     */
    record Asked(int source, long number, String subscriptionId, SubscriptionEdit edit) {
    }
}
