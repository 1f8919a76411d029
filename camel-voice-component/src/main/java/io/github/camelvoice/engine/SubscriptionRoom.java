package io.github.camelvoice.engine;

import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.subscription.Errands;
import io.github.camelvoice.subscription.LiveSubscriptions;
import io.github.camelvoice.subscription.SubscriptionServices;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.subscription.spi.EventSignalling;
import io.github.camelvoice.webhook.SubscriptionCallbacks;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires what watches others: subscriptions, where they are kept, who is told of changes. Thread-safe; starts once and closes once. */
final class SubscriptionRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRoom.class);
    private static final Duration ERRANDS_EVERY = Duration.ofSeconds(1);
    private static final long READ_LIMIT_SECONDS = 2;

    /** NOTIFYs of lists are large: calls do not wait for them. */
    private final ExecutorService threads = Executors.newFixedThreadPool(2, Threads.named("watch"));
    /** Waits for the store. */
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(Threads.named("subscriptions"));
    private final SubscriptionStore store;
    private final LiveSubscriptions subscriptions;
    private final SubscriptionCallbacks callbacks;
    /** Null where nobody shares the subscriptions. */
    private final Errands errands;

    /** @param advertised host and port that others know us by */
    SubscriptionRoom(SubscriptionOptions options, CallArchive archive, EventSignalling signalling, Dispatcher dispatcher, Supplier<String> advertised,
             EngineClock clock, Timers timers, Ids ids, Executor mailboxes) {
        callbacks = SubscriptionCallbacks.of(dispatcher, this::subscriptions, advertised, clock, timers, mailboxes);
        store = archive.subscriptions(options.shared());
        subscriptions = new LiveSubscriptions(new SubscriptionServices(signalling, store, options.ownership(), options.credentials(), callbacks,
                clock, timers, ids, threads, waiting, new SecureRandom()), options.settings());
        errands = options.shared() ? new Errands(store, options.ownership(), subscriptions, subscriptions::load) : null;
    }

    void start() {
        subscriptions.start();
        if (errands != null) {
            errands.start(ERRANDS_EVERY);
        }
    }

    LiveSubscriptions subscriptions() {
        return subscriptions;
    }

    SubscriptionStore store() {
        return store;
    }

    SubscriptionCallbacks callbacks() {
        return callbacks;
    }

    /** An embedded database does not survive that one of its readers is interrupted: whoever reads is waited for. */
    @Override
    public void close() {
        if (errands != null) {
            errands.close();
        }
        subscriptions.close();
        threads.shutdownNow();
        waiting.shutdown();
        try {
            if (!waiting.awaitTermination(READ_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the store of subscriptions is still being read");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
