package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Subscriptions for {@link ConsoleStage}, which can be ended. */
final class ConsoleSubscriptions {

    private static final ObjectMapper JSON = new ObjectMapper();
    final List<ObjectNode> subscriptions = new CopyOnWriteArrayList<>();
    final List<ObjectNode> watchers = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();

    void install(Router router) {
        router.get("/api/v1/subscriptions").handler(this::list);
        router.get("/api/v1/subscriptions/:id").handler(this::show);
        router.get("/api/v1/subscriptions/:id/document").handler(context -> context.response().putHeader("Content-Type", "text/plain")
                .end("<dialog-info of=\"" + context.queryParams().get("resource") + "\">\n<script>alert(1)</script>"));
        router.delete("/api/v1/subscriptions/:id").handler(context -> {
            ended.add(context.pathParam("id"));
            subscriptions.removeIf(each -> each.get("id").asText().equals(context.pathParam("id")));
            context.response().setStatusCode(204).end();
        });
        router.get("/api/v1/watchers").handler(context -> {
            ArrayNode list = JSON.createArrayNode();
            watchers.forEach(list::add);
            context.json(JSON.createObjectNode().put("more", false).set("watchers", list));
        });
    }

    static ObjectNode subscription(String id, String event, String account, String... resources) {
        ObjectNode one = JSON.createObjectNode().put("id", id).put("account", account).put("event", event).put("state", "active").put("version", 1234)
                .put("size", resources.length).put("createdAt", Instant.now().minusSeconds(90_000).toString()).put("receiver", "https://crm.example")
                .put("told", 1230).put("owner", "node-a");
        ArrayNode list = one.putArray("resources");
        for (String uri : resources) {
            list.addObject().put("uri", uri).putArray("instances");
        }
        return one;
    }

    /** @param values as JSON, null for none */
    static ObjectNode instance(ObjectNode subscription, int resource, String state, String values) throws Exception {
        ObjectNode instance = ((ArrayNode) subscription.get("resources").get(resource).get("instances")).addObject().put("id", "i1").put("state", state)
                .put("version", 7).put("hasDocument", values != null).put("changedAt", Instant.now().toString());
        if (values != null) {
            instance.set("values", JSON.readTree(values));
        }
        return instance;
    }

    private void list(RoutingContext context) {
        ArrayNode page = JSON.createArrayNode();
        subscriptions.forEach(each -> page.add(each.deepCopy().without("resources")));
        context.json(JSON.createObjectNode().put("more", false).set("subscriptions", page));
    }

    private void show(RoutingContext context) {
        ObjectNode found = subscriptions.stream().filter(each -> each.get("id").asText().equals(context.pathParam("id"))).findFirst().orElse(null);
        if (found == null) {
            ConsoleStage.answer(context, Problem.of(404, "no-such-subscription", "there is no such subscription"));
            return;
        }
        ObjectNode answer = found.deepCopy();
        String part = context.queryParams().contains("resource") ? context.queryParams().get("resource") : "";
        ArrayNode matching = JSON.createArrayNode();
        found.get("resources").forEach(each -> {
            if (each.get("uri").asText().contains(part)) {
                matching.add(each);
            }
        });
        answer.put("matching", matching.size()).set("resources", matching);
        context.json(answer);
    }
}
