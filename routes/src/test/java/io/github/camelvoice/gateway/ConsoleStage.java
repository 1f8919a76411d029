package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** An API that says what a test wants the console to hear: calls as they seldom are, and errors at will. Same shapes as openapi.yaml. */
final class ConsoleStage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AUTHORIZATION = "Basic " + Base64.getEncoder().encodeToString("voice:töken".getBytes(StandardCharsets.UTF_8));

    final List<ObjectNode> calls = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<HttpServerResponse> listeners = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    final ConsoleTaps taps;
    final ConsoleCallbacks callbacks = new ConsoleCallbacks();
    final ConsoleSubscriptions subscriptions = new ConsoleSubscriptions();
    final ConsoleAccounts accounts = new ConsoleAccounts();
    final List<ObjectNode> users = new CopyOnWriteArrayList<>();
    private volatile Trouble trouble;
    private volatile String troubled = "";

    /** @param retryAfter seconds, 0 for no such header */
    record Trouble(int status, String code, String detail, int retryAfter) {
    }

    ConsoleStage() throws Exception {
        Router router = Router.router(vertx);
        new ConsoleFiles().install(router);
        router.route("/api/v1/*").handler(this::admit);
        router.get("/api/v1/events").handler(this::listen);
        router.get("/api/v1/history").handler(this::list);
        router.get("/api/v1/history/:id").handler(this::show);
        router.get("/api/v1/history/:id/ladder").handler(context -> context.response().putHeader("Content-Type", "text/plain")
                .end("ladder " + context.queryParams().get("format") + " of " + context.pathParam("id")));
        taps = new ConsoleTaps(this);
        taps.install(router);
        callbacks.install(router);
        subscriptions.install(router);
        accounts.install(router);
        router.get("/api/v1/users").handler(context -> context.json(JSON.createObjectNode().put("realm", "example.com").put("registrar", true)
                .put("count", users.size()).set("users", JSON.valueToTree(users))));
        router.get("/api/v1/users/:name").handler(context -> users.stream().filter(each -> each.get("name").asText().equals(context.pathParam("name")))
                .findFirst().ifPresentOrElse(context::json, () -> answer(context, Problem.of(404, "no-such-user", null))));
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/console/";
    }

    void fail(Trouble next) {
        fail("", next);
    }

    /** Only paths with this part fail. */
    void fail(String part, Trouble next) {
        troubled = part;
        trouble = next;
    }

    private void admit(RoutingContext context) {
        asked.add(context.request().uri());
        Trouble now = trouble;
        if (!AUTHORIZATION.equals(context.request().getHeader("Authorization"))) {
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"x\"");
            answer(context, Problem.of(401, "unauthorized", "account and token needed"));
        } else if (now != null && context.request().path().contains(troubled)) {
            if (now.retryAfter() > 0) {
                context.response().putHeader("Retry-After", String.valueOf(now.retryAfter()));
            }
            answer(context, Problem.of(now.status(), now.code(), now.detail()));
        } else {
            context.next();
        }
    }

    static void answer(RoutingContext context, Problem problem) {
        context.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE).end(problem.json());
    }

    private void listen(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        response.write(": events from now on\n\n");
        listeners.add(response);
        response.closeHandler(closed -> listeners.remove(response));
    }

    int listeners() {
        return listeners.size();
    }

    /** Ends all event streams, as a restart would. */
    void hangUp() {
        listeners.forEach(HttpServerResponse::end);
        listeners.clear();
    }

    /** Tells listeners of an event whose fields are those of the call and these. */
    void tell(String type, ObjectNode call, Map<String, Object> more) {
        ObjectNode event = JSON.createObjectNode().put("type", type).put("sequence", 0).put("time", Instant.now().toString());
        for (String name : List.of("callId", "sipCallId", "direction", "from", "to")) {
            event.set(name, call.get(name));
        }
        more.forEach((name, value) -> event.set(name, JSON.valueToTree(value)));
        String text = "id: " + call.get("callId").asText() + "/0\nevent: " + type + "\ndata: " + event + "\n\n";
        listeners.forEach(listener -> listener.write(text));
    }

    private void list(RoutingContext context) {
        int limit = Integer.parseInt(context.queryParams().get("limit"));
        String token = context.queryParams().get("pageToken");
        int from = token == null ? 0 : Integer.parseInt(token);
        String party = context.queryParams().get("party");
        String live = context.queryParams().get("live");
        List<ObjectNode> all = calls.stream().filter(call -> party == null || call.get("from").asText().contains(party) || call.get("to").asText().contains(party))
                .filter(call -> live == null || live.equals("true") != call.has("endedAt")).toList();
        ArrayNode page = JSON.createArrayNode();
        for (ObjectNode call : all.subList(Math.min(from, all.size()), Math.min(from + limit, all.size()))) {
            page.add(call.deepCopy().without("messages"));
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.set("calls", page);
        if (from + limit < all.size()) {
            answer.put("nextPageToken", String.valueOf(from + limit));
        }
        context.json(answer);
    }

    private void show(RoutingContext context) {
        for (JsonNode call : calls) {
            if (call.get("callId").asText().equals(context.pathParam("id"))) {
                context.json(call);
                return;
            }
        }
        answer(context, Problem.of(404, "call-not-found", "no such call"));
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
