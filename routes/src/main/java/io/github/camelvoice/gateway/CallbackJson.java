package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.StoredCallback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Callbacks as JSON. What has no value is left out; target and body, which may have secrets in them, are shown where that is asked for. */
final class CallbackJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CallbackJson() {
    }

    static String page(CallbackPage page) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("callbacks");
        page.callbacks().forEach(each -> list.add(callback(each)));
        put(root, "nextPageToken", page.nextPageToken());
        return text(root);
    }

    static String whole(StoredCallback callback, boolean raw) {
        ObjectNode node = callback(callback);
        ArrayNode attempts = node.putArray("attempts");
        for (Attempt attempt : callback.attempts()) {
            ObjectNode each = attempts.addObject().put("number", attempt.number());
            put(each, "at", attempt.at());
            each.put("millis", attempt.millis());
            put(each, "failure", attempt.failure());
        }
        if (raw) {
            node.put("target", callback.callback().target()).put("contentType", callback.callback().contentType())
                    .put("body", new String(callback.callback().body(), StandardCharsets.UTF_8));
        }
        return text(node);
    }

    private static ObjectNode callback(StoredCallback callback) {
        ObjectNode node = JSON.createObjectNode().put("id", callback.id()).put("callId", callback.callback().callId())
                .put("kind", callback.callback().kind()).put("receiver", callback.callback().receiver()).put("state", callback.state().label());
        put(node, "takenAt", callback.at());
        put(node, "settledAt", callback.settledAt());
        put(node, "cause", callback.cause());
        return node.put("tried", callback.tried());
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
            throw new IllegalStateException("a callback is plain text", e);
        }
    }
}
