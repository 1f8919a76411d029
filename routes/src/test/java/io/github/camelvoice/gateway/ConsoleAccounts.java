package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** SIP accounts for {@link ConsoleStage}: what the page asks for is noted, and what it is told is up to the test. */
final class ConsoleAccounts {

    private static final ObjectMapper JSON = new ObjectMapper();
    final List<ObjectNode> accounts = new CopyOnWriteArrayList<>();
    final List<ObjectNode> statuses = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile List<String> may = List.of("get", "update", "call", "all");
    private final List<HttpServerResponse> listeners = new CopyOnWriteArrayList<>();

    void install(Router router) {
        router.get("/api/v1/sip-accounts").handler(this::list);
        router.get("/api/v1/sip-accounts/:name").handler(context -> answer(context, find(context)));
        router.get("/api/v1/sip-accounts/:name/statuses").handler(context -> {
            ArrayNode page = JSON.createArrayNode();
            statuses.forEach(page::add);
            context.json(JSON.createObjectNode().put("more", false).set("statuses", page));
        });
        router.get("/api/v1/sip-accounts/:name/statuses/stream").handler(context -> {
            asked.add("stream after " + context.queryParams().get("after"));
            HttpServerResponse response = context.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            response.write(": statuses from now on\n\n");
            listeners.add(response);
            response.closeHandler(closed -> listeners.remove(response));
        });
        router.route("/api/v1/sip-accounts/*").handler(BodyHandler.create(false)).handler(context -> {
            String body = context.body().asString();
            asked.add(context.request().method() + " " + String.join("/", RequestPath.segments(context.request().path()).subList(3, RequestPath.segments(context.request().path()).size())) + (body == null ? "" : " " + body));
            if (context.request().method().name().equals("PUT")) {
                accounts.add(account(context.pathParam("*"), "registered"));
            }
            context.json(JSON.createObjectNode());
        });
    }

    int listeners() {
        return listeners.size();
    }

    void hangUp() {
        listeners.forEach(HttpServerResponse::end);
        listeners.clear();
    }

    static ObjectNode account(String name, String state) {
        ObjectNode one = JSON.createObjectNode().put("account", name).put("owner", "voice").put("started", false);
        ObjectNode registration = one.putObject("registration").put("state", state);
        if (state.equals("registered")) {
            registration.put("server", "sip.example.com:5061").put("transport", "tls").put("registeredAt", Instant.now().minusSeconds(4000).toString())
                    .put("expiresAt", Instant.now().plusSeconds(1800).toString());
        }
        return one;
    }

    static ObjectNode failed(ObjectNode account, int code, String phrase, int attempts, Instant next) {
        ObjectNode registration = ((ObjectNode) account.get("registration")).put("code", code).put("phrase", phrase).put("attempts", attempts);
        if (next != null) {
            registration.put("nextAt", next.toString());
        }
        return account;
    }

    static ObjectNode status(long sequence, String type, String callee, String description) {
        ObjectNode status = JSON.createObjectNode().put("account", "x").put("sequence", sequence).put("time", Instant.now().toString()).put("status", type);
        if (callee != null) {
            status.put("callee", callee).put("callId", "call-" + callee);
        }
        return description == null ? status : status.put("description", description);
    }

    static void inCall(ObjectNode account, ObjectNode status) {
        account.put("started", true).put("autoAnswerInterval", 5).put("callId", status.path("callId").asText()).set("status", status);
    }

    /** Keeps it and tells those who follow. */
    void tell(ObjectNode status) {
        statuses.add(status);
        String text = "id: " + status.get("sequence") + "\nevent: " + status.get("status").asText() + "\ndata: " + status + "\n\n";
        listeners.forEach(listener -> listener.write(text));
    }

    private void list(RoutingContext context) {
        String part = context.queryParams().contains("name") ? context.queryParams().get("name") : "";
        String state = context.queryParams().get("state");
        ArrayNode page = JSON.createArrayNode();
        accounts.stream().filter(each -> each.get("account").asText().contains(part))
                .filter(each -> state == null || each.at("/registration/state").asText().equals(state)).forEach(page::add);
        ObjectNode root = JSON.createObjectNode().put("count", page.size()).put("registered", accounts.stream()
                .filter(each -> each.at("/registration/state").asText().equals("registered")).count()).put("sessions", 1).put("calls", 1);
        root.set("may", JSON.valueToTree(may));
        root.set("accounts", page);
        context.json(root);
    }

    private ObjectNode find(RoutingContext context) {
        return accounts.stream().filter(each -> each.get("account").asText().equals(context.pathParam("name"))).findFirst().orElse(null);
    }

    private void answer(RoutingContext context, ObjectNode found) {
        if (found == null) {
            ConsoleStage.answer(context, Problem.of(404, "no-such-account", "there is no such SIP account"));
        } else {
            context.json(found.deepCopy().set("may", JSON.valueToTree(may)));
        }
    }
}
