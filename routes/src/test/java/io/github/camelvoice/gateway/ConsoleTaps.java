package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Taps for {@link ConsoleStage}: they can be started, changed and stopped, and their levels move each time they are asked for. */
final class ConsoleTaps {

    private static final ObjectMapper JSON = new ObjectMapper();
    final List<ObjectNode> taps = new CopyOnWriteArrayList<>();
    final List<String> changes = new CopyOnWriteArrayList<>();
    private final ConsoleStage stage;
    private final AtomicInteger asked = new AtomicInteger();

    ConsoleTaps(ConsoleStage stage) {
        this.stage = stage;
    }

    void install(Router router) {
        String all = "/api/v1/calls/:id/taps";
        router.get(all).handler(this::list);
        router.post(all).handler(BodyHandler.create(false)).handler(this::start);
        router.route(all + "/:tap").method(HttpMethod.PATCH).method(HttpMethod.DELETE).handler(BodyHandler.create(false)).handler(this::act);
    }

    static ObjectNode tap(String callId, String controlId, String uri, String protocol, String direction) {
        return JSON.createObjectNode().put("callId", callId).put("controlId", controlId).put("uri", uri).put("protocol", protocol)
                .put("direction", direction).put("codec", "PCMU").put("rate", 8000).put("ptime", 20).put("channels", 1).put("bidirectional", false)
                .put("state", "tapping").put("paused", false).put("result", "success").put("startedAt", Instant.now().toString()).put("frames", 12_345)
                .put("bytes", 1_975_200).put("dropped", 0).put("filled", 0).put("reconnects", 0).put("spokenMillis", 0).put("spokenDroppedMillis", 0)
                .put("inboundLevel", -127).put("outboundLevel", -127);
    }

    private ArrayNode of(String callId) {
        ArrayNode found = JSON.createArrayNode();
        int level = asked.incrementAndGet() % 20;
        taps.stream().filter(tap -> tap.get("callId").asText().equals(callId)).forEach(tap ->
                found.add(tap.deepCopy().put("inboundLevel", -30 + level).put("outboundLevel", -20 - level)));
        return found;
    }

    private void list(RoutingContext context) {
        ArrayNode found = of(context.pathParam("id"));
        context.json(JSON.createObjectNode().put("count", found.size()).set("taps", found));
    }

    private ObjectNode call(String id) {
        return stage.calls.stream().filter(each -> each.get("callId").asText().equals(id)).findFirst().orElseThrow();
    }

    private void start(RoutingContext context) {
        changes.add("POST " + context.body().asString());
        String uri = context.body().asJsonObject().getString("uri");
        if (uri.contains("10.0.0.1")) {
            ConsoleStage.answer(context, Problem.of(403, "forbidden", "10.0.0.1 is a private address; voice.outbound.allow does not have it"));
            return;
        }
        String id = context.pathParam("id");
        ObjectNode tap = tap(id, "tap" + taps.size(), uri, context.body().asJsonObject().getString("protocol", "rtp"),
                context.body().asJsonObject().getString("direction"));
        taps.add(tap);
        stage.tell("tap-started", call(id), Map.of("controlId", tap.get("controlId").asText(), "destination", uri));
        context.response().setStatusCode(201);
        context.json(tap);
    }

    private void act(RoutingContext context) {
        String name = context.pathParam("tap");
        changes.add(context.request().method() + " " + name + " " + context.body().asString());
        ObjectNode tap = taps.stream().filter(each -> each.get("controlId").asText().equals(name)).findFirst().orElse(null);
        if (tap == null) {
            ConsoleStage.answer(context, Problem.of(404, "tap-not-found", "the call has no tap " + name));
        } else if (context.request().method().equals(HttpMethod.DELETE)) {
            taps.remove(tap);
            stage.tell("tap-ended", call(context.pathParam("id")), Map.of("controlId", name, "reason", "stopped"));
            context.json(tap);
        } else {
            context.body().asJsonObject().forEach(each -> tap.set(each.getKey(), JSON.valueToTree(each.getValue())));
            context.json(tap);
        }
    }
}
