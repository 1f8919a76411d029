package io.github.camelvoice.subscription;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that outlives the subscriptions of a test. */
final class MemorySubscriptions implements SubscriptionStore {

    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, InstanceInfo>>> states = new LinkedHashMap<>();
    private final Map<String, Long> told = new LinkedHashMap<>();
    final List<Asked> asked = new ArrayList<>();
    IOException failure;
    /** Completed by the test, if not null: putting takes that long. */
    CompletableFuture<Void> slow;

    @Override
    public CompletionStage<Void> put(SubscriptionInfo info, SubscriptionRequest request) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        kept.put(info.id(), new Kept(info, request));
        return slow == null ? CompletableFuture.completedFuture(null) : slow;
    }

    @Override
    public void keep(String id, long version, String resource, InstanceInfo instance) {
        states.computeIfAbsent(id, any -> new LinkedHashMap<>()).computeIfAbsent(resource, any -> new LinkedHashMap<>()).put(instance.id(), instance);
    }

    @Override
    public void drop(String id, long version, String resource, String instance) {
        states.getOrDefault(id, Map.of()).getOrDefault(resource, new LinkedHashMap<>()).remove(instance);
    }

    @Override
    public void told(String id, long version) {
        told.put(id, version);
    }

    @Override
    public CompletionStage<Void> remove(String id) {
        kept.remove(id);
        states.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Kept> load(int partition) throws IOException {
        if (failure != null) {
            throw failure;
        }
        return kept.keySet().stream().filter(id -> Ownership.partition(id) == partition).map(this::whole).toList();
    }

    private Kept whole(String id) {
        Kept one = kept.get(id);
        SubscriptionInfo info = one.info();
        Map<String, Map<String, InstanceInfo>> known = states.getOrDefault(id, Map.of());
        Set<String> uris = new LinkedHashSet<>();
        one.request().resources().forEach(each -> uris.add(each.uri()));
        uris.addAll(known.keySet());
        long version = info.version();
        List<ResourceInfo> resources = new ArrayList<>();
        for (String uri : uris) {
            List<InstanceInfo> instances = List.copyOf(known.getOrDefault(uri, Map.of()).values());
            resources.add(new ResourceInfo(uri, null, instances, null));
            for (InstanceInfo instance : instances) {
                version = Math.max(version, instance.version());
            }
        }
        return new Kept(new SubscriptionInfo(id, info.account(), info.event(), info.state(), version, info.createdAt(), info.until(), info.accept(),
                info.receiver(), info.origin(), resources, resources.size(), told.getOrDefault(id, 0L), null), one.request());
    }

    @Override
    public Optional<Kept> find(String id) {
        return kept.containsKey(id) ? Optional.of(whole(id)) : Optional.empty();
    }

    @Override
    public List<SubscriptionInfo> list(String account, int most) {
        return kept.values().stream().map(Kept::info).filter(info -> account == null || account.equals(info.account())).limit(most).toList();
    }

    @Override
    public CompletionStage<Void> ask(String id, SubscriptionEdit edit) {
        asked.add(new Asked(1, asked.size(), id, edit));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Asked> asked(int most) {
        return asked;
    }

    @Override
    public void answered(Asked done) {
        asked.remove(done);
    }

    @Override
    public Set<Integer> partitionsOfOthers() {
        return Set.of();
    }

    @Override
    public Map<Integer, Long> beat() {
        return Map.of(1, 1L);
    }
}
