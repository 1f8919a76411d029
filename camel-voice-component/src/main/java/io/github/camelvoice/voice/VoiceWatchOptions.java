package io.github.camelvoice.voice;

import io.github.camelvoice.engine.SubscriptionOptions;
import io.github.camelvoice.notifier.NotifierOptions;
import io.github.camelvoice.subscription.SubscriptionSettings;
import io.github.camelvoice.subscription.WatcherCredentials;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.spi.Metadata;

/** Options of what we watch, and of those who watch us. They make no sense per endpoint. */
public abstract class VoiceWatchOptions extends VoicePromptOptions {

    private static final String ALL = "*";

    @Metadata(label = "security", secret = true, description = "With which credentials SUBSCRIBE is sent, where the endpoint has none: domain=user:password "
            + "entries, separated by commas; * for all other domains. A password with a comma in it needs the bean watcherCredentials.")
    private String subscribeCredentials;
    @Metadata(label = "security,advanced", description = "The same from elsewhere, a bean of type "
            + "io.github.camelvoice.subscription.WatcherCredentials.")
    private WatcherCredentials watcherCredentials;
    @Metadata(label = "advanced", description = "Servers that watch lists of resources (RFC 5367) for us: domain=sip:server entries, separated by commas; * for all other "
            + "domains. Without it, sip:DOMAIN is tried.")
    private String listServers;
    @Metadata(label = "advanced", defaultValue = "1000", description = "Subscriptions of one account; one more is refused.")
    private int maxSubscriptions = 1_000;
    @Metadata(label = "advanced", defaultValue = "10000", description = "Resources of one subscription; more are refused.")
    private int maxResources = 10_000;
    @Metadata(label = "advanced", defaultValue = "100000", description = "Resources of all subscriptions of this node; more are refused.")
    private int maxResourcesInAll = 100_000;
    @Metadata(label = "advanced", defaultValue = "100", description = "SUBSCRIBEs that begin or end something which one server gets from us a second, half as many "
            + "at once.")
    private int subscribesPerSecond = 100;
    @Metadata(label = "advanced", defaultValue = "2s", javaType = "java.time.Duration",
            description = "About how long is waited before a failed subscription is tried again; each further failure doubles it.")
    private long resubscribePause = 2_000;
    @Metadata(label = "advanced", defaultValue = "5m", javaType = "java.time.Duration",
            description = "The longest such pause.")
    private long resubscribeMaxPause = 300_000;
    @Metadata(label = "advanced", defaultValue = "1h", javaType = "java.time.Duration",
            description = "How long is waited after a refusal that is final as a rule: 403, 404, 489.")
    private long refusedPause = 3_600_000;
    @Metadata(label = "advanced", defaultValue = "60", description = "Shortest subscription and publication of others, in seconds: 1 to 3600. What asks for less is "
            + "answered 423.")
    private int watcherMinExpires = 60;
    @Metadata(label = "advanced", defaultValue = "7200", description = "Longest one, in seconds: what asks for more has this.")
    private int watcherMaxExpires = 7200;
    @Metadata(label = "advanced", defaultValue = "500ms", javaType = "java.time.Duration",
            description = "Least time between two NOTIFYs to one watcher, up to a minute; 0 for none. What happens meanwhile is told together.")
    private long notifyInterval = 500;
    @Metadata(label = "advanced", defaultValue = "20000", description = "Subscriptions of all who watch us; one more is refused.")
    private int maxWatchers = 20_000;
    @Metadata(label = "advanced", defaultValue = "1000", description = "Those of one user, or of one address where nobody was asked who they are.")
    private int maxWatchersPerUser = 1_000;
    @Metadata(label = "advanced", defaultValue = "1000", description = "Resources of a list that others watch for one subscription.")
    private int maxWatchedList = 1_000;

    /** @throws IllegalArgumentException naming the option that is wrong */
    SubscriptionOptions subscriptionOptions() {
        return SubscriptionOptions.STANDARD.withCredentials(credentials()).withSettings(SubscriptionSettings.DEFAULT
                .withListServers(entries("listServers", listServers))
                .withPace(subscribesPerSecond, Math.max(1, subscribesPerSecond / 2))
                .withPauses(Duration.ofMillis(resubscribePause), Duration.ofMillis(resubscribeMaxPause), Duration.ofMillis(refusedPause))
                .withQuotas(maxSubscriptions, maxResources, maxResourcesInAll));
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    NotifierOptions notifierOptions() {
        return NotifierOptions.DEFAULT.withExpires(watcherMinExpires, watcherMaxExpires).withInterval(Duration.ofMillis(notifyInterval))
                .withLimits(maxWatchers, maxWatchersPerUser, maxWatchedList);
    }

    private WatcherCredentials credentials() {
        if (Arguments.blankToNull(subscribeCredentials) == null) {
            return watcherCredentials == null ? WatcherCredentials.NONE : watcherCredentials;
        }
        if (watcherCredentials != null) {
            throw new IllegalArgumentException("give one of subscribeCredentials and watcherCredentials");
        }
        Map<String, WatcherCredentials.Access> known = new LinkedHashMap<>();
        for (String entry : Arguments.list(subscribeCredentials)) {
            int equals = entry.indexOf('=');
            int colon = entry.indexOf(':', equals);
            if (equals < 1 || colon < equals + 2 || colon == entry.length() - 1) {
                throw new IllegalArgumentException("subscribeCredentials must be domain=user:password entries, separated by commas");
            }
            known.put(entry.substring(0, equals).trim().toLowerCase(Locale.ROOT), new WatcherCredentials.Access(
                    entry.substring(equals + 1, colon), entry.substring(colon + 1)));
        }
        return (account, domain) -> known.getOrDefault(domain, known.get(ALL));
    }

    private static Map<String, String> entries(String option, String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String entry : Arguments.list(text)) {
            int equals = entry.indexOf('=');
            if (equals < 1 || equals == entry.length() - 1) {
                throw new IllegalArgumentException(option + " must be domain=sip:server entries, separated by commas: " + entry);
            }
            entries.put(entry.substring(0, equals).trim().toLowerCase(Locale.ROOT), entry.substring(equals + 1).trim());
        }
        return entries;
    }

    public String getSubscribeCredentials() {
        return subscribeCredentials;
    }

    public void setSubscribeCredentials(String value) {
        subscribeCredentials = value;
    }

    public WatcherCredentials getWatcherCredentials() {
        return watcherCredentials;
    }

    public void setWatcherCredentials(WatcherCredentials value) {
        watcherCredentials = value;
    }

    public String getListServers() {
        return listServers;
    }

    public void setListServers(String value) {
        listServers = value;
    }

    public int getMaxSubscriptions() {
        return maxSubscriptions;
    }

    public void setMaxSubscriptions(int value) {
        maxSubscriptions = value;
    }

    public int getMaxResources() {
        return maxResources;
    }

    public void setMaxResources(int value) {
        maxResources = value;
    }

    public int getMaxResourcesInAll() {
        return maxResourcesInAll;
    }

    public void setMaxResourcesInAll(int value) {
        maxResourcesInAll = value;
    }

    public int getSubscribesPerSecond() {
        return subscribesPerSecond;
    }

    public void setSubscribesPerSecond(int value) {
        subscribesPerSecond = value;
    }

    public long getResubscribePause() {
        return resubscribePause;
    }

    public void setResubscribePause(long value) {
        resubscribePause = value;
    }

    public long getResubscribeMaxPause() {
        return resubscribeMaxPause;
    }

    public void setResubscribeMaxPause(long value) {
        resubscribeMaxPause = value;
    }

    public long getRefusedPause() {
        return refusedPause;
    }

    public void setRefusedPause(long value) {
        refusedPause = value;
    }

    public int getWatcherMinExpires() {
        return watcherMinExpires;
    }

    public void setWatcherMinExpires(int value) {
        watcherMinExpires = value;
    }

    public int getWatcherMaxExpires() {
        return watcherMaxExpires;
    }

    public void setWatcherMaxExpires(int value) {
        watcherMaxExpires = value;
    }

    public long getNotifyInterval() {
        return notifyInterval;
    }

    public void setNotifyInterval(long value) {
        notifyInterval = value;
    }

    public int getMaxWatchers() {
        return maxWatchers;
    }

    public void setMaxWatchers(int value) {
        maxWatchers = value;
    }

    public int getMaxWatchersPerUser() {
        return maxWatchersPerUser;
    }

    public void setMaxWatchersPerUser(int value) {
        maxWatchersPerUser = value;
    }

    public int getMaxWatchedList() {
        return maxWatchedList;
    }

    public void setMaxWatchedList(int value) {
        maxWatchedList = value;
    }
}
