package io.github.camelvoice.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Stands before every route: who may pass, what of a request may become an exchange header, how large it may be, and that errors
 * look alike. Runs on event loops, never blocks.
 */
final class HttpGuard {

    static final String API = "/api/v1/";
    static final String HEALTH = "/observe/health";
    static final int MAX_BODY = 64 * 1024;

    /** Of a request to our API nothing else becomes a header of the exchange. */
    private static final Set<String> API_HEADERS = Set.of("content-type", "content-length", "transfer-encoding", "accept", "host",
            "connection", "expect");
    private static final Set<String> API_PARAMETERS = Set.of("state", "limit", "call", "kind");
    private static final Map<Integer, String> CODES = Map.of(400, "bad-request", 404, "not-found", 405, "method-not-allowed",
            406, "not-acceptable", 413, "too-large", 414, "too-large", 415, "unsupported-media-type", 431, "too-large",
            500, "internal", 503, "unavailable");

    private final Account account;
    private volatile boolean open;

    HttpGuard(Account account) {
        this.account = account;
    }

    /** Before this, requests are answered 503: the routes are not there yet. */
    void open() {
        open = true;
    }

    void install(Router router) {
        CODES.keySet().forEach(status -> router.errorHandler(status, this::failed));
        router.route().order(Integer.MIN_VALUE).handler(this::check);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!admitted(context)) {
            context.response().putHeader("WWW-Authenticate", "Basic realm=\"camel-voice\", charset=\"UTF-8\", Bearer realm=\"camel-voice\"");
            answer(context, Problem.of(401, "unauthorized", "account and token needed"));
        } else if (!open) {
            context.response().putHeader("Retry-After", "1");
            answer(context, Problem.of(503, "starting", "the gateway is not ready yet"));
        } else if (tooLarge(request)) {
            context.response().putHeader("Connection", "close");
            answer(context, Problem.of(413, "too-large", "a body may have " + MAX_BODY + " bytes"));
        } else if (api(context) && request.method().equals(HttpMethod.POST) && hasBody(request) && !isJson(request)) {
            answer(context, Problem.of(415, "unsupported-media-type", "a body must be application/json"));
        } else {
            boolean api = api(context);
            strip(request.headers(), api ? API_HEADERS : null);
            strip(context.queryParams(), api ? API_PARAMETERS : null);
            context.next();
        }
    }

    /** Health without details needs no token on the machine itself; all else does. */
    private boolean admitted(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        boolean health = path.equals(HEALTH) || path.equals(HEALTH + "/live") || path.equals(HEALTH + "/ready");
        return account.admits(request.getHeader("Authorization"))
                || health && request.method().equals(HttpMethod.GET) && request.query() == null && fromLoopback(request);
    }

    private static boolean fromLoopback(HttpServerRequest request) {
        try {
            return request.remoteAddress() != null && request.remoteAddress().hostAddress() != null
                    && InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean tooLarge(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > MAX_BODY);
    }

    private static boolean api(RoutingContext context) {
        return context.normalizedPath().startsWith(API);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || length != null && !length.matches("0+");
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?");
    }

    /** Removes what no caller may set; the filter of platform-http would too, and twice is the intention. */
    private static void strip(MultiMap values, Set<String> allowed) {
        if (values.isEmpty()) {
            return;
        }
        for (String name : new ArrayList<>(values.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean steers = lower.startsWith("camel") || lower.startsWith("org.apache.camel");
            if (steers || allowed != null && !allowed.contains(lower) || lower.equals("authorization")) {
                values.remove(name);
            }
        }
    }

    private void failed(RoutingContext context) {
        int status = context.statusCode();
        if (!context.response().ended() && !context.response().headWritten()) {
            answer(context, Problem.of(status, CODES.get(status), null));
        }
    }

    static void answer(RoutingContext context, Problem problem) {
        context.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store").end(problem.json());
    }
}
