package io.github.camelvoice.subscription;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Subscriptions to the state of others. Thread-safe; nothing here waits. */
public interface Subscriptions {

    /**
     * Makes a subscription, or takes up the one that has the id of the request.
     *
     * @return done when it survives the end of this process; the first SUBSCRIBE goes out in its own time. Fails with {@link SubscriptionException}
     */
    CompletionStage<SubscriptionInfo> create(SubscriptionRequest request);

    /** Changes resources, end or receiver. Fails with {@link SubscriptionException}. */
    CompletionStage<SubscriptionInfo> change(String id, SubscriptionEdit edit);

    /** Unsubscribes and forgets; done when it is forgotten for good. Fails with {@link SubscriptionException}. */
    CompletionStage<Void> end(String id);

    /** With the last state of every resource. */
    Optional<SubscriptionInfo> get(String id);

    /** Without resources, oldest first. @param account null for all */
    List<SubscriptionInfo> list(String account);

    /** Changes from now on, in order per subscription. Close it to hear no more. */
    Following follow(ChangeFilter filter, ChangeListener listener);

    /** Somebody who hears changes. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
