package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Callbacks for {@link ConsoleStage}, which can be tried again. */
final class ConsoleCallbacks {

    private static final ObjectMapper JSON = new ObjectMapper();
    final List<ObjectNode> callbacks = new CopyOnWriteArrayList<>();

    void install(Router router) {
        router.get("/api/v1/callbacks").handler(this::list);
        router.get("/api/v1/callbacks/:id").handler(context -> context.json(find(context)));
        router.post("/api/v1/callbacks/:id/replay").handler(context -> {
            ObjectNode callback = find(context);
            if (callback.get("state").asText().equals("given-up")) {
                context.response().setStatusCode(202);
                callback.put("state", "waiting").remove("cause");
                context.json(callback);
            } else {
                ConsoleStage.answer(context, Problem.of(409, "callback-state", "only a callback that was given up can be replayed"));
            }
        });
    }

    static ObjectNode givenUp(String id, String receiver, String cause) {
        ObjectNode callback = JSON.createObjectNode().put("id", id).put("callId", "n1-talk").put("kind", "tap").put("receiver", receiver)
                .put("state", "given-up").put("takenAt", Instant.now().minusSeconds(90_000).toString()).put("settledAt", Instant.now().toString())
                .put("cause", cause).put("tried", 2);
        callback.putArray("attempts").add(attempt(1, "connect timed out")).add(attempt(2, cause));
        return callback;
    }

    private static ObjectNode attempt(int number, String failure) {
        return JSON.createObjectNode().put("number", number).put("at", Instant.now().toString()).put("millis", 2001).put("failure", failure);
    }

    private ObjectNode find(RoutingContext context) {
        return callbacks.stream().filter(each -> each.get("id").asText().equals(context.pathParam("id"))).findFirst().orElseThrow();
    }

    private void list(RoutingContext context) {
        ArrayNode page = JSON.createArrayNode();
        callbacks.stream().filter(each -> each.get("state").asText().equals(context.queryParams().get("state"))).forEach(page::add);
        context.json(JSON.createObjectNode().set("callbacks", page));
    }
}
