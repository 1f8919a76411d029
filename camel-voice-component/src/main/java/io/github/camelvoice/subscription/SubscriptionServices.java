package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.subscription.spi.EventSignalling;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What subscriptions work with.
 *
 * @param mailboxes threads of mailboxes
 * @param waiting   where the store is waited for: one thread at a time, so that what was gained and lost happens in order
 * @param chance    spreads pauses; thread-safe
 */
public record SubscriptionServices(EventSignalling signalling, SubscriptionStore store, Ownership ownership, WatcherCredentials credentials,
                                   Teller teller, EngineClock clock, Timers timers, Ids ids, Executor mailboxes, Executor waiting,
                                   RandomGenerator chance) {
}
