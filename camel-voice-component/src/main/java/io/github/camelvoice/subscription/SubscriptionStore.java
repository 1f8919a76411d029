package io.github.camelvoice.subscription;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where subscriptions and last states are kept: a port of this room. Thread-safe; only {@link #load}, {@link #find} and {@link #list} wait. */
public interface SubscriptionStore {

    /** A subscription as it is kept: the request without its {@link SubscriptionRequest#access}. */
    record Kept(SubscriptionInfo info, SubscriptionRequest request) {
    }

    /** Writes a new or changed request down; done when it survives the end of this process. */
    CompletionStage<Void> put(SubscriptionInfo info, SubscriptionRequest request);

    /** Keeps the newest state of an instance. @param version of the subscription after the change */
    void keep(String subscriptionId, long version, String resource, InstanceInfo instance);

    /** An instance that is forgotten. */
    void drop(String subscriptionId, long version, String resource, String instance);

    /** The receiver of callbacks knows everything up to this version. */
    void told(String subscriptionId, long version);

    /** Forgets a subscription; done when it is forgotten for good. */
    CompletionStage<Void> remove(String subscriptionId);

    /** Those of a partition, with their states. */
    List<Kept> load(int partition) throws IOException;

    Optional<Kept> find(String subscriptionId) throws IOException;

    /** Without resources, oldest first. @param account null for all */
    List<SubscriptionInfo> list(String account, int most) throws IOException;
}
