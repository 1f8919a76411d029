package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.spi.UsageSpec;
import io.github.camelvoice.subscription.state.EventPackage;
import io.github.camelvoice.subscription.state.EventPackages;
import io.github.camelvoice.subscription.state.ListNotification;
import io.github.camelvoice.subscription.state.ResourceLists;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From what is to be watched to a SUBSCRIBE. */
final class UsageSpecs {

    /** A notifier would refuse less (423), and it would be refreshed all the time. */
    private static final int SHORTEST = 60;

    private UsageSpecs() {
    }

    /**
     * @param fetch  whether the state is asked for once
     * @param access for digest, null without
     * @param now    to ask for no more than what is left of the subscription
     */
    static UsageSpec make(SubscriptionRequest request, EventPackage pack, WatchPlan.Assignment assignment, boolean fetch,
                          WatcherCredentials.Access access, Instant now) {
        boolean eventList = request.lists() != Lists.NEVER;
        List<String> accept = new ArrayList<>(request.accept().isEmpty() ? pack.accept() : request.accept());
        if (eventList) {
            accept.add("multipart/related");
            accept.add(ListNotification.TYPE);
        }
        byte[] list = assignment.list() ? list(assignment.resources()) : null;
        return new UsageSpec(assignment.target(), request.from(), EventPackages.registered(request.event()), accept,
                fetch ? 0 : expires(request, pack, now), eventList, list, request.outboundProxy(), access == null ? null : access.username(),
                access == null ? null : access.password(), Map.of());
    }

    private static byte[] list(List<LiveResource> resources) {
        List<ResourceLists.Entry> entries = resources.stream().map(each -> new ResourceLists.Entry(each.uri(), each.displayName())).toList();
        return new ResourceLists(entries).document().getBytes(StandardCharsets.UTF_8);
    }

    private static int expires(SubscriptionRequest request, EventPackage pack, Instant now) {
        int expires = request.expires() > 0 ? request.expires() : pack.defaultExpires();
        if (request.until() == null) {
            return expires;
        }
        long left = Duration.between(now, request.until()).toSeconds() + 1;
        return (int) Math.min(expires, Math.max(SHORTEST, left));
    }
}
