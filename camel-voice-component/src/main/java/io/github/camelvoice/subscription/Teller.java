package io.github.camelvoice.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who tells the receivers of subscriptions: a port of this room. Called on the mailbox of the subscription, to return at once. */
public interface Teller {

    Teller NONE = new Teller() {
        @Override
        public void taken(SubscriptionInfo info) {
        }

        @Override
        public void changed(StateChange change) {
        }

        @Override
        public CompletionStage<Void> ended(SubscriptionInfo info) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void released(String subscriptionId) {
        }
    };

    /** It was made, taken up, or has another receiver or other resources. {@link SubscriptionInfo#told} says what its receiver knows. */
    void taken(SubscriptionInfo info);

    void changed(StateChange change);

    /** It is over. Done when the last word to the receiver is written down: the subscription is forgotten after that. */
    CompletionStage<Void> ended(SubscriptionInfo info);

    /** Another node watches it from now on. */
    void released(String subscriptionId);
}
