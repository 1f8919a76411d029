package io.github.camelvoice.subscription;

/** Told of changes of subscriptions, on the mailbox of the subscription: to return at once. */
public interface ChangeListener {

    void changed(StateChange change);

    /** The subscription is over; nothing more is told of it. */
    default void ended(SubscriptionInfo info) {
    }
}
