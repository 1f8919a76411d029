package io.github.camelvoice.webhook;

import io.github.camelvoice.callback.Callbacks;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.Teller;
import io.github.camelvoice.subscription.sep.SepDocument;
import io.github.camelvoice.subscription.sep.SepWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells receivers of subscriptions what changes, with the documents of the SIP Event Package API. Of a subscription one callback at a time is under way;
 * what changes meanwhile goes into the next one, with the newest states. Thread-safe; nothing here waits.
 */
public final class SubscriptionCallbacks implements Teller {

    /**
     * What it works with.
     *
     * @param subscriptions where whole subscriptions are found
     * @param host          host and port of the URIs of lists
     * @param xml           writes a document
     * @param json          writes a document
     * @param pool          threads of mailboxes
     */
    public record Tools(Callbacks callbacks, Supplier<Subscriptions> subscriptions, Supplier<String> host, Function<SepDocument, byte[]> xml,
                        Function<SepDocument, byte[]> json, EngineClock clock, Timers timers, Executor pool) {
    }

    /**
     * Counted since the start.
     *
     * @param documents given to the sender of callbacks
     * @param coalesced changes of which the receiver saw only a later state, since they came while a callback was under way
     * @param failed    documents that could not be written down, and were tried again later
     */
    public record Figures(long documents, long coalesced, long failed) {
    }

    /** An origin ends with this where the subscription was made with JSON, and is told of with JSON. */
    public static final String JSON = "+json";

    final Tools tools;
    final LongAdder documents = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder failed = new LongAdder();
    private final Map<String, Telling> tellings = new ConcurrentHashMap<>();

    public SubscriptionCallbacks(Tools tools) {
        this.tools = tools;
    }

    /** With the documents of the SIP Event Package API. */
    public static SubscriptionCallbacks of(Callbacks callbacks, Supplier<Subscriptions> subscriptions, Supplier<String> host, EngineClock clock,
                                           Timers timers, Executor pool) {
        return new SubscriptionCallbacks(new Tools(callbacks, subscriptions, host, SepWriter::xml, SepWriter::json, clock, timers, pool));
    }

    @Override
    public void taken(SubscriptionInfo info) {
        if (info.receiver() == null) {
            released(info.id());
        } else {
            tellings.computeIfAbsent(info.id(), id -> new Telling(this, id)).taken(info);
        }
    }

    @Override
    public void changed(StateChange change) {
        Telling telling = tellings.get(change.subscriptionId());
        if (telling != null) {
            telling.changed(change);
        }
    }

    @Override
    public CompletionStage<Void> ended(SubscriptionInfo info) {
        Telling telling = tellings.remove(info.id());
        return telling == null ? CompletableFuture.completedFuture(null) : telling.ended(info);
    }

    @Override
    public void released(String subscriptionId) {
        Telling telling = tellings.remove(subscriptionId);
        if (telling != null) {
            telling.released();
        }
    }

    public Figures figures() {
        return new Figures(documents.sum(), coalesced.sum(), failed.sum());
    }
}
