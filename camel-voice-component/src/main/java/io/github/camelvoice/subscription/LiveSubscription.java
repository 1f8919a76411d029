package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Timers.Timer;
import io.github.camelvoice.subscription.SubscriptionException.Kind;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.subscription.WatcherCredentials.Access;
import io.github.camelvoice.subscription.state.EventState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription as it is kept alive. What changes it runs on its mailbox; {@link #info} is for anybody. */
final class LiveSubscription extends Watching {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscription.class);

    /** Done when it is written down for the first time. */
    final CompletableFuture<Void> written = new CompletableFuture<>();
    /** Done when it is forgotten. */
    final CompletableFuture<Void> forgotten = new CompletableFuture<>();
    private final Instant createdAt;
    private final Consumer<LiveSubscription> onForgotten;
    private volatile long version;
    private volatile long told;
    private volatile boolean over;
    private Timer untilTimer;

    /** A new one. @param request with its id */
    LiveSubscription(SubscriptionDesk desk, SubscriptionRequest request, Consumer<LiveSubscription> onForgotten) {
        super(desk, request, Resources.of(request.resources()), false);
        this.onForgotten = onForgotten;
        createdAt = now();
        version = 1;
    }

    /** One that was kept. @param access its credentials, or null */
    LiveSubscription(SubscriptionDesk desk, SubscriptionStore.Kept kept, Access access, Consumer<LiveSubscription> onForgotten) {
        super(desk, Requests.withAccess(kept.request(), access), new Resources(resources(kept)), false);
        this.onForgotten = onForgotten;
        createdAt = kept.info().createdAt();
        version = kept.info().version();
        told = kept.info().told();
    }

    private static List<LiveResource> resources(SubscriptionStore.Kept kept) {
        Resources asked = Resources.of(kept.request().resources());
        Resources known = new Resources(kept.info().resources().stream().map(each -> new LiveResource(each, asked.has(each.uri()))).toList());
        List<LiveResource> resources = new ArrayList<>();
        for (LiveResource each : asked.all()) {
            resources.add(known.has(each.uri()) ? known.find(each.uri()) : each);
        }
        resources.addAll(known.all());
        return resources;
    }

    /** Its first task. @param takenUp whether it was made before */
    void begin(boolean takenUp) {
        LOG.info("[{}] {} of {} resources{}", id, request.event(), request.resources().size(), takenUp ? ", taken up" : "");
        setUntil();
        if (takenUp) {
            SubscriptionInfo info = info(true);
            desk.followers.tell(id, request.account(), request.event(), listener -> listener.takenUp(info));
        }
        tellTaken();
        watch(requested());
    }

    /** Those that were asked for; others belong to lists. */
    private List<LiveResource> requested() {
        return request.resources().stream().map(each -> resources.find(each.uri())).distinct().toList();
    }

    private void tellTaken() {
        if (request.receiver() != null) {
            services.teller().taken(info(true));
        }
    }

    private void setUntil() {
        if (untilTimer != null) {
            untilTimer.cancel();
            untilTimer = null;
        }
        Instant until = request.until();
        if (until != null) {
            long nanos = Math.max(0, Duration.between(now(), until).toNanos());
            untilTimer = after(nanos, () -> {
                if (until.equals(request.until())) {
                    LOG.info("[{}] its time is over", id);
                    finish();
                }
            });
        }
    }

    boolean isOver() {
        return over;
    }

    SubscriptionInfo info(boolean withResources) {
        SubscriptionRequest now = request;
        List<LiveResource> all = resources.all();
        long newest = version;
        if (withResources) {
            for (LiveResource each : all) {
                newest = Math.max(newest, each.version());
            }
        }
        return new SubscriptionInfo(id, now.account(), now.event(), state(all), newest, createdAt, now.until(), now.accept(), now.receiver(),
                now.origin(), withResources ? all.stream().map(LiveResource::info).toList() : List.of(), all.size(), told, services.ids().node());
    }

    private SubscriptionInfo.State state(List<LiveResource> all) {
        if (over) {
            return SubscriptionInfo.State.ENDED;
        }
        boolean refused = true;
        boolean known = false;
        for (LiveResource each : all) {
            refused &= each.isRefused();
            known |= each.isKnown();
        }
        return refused ? SubscriptionInfo.State.FAILED : known ? SubscriptionInfo.State.ACTIVE : SubscriptionInfo.State.PENDING;
    }

    @Override
    public long nextVersion() {
        version++;
        return version;
    }

    @Override
    public void changed(LiveResource resource, InstanceInfo after, EventState changed) {
        if (over) {
            return;
        }
        services.store().keep(id, after.version(), resource.uri(), after);
        desk.counters.changes.increment();
        StateChange change = new StateChange(id, request.account(), request.event(), after.version(), resource.uri(), after, changed,
                after.changedAt());
        desk.followers.tell(id, request.account(), request.event(), listener -> listener.changed(change));
        if (request.receiver() != null) {
            services.teller().changed(change);
        }
    }

    @Override
    public void dropped(LiveResource resource, InstanceInfo instance) {
        if (!over) {
            services.store().drop(id, version, resource.uri(), instance.id());
        }
    }

    @Override
    public long pause(Resubscription next, int failures) {
        return desk.pause(next, failures);
    }

    @Override
    public boolean isOnce() {
        return false;
    }

    @Override
    public void over(Watch watch) {
        watches.remove(watch);
    }

    void told(long upTo) {
        if (upTo > told && !over) {
            told = Math.min(upTo, version);
            services.store().told(id, told);
        }
    }

    /** Credentials that came with a later request; what was refused for want of them is tried again. */
    void take(Access given) {
        if (given != null && !given.equals(access)) {
            access = given;
            for (Watch watch : List.copyOf(watches)) {
                if (watch.isRefusedForGood()) {
                    watch.start();
                }
            }
        }
    }

    /** @param next checked */
    CompletionStage<SubscriptionInfo> edit(SubscriptionEdit edit, List<Resource> next) {
        if (over) {
            return CompletableFuture.failedFuture(new SubscriptionException(Kind.NOT_FOUND, "the subscription is over: " + id));
        }
        SubscriptionRequest before = request;
        List<Resource> list = next == null ? before.resources() : next;
        Instant until = edit.until() == null ? before.until() : edit.until();
        String receiver = edit.receiver() == null ? before.receiver() : edit.receiver();
        try {
            if (next != null) {
                exchange(next);
            }
        } catch (SubscriptionException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        request = Requests.edited(before, list, until, receiver);
        version++;
        if (!Objects.equals(until, before.until())) {
            setUntil();
        }
        SubscriptionInfo info = info(true);
        return services.store().put(info, request).handle((done, failure) -> {
            mailbox.execute(this::tellTaken);
            if (failure != null) {
                throw new CompletionException(Failures.unavailable(failure));
            }
            return info;
        });
    }

    /** Other resources: those that stay keep their watches, but where a list is not the same any more. */
    private void exchange(List<Resource> next) throws SubscriptionException {
        Resources wanted = Resources.of(next);
        List<LiveResource> had = requested();
        List<LiveResource> gone = had.stream().filter(each -> !wanted.has(each.uri())).collect(Collectors.toCollection(ArrayList::new));
        List<LiveResource> more = wanted.all().stream().filter(each -> !resources.has(each.uri())).toList();
        desk.quotas.grow(had.size() - gone.size(), more.size());
        desk.quotas.shrink(gone.size());
        List<LiveResource> toWatch = unwatch(gone);
        gone.forEach(each -> each.forget(this));
        resources.remove(gone);
        resources.add(more);
        toWatch.addAll(more);
        watch(toWatch);
    }

    /** Unsubscribes on the wire, tells, and forgets. */
    void finish() {
        if (over) {
            return;
        }
        over = true;
        version++;
        cancelUntil();
        LOG.info("[{}] ended", id);
        SubscriptionInfo info = info(true);
        desk.followers.tell(id, request.account(), request.event(), listener -> listener.ended(info));
        List.copyOf(watches).forEach(Watch::end);
        CompletionStage<Void> lastWord = request.receiver() == null ? CompletableFuture.completedFuture(null) : services.teller().ended(info);
        lastWord.handle((done, failure) -> {
            if (failure != null) {
                LOG.warn("[{}] its receiver could not be told of the end: {}", id, failure.getMessage());
            }
            return services.store().remove(id);
        }).thenCompose(removed -> removed).whenComplete((done, failure) -> {
            onForgotten.accept(this);
            if (failure == null) {
                forgotten.complete(null);
            } else {
                LOG.warn("[{}] could not be removed from the store: {}", id, failure.getMessage());
                forgotten.completeExceptionally(Failures.unavailable(failure));
            }
        });
    }

    private void cancelUntil() {
        if (untilTimer != null) {
            untilTimer.cancel();
            untilTimer = null;
        }
    }

    /** Stops without a word to the wire. @param another whether another node watches from now on */
    void release(boolean another) {
        if (over) {
            List.copyOf(watches).forEach(Watch::release);
            return;
        }
        over = true;
        cancelUntil();
        List.copyOf(watches).forEach(Watch::release);
        if (another) {
            LOG.info("[{}] is watched by another node from now on", id);
            desk.followers.tell(id, request.account(), request.event(), listener -> listener.released(id));
            if (request.receiver() != null) {
                services.teller().released(id);
            }
        }
        onForgotten.accept(this);
        forgotten.complete(null);
    }
}
