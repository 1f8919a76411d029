package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.SubscriptionException.Kind;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.subscription.WatcherCredentials.Access;
import io.github.camelvoice.subscription.state.EventPackages;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests looked at, and made different. */
final class Requests {

    /** Years; more is meant for something else. */
    private static final int LONGEST_EXPIRES = 100 * 24 * 3_600;

    private Requests() {
    }

    /**
     * The request with each resource once.
     *
     * @throws SubscriptionException naming what is wrong
     */
    static SubscriptionRequest checked(SubscriptionRequest request, Instant now) throws SubscriptionException {
        require(request.account() != null && !request.account().isEmpty(), "a subscription needs an account");
        require(request.id() == null || request.id().matches("[A-Za-z0-9-]{1,64}"), "an id is 1 to 64 letters, digits and hyphens: " + request.id());
        require(request.event() != null && !request.event().isBlank(), "an event package is needed");
        try {
            EventPackages.of(request.event());
        } catch (IllegalArgumentException wrong) {
            throw new SubscriptionException(Kind.BAD_REQUEST, wrong.getMessage());
        }
        require(request.expires() >= 0 && request.expires() <= LONGEST_EXPIRES, "expires must be 0 to " + LONGEST_EXPIRES + " seconds: "
                + request.expires());
        checkUntil(request.until(), now);
        require(request.outboundProxy() == null || ResourceUri.problem(request.outboundProxy()) == null, "the outbound proxy is "
                + ResourceUri.problem(request.outboundProxy()));
        return with(request, request.id(), once(request.resources()), request.until(), request.receiver(), request.access());
    }

    static void checkUntil(Instant until, Instant now) throws SubscriptionException {
        require(until == null || until.isAfter(now), "the end of the subscription is past: " + until);
    }

    /** @throws SubscriptionException naming the resource that is none */
    static List<Resource> once(List<Resource> resources) throws SubscriptionException {
        require(!resources.isEmpty(), "a subscription needs a resource");
        Map<String, Resource> byKey = new LinkedHashMap<>();
        for (Resource resource : resources) {
            String problem = ResourceUri.problem(resource.uri());
            require(problem == null, problem);
            byKey.putIfAbsent(ResourceUri.key(resource.uri()), resource);
        }
        return List.copyOf(byKey.values());
    }

    private static void require(boolean holds, String message) throws SubscriptionException {
        if (!holds) {
            throw new SubscriptionException(Kind.BAD_REQUEST, message);
        }
    }

    static SubscriptionRequest withId(SubscriptionRequest request, String id) {
        return with(request, id, request.resources(), request.until(), request.receiver(), request.access());
    }

    static SubscriptionRequest withAccess(SubscriptionRequest request, Access access) {
        return with(request, request.id(), request.resources(), request.until(), request.receiver(), access);
    }

    static SubscriptionRequest withoutAccess(SubscriptionRequest request) {
        return request.access() == null ? request : withAccess(request, null);
    }

    static SubscriptionRequest edited(SubscriptionRequest request, List<Resource> resources, Instant until, String receiver) {
        return with(request, request.id(), resources, until, receiver, null);
    }

    private static SubscriptionRequest with(SubscriptionRequest request, String id, List<Resource> resources, Instant until, String receiver,
                                            Access access) {
        Lists lists = request.lists() == null ? Lists.AUTO : request.lists();
        return new SubscriptionRequest(id, request.account(), request.event(), resources, request.accept(), request.expires(), until, receiver,
                request.origin(), lists, request.from(), request.outboundProxy(), access);
    }
}
