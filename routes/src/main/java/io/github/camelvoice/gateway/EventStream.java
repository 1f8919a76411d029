package io.github.camelvoice.gateway;

import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.gateway.access.Account;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/events}: what the route {@code event-stream} publishes, as server-sent events. That route runs only while somebody
 * listens. A client that does not keep up is disconnected, and counted, once {@link SseClient#MAX_WAITING} bytes wait for it: calls never wait.
 */
public final class EventStream implements AutoCloseable {

    static final String PATH = HttpGuard.API + "events";
    static final String ROUTE = "event-stream";
    static final int MAX_CLIENTS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final List<String> KINDS = Arrays.stream(VoiceEvent.Kind.values()).map(VoiceEvent.Kind::label).toList();

    private final Vertx vertx;
    private final long heartbeatMillis;
    private final Predicate<Account> welcome;
    private final Map<SseClient, Filter> clients = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final ReentrantLock route = new ReentrantLock();
    private CamelContext context;
    private long timer = -1;

    /** What one wants to hear; null lets everything through. */
    private record Filter(Set<String> kinds, String callId) {

        boolean wants(String kind, String call) {
            return (kinds == null || kinds.contains(kind)) && (callId == null || callId.equals(call));
        }
    }

    /** @param welcome whether an account is still what it was when its stream began */
    EventStream(Vertx vertx, Predicate<Account> welcome) {
        this(vertx, SseClient.HEARTBEAT_MILLIS, welcome);
    }

    EventStream(Vertx vertx, long heartbeatMillis, Predicate<Account> welcome) {
        this.vertx = vertx;
        this.heartbeatMillis = heartbeatMillis;
        this.welcome = welcome;
    }

    void install(CamelContext camel, Router router) {
        context = camel;
        router.get(PATH).order(-1).produces("text/event-stream").handler(this::open);
        router.route(PATH).order(-1).handler(request -> request.fail(request.request().method().equals(HttpMethod.GET) ? 406 : 405));
        timer = vertx.setPeriodic(heartbeatMillis, id -> clients.keySet().forEach(client -> kept(client.beat(welcome))));
    }

    private void open(RoutingContext request) {
        if (clients.size() >= MAX_CLIENTS) {
            request.response().putHeader("Retry-After", "10");
            request.fail(503);
            return;
        }
        List<String> kinds = request.queryParam("kind").stream().flatMap(text -> Arrays.stream(text.split(","))).map(String::strip).toList();
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                HttpAnswers.refuse(request, 400, "bad-parameter", "kind has no value '" + ApiException.quote(kind) + "'; there are " + KINDS);
                return;
            }
        }
        List<String> call = request.queryParam("call");
        SseClient client = new SseClient(request, this::gone);
        Filter filter = new Filter(kinds.isEmpty() ? null : Set.copyOf(kinds), call.isEmpty() ? null : call.get(0));
        vertx.executeBlocking(() -> listen(client, filter), false).onSuccess(listening -> kept(client.write(": events from now on\n\n")))
                .onFailure(failure -> request.fail(503, failure));
    }

    /** With {@link #gone}'s part under one lock: the route runs exactly while there are clients. */
    private Void listen(SseClient client, Filter filter) throws Exception {
        route.lock();
        try {
            if (clients.size() >= MAX_CLIENTS) {
                throw new IllegalStateException("there are " + MAX_CLIENTS + " listeners");
            }
            if (!client.isOver()) {
                clients.put(client, filter);
                if (!context.getRouteController().getRouteStatus(ROUTE).isStarted()) {
                    context.getRouteController().startRoute(ROUTE);
                }
            }
            return null;
        } finally {
            route.unlock();
        }
    }

    private void gone(SseClient client) {
        vertx.executeBlocking(() -> {
            route.lock();
            try {
                if (clients.remove(client) != null && clients.isEmpty() && context.getStatus().isStarted()) {
                    context.getRouteController().stopRoute(ROUTE);
                }
                return null;
            } finally {
                route.unlock();
            }
        }, false).onFailure(failure -> LOG.warn("the route {} does not stop: {}", ROUTE, failure.toString()));
    }

    /** Called by the route. {@code json} has no line feeds. */
    public void publish(@Header("CamelVoiceEvent") String kind, @Header("CamelVoiceCallId") String callId,
                        @Header("CamelVoiceEventSequence") long sequence, @Body String json) {
        String text = null;
        for (Map.Entry<SseClient, Filter> client : clients.entrySet()) {
            if (client.getValue().wants(kind, callId)) {
                if (text == null) {
                    text = "id: " + callId + "/" + sequence + "\nevent: " + kind + "\ndata: " + json + "\n\n";
                }
                kept(client.getKey().write(text));
            }
        }
    }

    private void kept(boolean up) {
        if (!up) {
            dropped.increment();
            LOG.warn("an event listener does not keep up and is disconnected");
        }
    }

    int listeners() {
        return clients.size();
    }

    /** Listeners disconnected because they did not keep up. */
    double dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        clients.keySet().forEach(SseClient::end);
    }
}
