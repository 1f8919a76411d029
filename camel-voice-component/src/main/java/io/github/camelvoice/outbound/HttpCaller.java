package io.github.camelvoice.outbound;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The one HTTP client: GET, POST and PUT to URLs that somebody else named. Each URL, redirects included, passes the {@link TargetPolicy}, and the
 * connection goes to the address that was checked; name and certificate are verified by the host of the URL. HTTP/1.1; no proxy, no
 * cookies, no compression. Thread-safe; nothing waits. All of its state is confined to one event loop.
 */
public final class HttpCaller implements AutoCloseable {

    private static final int CONNECT_SECONDS = 10;
    /** Shorter than what servers allow as a rule, so that we do not write to a connection that they are about to close. */
    private static final int KEEP_ALIVE_SECONDS = 2;
    private static final int HEAD_LIMIT = 16_384;
    private static final int LINE_LIMIT = 4_096;

    /**
     * Bounds.
     *
     * @param perHost requests at once to one address and port, whatever the names that lead there
     * @param inAll   requests at once
     * @param waiting requests that wait for their turn, beyond: {@link HttpFailure.Kind#BUSY}
     */
    public record Limits(int perHost, int inAll, int waiting) {
        public static final Limits DEFAULT = new Limits(16, 256, 2_000);

        public Limits {
            if (perHost < 1 || inAll < perHost || waiting < 0) {
                throw new IllegalArgumentException("limits must be 1 <= perHost <= inAll, and 0 <= waiting");
            }
        }
    }

    private final Vertx vertx;
    private final TargetPolicy policy;
    private final Limits limits;
    private final Context loop;
    private final Gate gate;
    private final Future<SSLContext> trust;
    /** By trust; the key null is the platform's. */
    private final Map<SSLContext, HttpClient> clients = new HashMap<>();
    private final Set<HttpExchange> live = new HashSet<>();
    private final Set<HttpConnection> used = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean closed;

    public HttpCaller(Vertx vertx, TargetPolicy policy) {
        this(vertx, policy, Limits.DEFAULT);
    }

    public HttpCaller(Vertx vertx, TargetPolicy policy, Limits limits) {
        this.vertx = vertx;
        this.policy = policy;
        this.limits = limits;
        this.loop = vertx.getOrCreateContext();
        this.trust = loop.executeBlocking(Tls::platform);
        this.gate = new Gate(limits.perHost(), limits.inAll(), limits.waiting());
    }

    /**
     * Sends the request. The stage is done with the answer, whatever its status, or fails with an {@link HttpFailure}; both happen on an I/O
     * thread: do not wait there. What the fragment of the URL asks for ({@link Overrides}) is done, attempts included.
     */
    public CompletionStage<HttpAnswer> call(HttpCall call) {
        CompletableFuture<HttpAnswer> result = new CompletableFuture<>();
        Overrides.Split split;
        try {
            split = Overrides.split(call.url());
            policy.parse(split.url(), Schemes.HTTP, call.credentials());
        } catch (TargetException refused) {
            return CompletableFuture.failedFuture(HttpFailure.of(refused));
        }
        HttpExchange exchange = new HttpExchange(this, call, split, result);
        try {
            loop.runOnContext(go -> {
                if (closed) {
                    result.completeExceptionally(shuttingDown());
                } else {
                    live.add(exchange);
                    exchange.begin();
                }
            });
        } catch (RejectedExecutionException ended) {
            return CompletableFuture.failedFuture(shuttingDown());
        }
        return result;
    }

    private static HttpFailure shuttingDown() {
        return new HttpFailure(HttpFailure.Kind.BUSY, "shutting down");
    }

    /** On the event loop only. */
    void over(HttpExchange exchange) {
        live.remove(exchange);
    }

    Vertx vertx() {
        return vertx;
    }

    Context loop() {
        return loop;
    }

    TargetPolicy policy() {
        return policy;
    }

    /** Done when connections can be made. */
    Future<SSLContext> trust() {
        return trust;
    }

    Gate gate() {
        return gate;
    }

    /** On the event loop only. @return whether the connection has its first request now */
    boolean firstOn(HttpConnection connection) {
        return used.add(connection);
    }

    /** On the event loop only. */
    HttpClient client(SSLContext tls) {
        return clients.computeIfAbsent(tls, this::newClient);
    }

    private HttpClient newClient(SSLContext tls) {
        HttpClientOptions options = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_1_1).setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(HEAD_LIMIT).setMaxInitialLineLength(LINE_LIMIT).setDecompressionSupported(false);
        options.setConnectTimeout(CONNECT_SECONDS * 1_000).setVerifyHost(true).setSslHandshakeTimeout(CONNECT_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(limits.perHost()).setMaxWaitQueueSize(limits.inAll());
        return vertx.createHttpClient(Tls.apply(options, tls), pool);
    }

    /** Closes connections; calls under way fail. To be called before Vert.x is closed, once. */
    @Override
    public void close() {
        loop.runOnContext(go -> {
            closed = true;
            List.copyOf(live).forEach(exchange -> exchange.over(null, shuttingDown()));
            clients.values().forEach(HttpClient::close);
            clients.clear();
        });
    }
}
