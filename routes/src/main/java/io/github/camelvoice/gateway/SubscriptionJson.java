package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.notifier.WatcherInfo;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.EventState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Subscriptions and watchers as JSON. What has no value is left out; of a receiver's URL only the place is told, since the rest may be a secret. */
final class SubscriptionJson {

    private static final int MOST_WATCHERS = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SubscriptionJson() {
    }

    static String page(List<SubscriptionInfo> subscriptions, boolean more) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("subscriptions");
        subscriptions.forEach(each -> list.add(subscription(each)));
        return text(root.put("more", more));
    }

    /** @param part text that URIs must have in them, in lower case */
    static String whole(SubscriptionInfo info, String part, int most) {
        ObjectNode root = subscription(info);
        List<ResourceInfo> matching = info.resources().stream().filter(each -> each.uri().toLowerCase(Locale.ROOT).contains(part)).toList();
        root.put("matching", matching.size());
        ArrayNode resources = root.putArray("resources");
        for (ResourceInfo resource : matching.subList(0, Math.min(most, matching.size()))) {
            ObjectNode node = resources.addObject().put("uri", resource.uri());
            put(node, "name", resource.displayName());
            put(node, "trouble", resource.trouble());
            ArrayNode instances = node.putArray("instances");
            resource.instances().forEach(each -> instances.add(instance(each)));
        }
        return text(root);
    }

    private static ObjectNode subscription(SubscriptionInfo info) {
        ObjectNode node = JSON.createObjectNode().put("id", info.id()).put("account", info.account()).put("event", info.event())
                .put("state", info.state().name().toLowerCase(Locale.ROOT)).put("version", info.version()).put("size", info.size());
        put(node, "createdAt", info.createdAt());
        put(node, "until", info.until());
        put(node, "origin", info.origin());
        put(node, "owner", info.owner());
        if (info.receiver() != null) {
            node.put("receiver", place(info.receiver())).put("told", info.told());
        }
        return node;
    }

    private static String place(String receiver) {
        if (!receiver.contains("://")) {
            return receiver;
        }
        try {
            URI uri = URI.create(receiver);
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException odd) {
            return "a URL";
        }
    }

    private static ObjectNode instance(InstanceInfo instance) {
        ObjectNode node = JSON.createObjectNode().put("id", instance.id()).put("state", instance.state().name().toLowerCase(Locale.ROOT))
                .put("version", instance.version()).put("hasDocument", instance.last() != null);
        put(node, "reason", instance.reason() == null || instance.reason().isEmpty() ? null : instance.reason());
        put(node, "changedAt", instance.changedAt());
        EventState full = instance.full();
        if (full != null) {
            node.put("contentType", full.contentType());
            node.set("values", JSON.valueToTree(full.values()));
        }
        return node;
    }

    static String watchers(List<WatcherInfo> watchers) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("watchers");
        for (WatcherInfo each : watchers.subList(0, Math.min(MOST_WATCHERS, watchers.size()))) {
            ObjectNode node = list.addObject().put("id", each.id()).put("event", each.event()).put("resource", each.resource()).put("size", each.size())
                    .put("watcher", each.watcher()).put("source", each.source()).put("pending", each.pending()).put("told", each.told());
            put(node, "user", each.user() == null || each.user().isEmpty() ? null : each.user());
            put(node, "since", each.since());
            put(node, "expires", each.expires());
        }
        return text(root.put("more", watchers.size() > MOST_WATCHERS));
    }

    private static void put(ObjectNode node, String name, Object value) {
        if (value != null) {
            node.put(name, value instanceof Instant time ? time.toString() : (String) value);
        }
    }

    private static String text(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a subscription is plain text", e);
        }
    }
}
