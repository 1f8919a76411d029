package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is asked for what: one SUBSCRIBE for each resource, or one for many of them (RFC 5367). A list goes to the server that is configured for the
 * domain of its resources, or to the domain itself; a resource that is alone in its domain is subscribed to as it is.
 */
final class WatchPlan {

    private WatchPlan() {
    }

    /**
     * What one watch is for.
     *
     * @param target    Request-URI
     * @param resources what it tells of
     * @param list      whether the resources go with it as a list
     * @param guessed   with a list, whether nobody configured its server
     */
    record Assignment(String target, List<LiveResource> resources, boolean list, boolean guessed) {
    }

    /** @param lists what the request says of lists */
    static List<Assignment> make(List<LiveResource> resources, Lists lists, ListServers servers, int mostInList) {
        List<Assignment> plan = new ArrayList<>();
        if (lists == Lists.NEVER || resources.size() == 1) {
            each(resources, plan);
            return plan;
        }
        Map<ListServers.Server, List<LiveResource>> byServer = new LinkedHashMap<>();
        for (LiveResource resource : resources) {
            ListServers.Server server = servers.find(resource.uri(), lists == Lists.ALWAYS);
            if (server == null) {
                plan.add(one(resource));
            } else {
                byServer.computeIfAbsent(server, any -> new ArrayList<>()).add(resource);
            }
        }
        byServer.forEach((server, entries) -> {
            if (entries.size() == 1) {
                plan.add(one(entries.get(0)));
                return;
            }
            for (int from = 0; from < entries.size(); from += mostInList) {
                List<LiveResource> part = List.copyOf(entries.subList(from, Math.min(entries.size(), from + mostInList)));
                plan.add(new Assignment(server.uri(), part, true, server.guessed()));
            }
        });
        return plan;
    }

    /** One SUBSCRIBE for each. */
    static void each(List<LiveResource> resources, List<Assignment> plan) {
        for (LiveResource resource : resources) {
            plan.add(one(resource));
        }
    }

    private static Assignment one(LiveResource resource) {
        return new Assignment(resource.uri(), List.of(resource), false, false);
    }
}
