package io.github.camelvoice.webhook;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.SignatureScheme;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the receiver of one subscription. What it knows is confined to its mailbox. */
final class Telling {

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final String KIND = "subscription";
    private static final int RETRY_SECONDS = 5;
    /** Of more resources the names alone do not fit into one callback. */
    private static final int MOST_OF_WHOLE = 1_500;

    private final SubscriptionCallbacks owner;
    private final String id;
    private final Mailbox mailbox;
    private final Untold untold = new Untold();
    private SubscriptionInfo facts;
    /** Version up to which the receiver has been told, as far as documents are written down, or about to be. */
    private long sent;
    private boolean busy;
    /** Whether a document of the whole subscription is too large. */
    private boolean large;
    private boolean over;

    Telling(SubscriptionCallbacks owner, String id) {
        this.owner = owner;
        this.id = id;
        this.mailbox = new Mailbox(owner.tools.pool(), id);
        mailbox.release(() -> LOG.debug("[{}] its receiver is told of changes", id));
    }

    void taken(SubscriptionInfo info) {
        mailbox.execute(() -> {
            boolean another = facts != null && !facts.receiver().equals(info.receiver());
            sent = another ? 0 : Math.max(sent, info.told());
            List<Untold.News> unknown = new ArrayList<>();
            for (ResourceInfo resource : info.resources()) {
                for (InstanceInfo instance : resource.instances()) {
                    if (instance.version() > sent && untold.find(resource.uri(), instance.id()) == null) {
                        unknown.add(new Untold.News(resource.uri(), instance));
                    }
                }
            }
            untold.addAll(unknown);
            know(info);
            go();
        });
    }

    /** The resources are not kept: they are found when they are told. */
    private void know(SubscriptionInfo info) {
        large = info.size() > MOST_OF_WHOLE;
        facts = new SubscriptionInfo(info.id(), info.account(), info.event(), info.state(), info.version(), info.createdAt(), info.until(),
                info.accept(), info.receiver(), info.origin(), List.of(), info.size(), info.told(), info.owner());
    }

    void changed(StateChange change) {
        mailbox.execute(() -> {
            if (change.instance().version() <= sent) {
                return;
            }
            if (untold.add(change)) {
                owner.coalesced.increment();
            }
            go();
        });
    }

    void released() {
        mailbox.execute(() -> over = true);
    }

    /** @return done when the last words are written down; after a failure they are tried again until they are */
    CompletionStage<Void> ended(SubscriptionInfo info) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            over = true;
            facts = info;
            lastWords(done);
        });
        return done;
    }

    private void lastWords(CompletableFuture<Void> done) {
        CompletableFuture<?>[] all;
        try {
            all = Part.last(facts, untold, owner.tools.clock().now(), form()).stream().map(body -> send(body).toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
        } catch (RuntimeException bug) {
            LOG.error("[{}] the end of the subscription cannot be told", id, bug);
            done.complete(null);
            return;
        }
        CompletableFuture.allOf(all).whenComplete((written, failure) -> {
            if (failure == null) {
                owner.documents.add(all.length);
                done.complete(null);
            } else {
                later(failure, () -> lastWords(done));
            }
        });
    }

    /** Waits until nothing of this subscription is under way any more, also from an earlier run, and tells what is new then. */
    private void go() {
        if (busy || over || facts == null || untold.isEmpty()) {
            return;
        }
        busy = true;
        owner.tools.callbacks().idle(facts.receiver(), key()).whenComplete((idle, failure) -> mailbox.execute(this::tell));
    }

    private String key() {
        return KIND + "/" + id;
    }

    private void tell() {
        if (over || untold.isEmpty()) {
            busy = false;
            return;
        }
        Part part;
        try {
            part = part();
        } catch (RuntimeException bug) {
            LOG.error("[{}] a change of the subscription cannot be told", id, bug);
            untold.take(List.copyOf(untold.all()));
            busy = false;
            return;
        }
        long before = sent;
        sent = Math.max(sent, part.version());
        untold.take(part.news());
        send(part.body()).whenComplete((written, failure) -> mailbox.execute(() -> {
            if (failure == null) {
                owner.documents.increment();
                owner.tools.subscriptions().get().told(id, part.version());
                busy = false;
                go();
                return;
            }
            sent = before;
            untold.addAll(part.news());
            later(failure, () -> {
                busy = false;
                go();
            });
        }));
    }

    private void later(Throwable failure, Runnable again) {
        owner.failed.increment();
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : failure;
        LOG.warn("[{}] a callback of the subscription cannot be sent, it is tried again in {} s: {}", id, RETRY_SECONDS, cause.getMessage());
        owner.tools.timers().schedule(RETRY_SECONDS, TimeUnit.SECONDS, mailbox, again);
    }

    private Part part() {
        SubscriptionInfo whole = large ? null : owner.tools.subscriptions().get().get(id).orElse(null);
        Part part = whole == null ? null : Part.whole(whole, untold, sent, form());
        if (whole != null && part == null) {
            large = true;
        }
        return part == null ? Part.next(facts, untold, form()) : part;
    }

    private boolean isJson() {
        return facts.origin() != null && facts.origin().endsWith(SubscriptionCallbacks.JSON);
    }

    private Part.Form form() {
        return new Part.Form(owner.tools.host().get(), isJson() ? owner.tools.json() : owner.tools.xml());
    }

    private CompletionStage<Void> send(byte[] body) {
        try {
            return owner.tools.callbacks().send(new Callback(id, facts.receiver(), isJson() ? "application/json" : "text/xml", body,
                    SignatureScheme.SIGNALWIRE_JSON, KIND, key()));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
