package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.subscription.SubscriptionStore.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what other nodes were asked of subscriptions that are ours, and finds subscriptions of ours that other nodes left behind. For nodes that share
 * a store.
 */
public final class Errands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final int MOST = 500;
    /** Turns between two looks for what others left behind. */
    private static final int LOOK_EVERY = 15;

    private final SubscriptionStore store;
    private final Ownership ownership;
    private final Subscriptions subscriptions;
    private final IntConsumer load;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Threads.named("subscription-errands"));
    private final Set<Asked> underWay = new HashSet<>();
    private int turns;
    private boolean failing;

    /** @param load brings the subscriptions of a partition that are not known yet; need not be done when it returns */
    public Errands(SubscriptionStore store, Ownership ownership, Subscriptions subscriptions, IntConsumer load) {
        this.store = store;
        this.ownership = ownership;
        this.subscriptions = subscriptions;
        this.load = load;
    }

    /** @param every how often the store is asked */
    public void start(Duration every) {
        thread.scheduleWithFixedDelay(this::turn, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void turn() {
        try {
            for (Asked asked : store.asked(MOST)) {
                if (ownership.owns(Ownership.partition(asked.subscriptionId())) && begins(asked)) {
                    carryOut(asked);
                }
            }
            if (++turns % LOOK_EVERY == 0) {
                store.partitionsOfOthers().stream().filter(ownership::owns).forEach(load::accept);
            }
            failing = false;
        } catch (IOException away) {
            if (!failing) {
                LOG.warn("what other nodes were asked cannot be read now: {}", away.getMessage());
            }
            failing = true;
        } catch (RuntimeException bug) {
            LOG.error("looking for what other nodes were asked goes on after a failure", bug);
        }
    }

    private boolean begins(Asked asked) {
        synchronized (underWay) {
            return underWay.add(asked);
        }
    }

    private void isOver(Asked asked) {
        synchronized (underWay) {
            underWay.remove(asked);
        }
    }

    private void carryOut(Asked asked) throws IOException {
        String id = asked.subscriptionId();
        if (subscriptions.get(id).isEmpty()) {
            if (store.find(id).isEmpty()) {
                store.answered(asked);
            }
            isOver(asked);
            return;
        }
        CompletionStage<?> done = asked.edit() == null ? subscriptions.end(id) : subscriptions.change(id, asked.edit());
        done.whenComplete((nothing, failure) -> {
            Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : failure;
            boolean later = cause instanceof SubscriptionException refused && refused.kind() == SubscriptionException.Kind.UNAVAILABLE;
            if (!later) {
                store.answered(asked);
                if (failure != null) {
                    LOG.warn("subscription {}: what another node was asked cannot be done: {}", id, cause.getMessage());
                }
            }
            isOver(asked);
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
