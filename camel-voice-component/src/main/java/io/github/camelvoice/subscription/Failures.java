package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionException.Kind;
import java.util.concurrent.CompletionException;

/** Failures of the store, as the callers of subscriptions get them. */
final class Failures {

    private Failures() {
    }

    static SubscriptionException unavailable(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof SubscriptionException known ? known
                : new SubscriptionException(Kind.UNAVAILABLE, "subscriptions cannot be written down just now: " + cause.getMessage());
    }
}
