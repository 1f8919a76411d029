package io.github.camelvoice.subscription;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The resources of a subscription, in the order of the request; those that a list told of come after them. Written on its mailbox, {@link #all} read by
 * anybody.
 */
final class Resources {

    private final Map<String, LiveResource> byKey = new LinkedHashMap<>();
    /** Without parameters, for those who leave them out; the first of several. */
    private final Map<String, LiveResource> byBareKey = new LinkedHashMap<>();
    private volatile List<LiveResource> all = List.of();

    Resources(Collection<LiveResource> resources) {
        resources.forEach(this::put);
        publish();
    }

    /** Those of a request. */
    static Resources of(List<SubscriptionRequest.Resource> resources) {
        return new Resources(resources.stream().map(each -> new LiveResource(each.uri(), each.displayName())).toList());
    }

    /** Readers see it when it is published. */
    void put(LiveResource resource) {
        byKey.putIfAbsent(ResourceUri.key(resource.uri()), resource);
        byBareKey.putIfAbsent(ResourceUri.bareKey(resource.uri()), resource);
    }

    void publish() {
        if (all.size() != byKey.size()) {
            all = List.copyOf(byKey.values());
        }
    }

    int size() {
        return byKey.size();
    }

    List<LiveResource> all() {
        return all;
    }

    /** The one that is meant, or null. */
    LiveResource find(String uri) {
        LiveResource exact = byKey.get(ResourceUri.key(uri));
        return exact == null ? byBareKey.get(ResourceUri.bareKey(uri)) : exact;
    }

    boolean has(String uri) {
        return byKey.containsKey(ResourceUri.key(uri));
    }

    void add(Collection<LiveResource> resources) {
        resources.forEach(this::put);
        all = List.copyOf(byKey.values());
    }

    void remove(Collection<LiveResource> gone) {
        for (LiveResource resource : gone) {
            byKey.remove(ResourceUri.key(resource.uri()), resource);
            byBareKey.remove(ResourceUri.bareKey(resource.uri()), resource);
        }
        byKey.values().forEach(each -> byBareKey.putIfAbsent(ResourceUri.bareKey(each.uri()), each));
        all = List.copyOf(byKey.values());
    }
}
