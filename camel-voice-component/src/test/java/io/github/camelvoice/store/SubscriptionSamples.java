package io.github.camelvoice.store;

import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.Ownership;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.subscription.WatcherCredentials;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.StateMerge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Subscriptions for tests. */
public final class SubscriptionSamples {

    public static final Instant START = Instant.parse("2026-11-21T12:00:00.123456Z");
    /** No package of ours: its bodies are not looked into. */
    public static final String EVENT = "x-test;a=b";

    private SubscriptionSamples() {
    }

    public static SubscriptionRequest request(String id, String account, String... uris) {
        return new SubscriptionRequest(id, account, EVENT, List.of(uris).stream().map(uri -> new Resource(uri, "n\u00e4me of " + uri)).toList(),
                List.of("text/plain", "application/x"), 1234, START.plusSeconds(86_400), "https://example.com/\u00e4?x=1", "http-2009-06", Lists.NEVER,
                "sip:us@example.com", "sip:proxy.example.com;lr", new WatcherCredentials.Access("user", "s3cret"));
    }

    public static SubscriptionInfo info(SubscriptionRequest request, long version, Instant createdAt) {
        return new SubscriptionInfo(request.id(), request.account(), request.event(), SubscriptionInfo.State.ACTIVE, version, createdAt,
                request.until(), request.accept(), request.receiver(), request.origin(), List.of(), request.resources().size(), 0, "me");
    }

    public static EventState state(String text) {
        StateMerge merge = EventPackages.of(EVENT).merge(null, "text/plain", text.getBytes(StandardCharsets.UTF_8));
        return ((StateMerge.Applied) merge).full();
    }

    public static InstanceInfo instance(String id, long version, String text) {
        return new InstanceInfo(id, UsageEvent.State.ACTIVE, "", state(text), new InstanceInfo.RawDocument("text/plain;charset=utf-8", text), version,
                START.plusSeconds(version));
    }

    /** An id of this partition. */
    public static String idIn(int partition, String prefix) {
        for (int i = 0; ; i++) {
            if (Ownership.partition(prefix + i) == partition) {
                return prefix + i;
            }
        }
    }
}
