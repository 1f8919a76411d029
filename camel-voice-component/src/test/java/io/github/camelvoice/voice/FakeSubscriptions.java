package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.ChangeListener;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.SubscriptionFigures;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionInfo.State;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.Subscriptions;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.StateMerge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Subscriptions without servers: the test says what resources tell. Survives engines, as a store does. */
final class FakeSubscriptions implements Subscriptions {

    final List<SubscriptionRequest> asked = new CopyOnWriteArrayList<>();
    final List<SubscriptionEdit> edits = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    volatile SubscriptionException failure;
    /** Another node watches all of them. */
    volatile boolean elsewhere;
    private final Map<String, SubscriptionInfo> all = new LinkedHashMap<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private int made;

    private record Follower(ChangeFilter filter, ChangeListener listener) {
        private boolean wants(SubscriptionInfo info) {
            return (filter.subscriptionId() == null || filter.subscriptionId().equals(info.id()))
                    && (filter.account() == null || filter.account().equals(info.account()))
                    && (filter.event() == null || filter.event().equals(info.event()));
        }
    }

    @Override
    public synchronized CompletionStage<SubscriptionInfo> create(SubscriptionRequest request) {
        asked.add(request);
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        SubscriptionInfo there = request.id() == null ? null : all.get(request.id());
        if (there != null) {
            return CompletableFuture.completedFuture(there);
        }
        String id = request.id() == null ? "s-" + ++made : request.id();
        SubscriptionInfo info = new SubscriptionInfo(id, request.account(), request.event(), State.PENDING, 1, Instant.EPOCH, request.until(),
                request.accept(), request.receiver(), request.origin(), resources(request.resources(), List.of()), request.resources().size(), 0, "n1");
        all.put(id, info);
        return CompletableFuture.completedFuture(info);
    }

    private static List<ResourceInfo> resources(List<SubscriptionRequest.Resource> wanted, List<ResourceInfo> there) {
        return wanted.stream().map(resource -> there.stream().filter(each -> each.uri().equals(resource.uri())).findFirst()
                .orElse(new ResourceInfo(resource.uri(), resource.displayName(), List.of(), null))).toList();
    }

    private static SubscriptionInfo with(SubscriptionInfo info, State state, long version, Instant until, List<ResourceInfo> resources, long told) {
        return new SubscriptionInfo(info.id(), info.account(), info.event(), state, version, info.createdAt(), until, info.accept(), info.receiver(),
                info.origin(), resources, resources.size(), told, info.owner());
    }

    /** A resource tells its state, as a document. */
    synchronized StateChange tells(String id, String uri, String contentType, String document) {
        SubscriptionInfo info = all.get(id);
        InstanceInfo before = info.resources().stream().filter(each -> each.uri().equals(uri)).findFirst().orElseThrow().instances().stream()
                .findFirst().orElse(null);
        StateMerge merged = EventPackages.of(info.event()).merge(before == null ? null : before.full().unversioned(), contentType,
                document.getBytes(StandardCharsets.UTF_8));
        EventState full = merged instanceof StateMerge.Applied applied ? applied.full() : ((StateMerge.Gap) merged).full();
        EventState changed = merged instanceof StateMerge.Applied applied ? applied.changed() : ((StateMerge.Gap) merged).changed();
        return tells(info, uri, new InstanceInfo("i1", UsageEvent.State.ACTIVE, "", full, new InstanceInfo.RawDocument(contentType, document),
                info.version() + 1, Instant.EPOCH), changed);
    }

    /** A resource is over. */
    synchronized StateChange ends(String id, String uri, String reason) {
        SubscriptionInfo info = all.get(id);
        return tells(info, uri, new InstanceInfo("i1", UsageEvent.State.TERMINATED, reason, null, null, info.version() + 1, Instant.EPOCH), null);
    }

    private StateChange tells(SubscriptionInfo info, String uri, InstanceInfo instance, EventState changed) {
        SubscriptionInfo now = with(info, State.ACTIVE, info.version() + 1, info.until(), info.resources().stream().map(each -> each.uri().equals(uri)
                ? new ResourceInfo(uri, each.displayName(), List.of(instance), null) : each).toList(), info.told());
        all.put(info.id(), now);
        StateChange change = new StateChange(info.id(), info.account(), info.event(), now.version(), uri, instance, changed, instance.changedAt());
        followers.stream().filter(follower -> follower.wants(info)).forEach(follower -> follower.listener().changed(change));
        return change;
    }

    synchronized void troubled(String id, State state, String trouble) {
        SubscriptionInfo info = all.get(id);
        all.put(id, with(info, state, info.version(), info.until(), info.resources().stream()
                .map(each -> new ResourceInfo(each.uri(), each.displayName(), each.instances(), trouble)).toList(), info.told()));
    }

    synchronized void takenUp(String id) {
        SubscriptionInfo info = all.get(id);
        followers.stream().filter(follower -> follower.wants(info)).forEach(follower -> follower.listener().takenUp(info));
    }

    @Override
    public synchronized CompletionStage<SubscriptionInfo> change(String id, SubscriptionEdit edit) {
        edits.add(edit);
        SubscriptionInfo info = all.get(id);
        if (info == null) {
            return CompletableFuture.failedFuture(new SubscriptionException(SubscriptionException.Kind.NOT_FOUND, "there is no subscription " + id));
        }
        SubscriptionInfo now = with(info, info.state(), info.version(), edit.until() == null ? info.until() : edit.until(),
                edit.resources() == null ? info.resources() : resources(edit.resources(), info.resources()), info.told());
        all.put(id, now);
        return CompletableFuture.completedFuture(now);
    }

    @Override
    public synchronized CompletionStage<Void> end(String id) {
        SubscriptionInfo info = all.remove(id);
        if (info == null) {
            return CompletableFuture.failedFuture(new SubscriptionException(SubscriptionException.Kind.NOT_FOUND, "there is no subscription " + id));
        }
        ended.add(id);
        followers.stream().filter(follower -> follower.wants(info)).forEach(follower -> follower.listener().ended(info));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<SubscriptionInfo> fetch(SubscriptionRequest request) {
        asked.add(request);
        return CompletableFuture.completedFuture(new SubscriptionInfo("fetch", request.account(), request.event(), State.ENDED, 1, Instant.EPOCH, null,
                request.accept(), null, request.origin(), resources(request.resources(), List.of()), request.resources().size(), 0, null));
    }

    @Override
    public synchronized void told(String id, long version) {
        all.computeIfPresent(id, (same, info) -> with(info, info.state(), info.version(), info.until(), info.resources(), version));
    }

    @Override
    public synchronized Optional<SubscriptionInfo> get(String id) {
        return elsewhere ? Optional.empty() : Optional.ofNullable(all.get(id));
    }

    @Override
    public synchronized List<SubscriptionInfo> list(String account) {
        return new ArrayList<>(all.values());
    }

    @Override
    public synchronized Optional<SubscriptionInfo> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    @Override
    public List<SubscriptionInfo> findAll(String account, int most) {
        return list(account);
    }

    @Override
    public SubscriptionFigures figures() {
        return new SubscriptionFigures(all.size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public Following follow(ChangeFilter filter, ChangeListener listener) {
        Follower follower = new Follower(filter, listener);
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
