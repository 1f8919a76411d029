package io.github.camelvoice.voice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.notifier.WatcherInfo;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.EventState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The one JSON form of states and subscriptions for routes: states as their packages have them as plain values, times in ISO 8601 (UTC), words of
 * enumerations in lower case, nothing where there is no value. Thread-safe.
 */
final class SubscriptionJson {

    private static final ObjectMapper JSON = new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private SubscriptionJson() {
    }

    static String write(EventState state) {
        return text(state.values());
    }

    /** What changed where, and under {@code state} the whole state of the resource. */
    static String write(StateChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subscriptionId", change.subscriptionId());
        fields.put("number", change.number());
        fields.put("event", change.event());
        fields.put("resource", change.resource());
        fields.put("at", text(change.at()));
        put(fields, change.instance());
        return text(fields);
    }

    static String write(SubscriptionInfo info) {
        return text(values(info));
    }

    /** An array. */
    static String write(List<SubscriptionInfo> infos) {
        return text(infos.stream().map(SubscriptionJson::values).toList());
    }

    static Map<String, Object> values(SubscriptionInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subscriptionId", info.id());
        fields.put("account", info.account());
        fields.put("event", info.event());
        fields.put("state", word(info.state()));
        fields.put("version", info.version());
        fields.put("createdAt", text(info.createdAt()));
        fields.put("until", text(info.until()));
        fields.put("accept", info.accept().isEmpty() ? null : info.accept());
        fields.put("receiver", info.receiver());
        fields.put("owner", info.owner());
        fields.put("size", info.size());
        if (!info.resources().isEmpty()) {
            fields.put("resources", info.resources().stream().map(SubscriptionJson::values).toList());
        }
        return fields;
    }

    /** An array. */
    static String watchers(List<WatcherInfo> watchers) {
        return text(watchers.stream().map(SubscriptionJson::values).toList());
    }

    static Map<String, Object> values(WatcherInfo watcher) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("watcherId", watcher.id());
        fields.put("event", watcher.event());
        fields.put("resource", watcher.resource());
        fields.put("size", watcher.size());
        fields.put("watcher", watcher.watcher());
        fields.put("user", Arguments.blankToNull(watcher.user()));
        fields.put("source", watcher.source());
        fields.put("pending", watcher.pending());
        fields.put("since", text(watcher.since()));
        fields.put("expires", text(watcher.expires()));
        fields.put("told", watcher.told());
        return fields;
    }

    private static Map<String, Object> values(ResourceInfo resource) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uri", resource.uri());
        fields.put("displayName", resource.displayName());
        fields.put("trouble", resource.trouble());
        fields.put("instances", resource.instances().stream().map(instance -> {
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("version", instance.version());
            of.put("changedAt", text(instance.changedAt()));
            put(of, instance);
            return of;
        }).toList());
        return fields;
    }

    private static void put(Map<String, Object> fields, InstanceInfo instance) {
        fields.put("instance", instance.id());
        fields.put("subscription", word(instance.state()));
        fields.put("reason", Arguments.blankToNull(instance.reason()));
        fields.put("contentType", instance.full() == null ? null : instance.full().contentType());
        fields.put("state", instance.full() == null ? null : instance.full().values());
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String text(java.time.Instant at) {
        return at == null ? null : at.toString();
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
