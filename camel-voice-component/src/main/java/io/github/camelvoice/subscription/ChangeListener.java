package io.github.camelvoice.subscription;

/** Told of changes of subscriptions, on the mailbox of the subscription: to return at once. */
public interface ChangeListener {

    void changed(StateChange change);

    /** This node watches the subscription from now on, with the states known so far: after a restart, or because another node is gone. */
    default void takenUp(SubscriptionInfo info) {
    }

    /** Another node watches the subscription from now on. */
    default void released(String subscriptionId) {
    }

    /** The subscription is over; nothing more is told of it. */
    default void ended(SubscriptionInfo info) {
    }
}
