package io.github.camelvoice.subscription;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Subscriptions to the state of others. Thread-safe; nothing here waits, but for {@link #find} and {@link #findAll}. */
public interface Subscriptions {

    /**
     * Makes a subscription. One that has the id and the event of the request already is returned as it is, and takes the credentials of the request.
     * Where another node is responsible for the id, the request is kept in mind until this node is.
     *
     * @return done when it survives the end of this process; the first SUBSCRIBE goes out in its own time. Fails with {@link SubscriptionException}
     */
    CompletionStage<SubscriptionInfo> create(SubscriptionRequest request);

    /** Changes resources, end or receiver. Fails with {@link SubscriptionException}. */
    CompletionStage<SubscriptionInfo> change(String id, SubscriptionEdit edit);

    /** Unsubscribes and forgets; done when it is forgotten for good. Fails with {@link SubscriptionException}. */
    CompletionStage<Void> end(String id);

    /**
     * Asks once for the state of each resource (Expires: 0); nothing is kept.
     *
     * @return done when each has told its state or failed: then {@link ResourceInfo#trouble} says why
     */
    CompletionStage<SubscriptionInfo> fetch(SubscriptionRequest request);

    /** The receiver knows all changes up to this version. */
    void told(String id, long version);

    /** One that is watched here, with the last state of every resource. */
    Optional<SubscriptionInfo> get(String id);

    /** Those watched here, without resources, oldest first. @param account null for all */
    List<SubscriptionInfo> list(String account);

    /** One that is watched by whatever node. Waits for the store: not to be called on a mailbox. */
    Optional<SubscriptionInfo> find(String id) throws IOException;

    /** Those of all nodes, without resources, oldest first. Waits for the store: not to be called on a mailbox. @param account null for all */
    List<SubscriptionInfo> findAll(String account, int most) throws IOException;

    /** What is held at this moment, and what was counted since the start. */
    SubscriptionFigures figures();

    /** Changes from now on, in order per subscription. Close it to hear no more. */
    Following follow(ChangeFilter filter, ChangeListener listener);

    /** Somebody who hears changes. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
