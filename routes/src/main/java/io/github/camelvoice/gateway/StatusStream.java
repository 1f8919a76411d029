package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/sip-accounts/{name}/statuses/stream}: the statuses of a SIP account as server-sent events, in order, each once. Whoever names the last
 * one that it has ({@code Last-Event-ID}, or {@code after}) gets what came since, as far as the history goes, and then what comes. Thread-safe;
 * sessions never wait for a client.
 */
final class StatusStream implements AutoCloseable {

    static final String PATH = HttpGuard.API + "sip-accounts/:name/statuses/stream";
    static final String LAST = "Last-Event-ID";
    static final int MAX_CLIENTS = 200;
    static final int MAX_CLIENTS_PER_ACCOUNT = 50;
    private static final Logger LOG = LoggerFactory.getLogger(StatusStream.class);
    private static final int REPLAYED = 1_000;

    private final Vertx vertx;
    private final SipAccountApi accounts;
    private final Supplier<Sessions> sessions;
    private final Predicate<Account> welcome;
    private final Map<SseClient, Listener> clients = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private long timer = -1;

    /**
     * @param accounts says whose SIP account is whose
     * @param welcome  whether an account is still what it was when its stream began
     */
    StatusStream(Vertx vertx, SipAccountApi accounts, Supplier<Sessions> sessions, Predicate<Account> welcome) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.sessions = sessions;
        this.welcome = welcome;
    }

    void install(Router router) {
        install(router, SseClient.HEARTBEAT_MILLIS);
    }

    void install(Router router, long heartbeatMillis) {
        router.get(PATH).order(-1).produces("text/event-stream").handler(this::open);
        router.route(PATH).order(-1).handler(request -> request.fail(request.request().method().equals(HttpMethod.GET) ? 406 : 405));
        timer = vertx.setPeriodic(heartbeatMillis, id -> clients.keySet().forEach(client -> kept(client.beat(welcome))));
    }

    private void open(RoutingContext request) {
        Account account = request.get(HttpGuard.ACCOUNT);
        long here = clients.keySet().stream().filter(each -> each.account().sid().equals(account.sid())).count();
        if (clients.size() >= MAX_CLIENTS || here >= MAX_CLIENTS_PER_ACCOUNT) {
            HttpAnswers.later(request, 503, "too-many-listeners", 10, "too many follow statuses already");
            return;
        }
        String name = request.pathParam("name");
        Long after = after(request);
        if (after != null && after < 0) {
            HttpAnswers.refuse(request, 400, "bad-parameter", "after and " + LAST + " are numbers of statuses: 0 or more");
            return;
        }
        SipAccountApi.Caller caller = SipAccountApi.Caller.of(account, accounts.project());
        vertx.executeBlocking(() -> accounts.mustSee(caller, name), false).onSuccess(known -> {
            Listener listener = new Listener(vertx.getOrCreateContext(), after, caller);
            SseClient client = new SseClient(request, this::gone);
            listener.client = client;
            clients.put(client, listener);
            if (client.isOver()) {
                gone(client);
            } else {
                listener.begin(known.account(), known.status() == null ? 0 : known.status().sequence());
            }
        }).onFailure(failure -> {
            Problem problem = ApiException.problem(failure);
            HttpAnswers.refuse(request, problem.status(), problem.code(), problem.detail());
        });
    }

    /** @return null where only what comes is wanted, -1 for what is no number */
    private static Long after(RoutingContext request) {
        List<String> query = request.queryParam("after");
        String text = query.isEmpty() ? request.request().getHeader(LAST) : query.get(0);
        return text == null ? null : text.matches("[0-9]{1,18}") ? Long.valueOf(text) : Long.valueOf(-1);
    }

    private void kept(boolean up) {
        if (!up) {
            dropped.increment();
            LOG.warn("a listener to statuses does not keep up and is disconnected");
        }
    }

    private void gone(SseClient client) {
        Listener listener = clients.remove(client);
        if (listener != null) {
            listener.close();
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

    /** What one client has got and waits for. Its statuses are written on one event loop, one after the other. */
    private final class Listener {
        private final Context loop;
        private final Long after;
        private final SipAccountApi.Caller caller;
        private SseClient client;
        private volatile Sessions.Following following;
        private volatile boolean closed;
        /** What came while the history was read; null once it was told. */
        private List<SessionStatus> waiting = new ArrayList<>();
        private long last;

        Listener(Context loop, Long after, SipAccountApi.Caller caller) {
            this.loop = loop;
            this.after = after;
            this.caller = caller;
        }

        /** @param newest sequence of the newest status; one who has seen more was here before the history was lost, and gets all of it */
        void begin(String name, long newest) {
            following = sessions.get().follow(name, status -> loop.runOnContext(go -> come(status)));
            if (closed) {
                following.close();
                return;
            }
            kept(client.write(": statuses from now on\n\n"));
            if (after == null) {
                told(List.of());
                return;
            }
            last = after > newest ? 0 : after;
            vertx.executeBlocking(() -> sessions.get().history(name, last, REPLAYED), false).onComplete(read -> loop.runOnContext(go -> {
                if (read.succeeded()) {
                    told(read.result());
                } else {
                    LOG.warn("the history of {} cannot be read: {}", name, read.cause().toString());
                    client.end();
                }
            }));
        }

        private void told(List<SessionStatus> history) {
            history.forEach(this::tell);
            waiting.forEach(this::tell);
            waiting = null;
        }

        /** The account may have been given up meanwhile, and taken by somebody else. */
        private void come(SessionStatus status) {
            if (!sessions.get().get(status.account()).map(info -> SipAccountApi.maySee(caller, info)).orElse(true)) {
                client.end();
            } else if (waiting == null) {
                tell(status);
            } else if (waiting.size() < REPLAYED) {
                waiting.add(status);
            } else {
                client.end();
            }
        }

        private void tell(SessionStatus status) {
            if (status.sequence() > last) {
                last = status.sequence();
                kept(client.write("id: " + status.sequence() + "\nevent: " + status.type().name() + "\ndata: " + SipAccountJson.status(status) + "\n\n"));
            }
        }

        private void close() {
            closed = true;
            Sessions.Following mine = following;
            if (mine != null) {
                mine.close();
            }
        }
    }
}
