package io.github.camelvoice.subscription;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * How subscriptions go about their work.
 *
 * @param perSecond     first SUBSCRIBEs and unsubscriptions a second that one next hop gets, 1 or more
 * @param burst         how many of them it may get at once, 1 or more
 * @param firstPause    about how long is waited after the first failure; doubled with each further one
 * @param longestPause  most that is waited after failures that pass
 * @param slowPause     how long is waited after a refusal that is final as a rule: 403, 404, 489
 * @param listMemory    how long it is remembered that a server does not watch lists
 * @param listServers   domain, in lower case, to SIP URI of the server that watches lists of its resources (RFC 5367); {@code *} for those of all
 *                      domains. For others {@code sip:DOMAIN} is tried
 * @param mostInList    entries of one list, 2 or more; what goes beyond becomes further lists
 * @param perAccount    subscriptions of one account
 * @param mostResources resources of one subscription
 * @param resourcesInAll resources of all subscriptions of this node
 */
public record SubscriptionSettings(int perSecond, int burst, Duration firstPause, Duration longestPause, Duration slowPause, Duration listMemory,
                                   Map<String, String> listServers, int mostInList, int perAccount, int mostResources, int resourcesInAll) {

    public static final SubscriptionSettings DEFAULT = new SubscriptionSettings(100, 50, Duration.ofSeconds(2), Duration.ofMinutes(5),
            Duration.ofHours(1), Duration.ofHours(1), Map.of(), 500, 1_000, 10_000, 100_000);

    public SubscriptionSettings {
        require(perSecond >= 1 && perSecond <= 100_000, "perSecond must be 1 to 100000: " + perSecond);
        require(burst >= 1, "burst must be 1 or more: " + burst);
        require(firstPause.toMillis() >= 1, "firstPause must be 1 ms or more: " + firstPause);
        require(longestPause.compareTo(firstPause) >= 0, "longestPause must not be less than firstPause: " + longestPause);
        require(slowPause.toMillis() >= 1, "slowPause must be 1 ms or more: " + slowPause);
        require(mostInList >= 2, "mostInList must be 2 or more: " + mostInList);
        require(perAccount >= 1, "perAccount must be 1 or more: " + perAccount);
        require(mostResources >= 1, "mostResources must be 1 or more: " + mostResources);
        require(resourcesInAll >= 1, "resourcesInAll must be 1 or more: " + resourcesInAll);
        listServers = Map.copyOf(listServers);
        listServers.forEach((domain, server) -> {
            require(domain.equals(domain.toLowerCase(Locale.ROOT)), "domains of listServers are to be in lower case: " + domain);
            require(ResourceUri.problem(server) == null, "the list server of " + domain + ": " + ResourceUri.problem(server));
        });
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    public SubscriptionSettings withListServers(Map<String, String> value) {
        return new SubscriptionSettings(perSecond, burst, firstPause, longestPause, slowPause, listMemory, value, mostInList, perAccount,
                mostResources, resourcesInAll);
    }

    public SubscriptionSettings withPace(int everySecond, int atOnce) {
        return new SubscriptionSettings(everySecond, atOnce, firstPause, longestPause, slowPause, listMemory, listServers, mostInList, perAccount,
                mostResources, resourcesInAll);
    }

    public SubscriptionSettings withPauses(Duration first, Duration longest, Duration slow) {
        return new SubscriptionSettings(perSecond, burst, first, longest, slow, listMemory, listServers, mostInList, perAccount, mostResources,
                resourcesInAll);
    }

    public SubscriptionSettings withQuotas(int ofAccount, int ofSubscription, int inAll) {
        return new SubscriptionSettings(perSecond, burst, firstPause, longestPause, slowPause, listMemory, listServers, mostInList, ofAccount,
                ofSubscription, inAll);
    }
}
