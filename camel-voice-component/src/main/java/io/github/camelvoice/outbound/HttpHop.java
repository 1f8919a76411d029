package io.github.camelvoice.outbound;

import io.github.camelvoice.outbound.HttpFailure.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** One request to one URL: an attempt of an {@link HttpExchange}, or a redirect of it. Confined to the event loop of the {@link HttpCaller}. */
final class HttpHop {

    private static final int MOST_REDIRECTS = 3;

    private final HttpExchange exchange;
    private final HttpCaller caller;
    private final HttpCall call;
    private final String url;
    private final String method;
    private final byte[] body;
    private final Map<String, String> headers;
    private final boolean credentials;
    private final int redirects;
    private final Target previous;
    private CheckedTarget at;
    private String place;
    private Runnable inLine;
    private boolean admitted;
    private boolean closed;
    private HttpClientRequest request;
    /** Whether its connection had a request before. */
    private boolean reused;
    private HttpClientResponse response;
    private Buffer read = Buffer.buffer();
    private long readTimer = -1;

    HttpHop(HttpExchange exchange, String url, String method, byte[] body, Map<String, String> headers, boolean credentials,
            int redirects, Target previous) {
        this.exchange = exchange;
        this.caller = exchange.caller();
        this.call = exchange.call();
        this.url = url;
        this.method = method;
        this.body = body;
        this.headers = headers;
        this.credentials = credentials;
        this.redirects = redirects;
        this.previous = previous;
    }

    void check() {
        caller.policy().check(url, Schemes.HTTP, credentials).whenComplete((checked, failure) -> caller.loop().runOnContext(go -> {
            if (closed) {
                return;
            }
            if (failure != null) {
                fail(refused(failure));
                return;
            }
            if (previous != null && Schemes.isSecure(previous.scheme()) && !checked.isSecure()) {
                fail(new HttpFailure(Kind.REDIRECT, "redirected from https to http"));
                return;
            }
            at = checked;
            place = checked.server().toString();
            inLine = this::send;
            if (!caller.gate().enter(place, inLine)) {
                inLine = null;
                fail(new HttpFailure(Kind.BUSY, "too many requests wait"));
            }
        }));
    }

    private HttpFailure refused(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TargetException refused) {
            HttpFailure first = HttpFailure.of(refused);
            return previous == null || first.isRetryable() ? first
                    : new HttpFailure(Kind.REDIRECT, "redirected: " + refused.getMessage(), refused);
        }
        return new HttpFailure(Kind.PROTOCOL, "the host could not be looked up", cause);
    }

    private void send() {
        inLine = null;
        admitted = true;
        RequestOptions options = new RequestOptions().setServer(at.server()).setHost(at.host()).setPort(at.port()).setSsl(at.isSecure())
                .setMethod(HttpMethod.valueOf(method)).setURI(at.target().requestUri() + fields()).setFollowRedirects(false)
                .setConnectTimeout(exchange.connectMillis());
        headers.forEach(options::putHeader);
        if (call.signer() != null) {
            call.signer().headers(method, at.target().toString() + fields(), body).forEach((name, value) -> {
                HeaderRules.check(name, value);
                options.putHeader(name, value);
            });
        }
        if (at.target().userInfo() != null) {
            options.putHeader("Authorization", basic(at.target().userInfo()));
        }
        caller.client(call.tls()).request(options).onComplete(connected -> {
            if (closed) {
                if (connected.succeeded()) {
                    connected.result().reset();
                }
            } else if (connected.failed()) {
                fail(connecting(connected.cause()));
            } else {
                write(connected.result());
            }
        });
    }

    /** What a form adds to the query: not where another server sends us to, which has its own. */
    private String fields() {
        return redirects > 0 || call.query().isEmpty() ? "" : (at.target().query() == null ? "?" : "&") + call.query();
    }

    private void write(HttpClientRequest connected) {
        request = connected;
        reused = !caller.firstOn(connected.connection());
        request.exceptionHandler(broken -> fail(broken(broken)));
        alive();
        request.response().onComplete(answered -> {
            if (closed) {
                return;
            }
            if (answered.failed()) {
                fail(broken(answered.cause()));
            } else {
                head(answered.result());
            }
        });
        if (body.length > 0 || !method.equals("GET")) {
            request.end(Buffer.buffer(body));
        } else {
            request.end();
        }
    }

    /** There was a sign of life: the time for reading begins anew. */
    private void alive() {
        if (readTimer >= 0) {
            caller.vertx().cancelTimer(readTimer);
        }
        readTimer = caller.vertx().setTimer(exchange.readMillis(), late -> fail(new HttpFailure(Kind.READ_TIMEOUT,
                at.target().authority() + (response == null ? " did not answer within " : " sent nothing more for ") + exchange.readMillis()
                        + " ms")));
    }

    private void head(HttpClientResponse head) {
        response = head;
        head.exceptionHandler(broken -> fail(broken(broken)));
        int status = head.statusCode();
        String location = head.getHeader("location");
        if (location != null && (status >= 301 && status <= 303 || status == 307 || status == 308)) {
            redirect(status, location);
            return;
        }
        if (status < 200 || status > 599) {
            fail(new HttpFailure(Kind.PROTOCOL, at.target().authority() + " answered with status " + status));
            return;
        }
        alive();
        head.handler(this::chunk);
        head.endHandler(end -> {
            if (!closed) {
                leave();
                exchange.ended(answer(), null);
            }
        });
    }

    private void chunk(Buffer more) {
        if (closed) {
            return;
        }
        alive();
        int room = call.bodyLimit() - read.length();
        if (more.length() <= room) {
            read.appendBuffer(more);
        } else if (call.discard()) {
            read.appendBuffer(more, 0, room);
            HttpAnswer beginning = answer();
            abandon();
            exchange.ended(beginning, null);
        } else {
            fail(new HttpFailure(Kind.TOO_LARGE, "the answer of " + at.target().authority() + " has more than " + call.bodyLimit() + " bytes"));
        }
    }

    private HttpAnswer answer() {
        Map<String, List<String>> received = new LinkedHashMap<>();
        response.headers().forEach((name, value) -> received.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>()).add(value));
        return new HttpAnswer(response.statusCode(), received, read.getBytes(), at.target().toString());
    }

    private void redirect(int status, String location) {
        Target from = at.target();
        if (redirects >= MOST_REDIRECTS) {
            fail(new HttpFailure(Kind.REDIRECT, "redirected more than " + MOST_REDIRECTS + " times"));
            return;
        }
        String next;
        try {
            next = resolve(from, location);
            caller.policy().parse(next, Schemes.HTTP, false);
        } catch (TargetException | IllegalArgumentException wrong) {
            String why = wrong instanceof TargetException ? wrong.getMessage() : "to a malformed URL";
            fail(new HttpFailure(Kind.REDIRECT, "redirected: " + why, wrong));
            return;
        }
        // RFC 9110, 15.4: 303 becomes a GET, and so does a POST after 301 and 302, as every client has it
        boolean get = (status == 303 || status < 303 && method.equals("POST")) && !method.equals("GET");
        Map<String, String> kept = new LinkedHashMap<>(headers);
        boolean elsewhere = !next.startsWith(from.scheme() + "://" + from.authority() + "/");
        kept.keySet().removeIf(name -> get && name.toLowerCase(Locale.ROOT).startsWith("content-")
                || elsewhere && (name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("cookie")));
        abandon();
        exchange.next(new HttpHop(exchange, next, get ? "GET" : method, get ? new byte[0] : body, kept, false, redirects + 1, from));
    }

    private HttpFailure connecting(Throwable cause) {
        if (isTls(cause)) {
            return new HttpFailure(Kind.TLS, "no secure connection to " + at.target().authority() + ": " + reason(cause), cause);
        }
        boolean refused = cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
        return new HttpFailure(Kind.CONNECT, refused ? at.target().authority() + " refuses connections"
                : "no connection to " + at.target().authority() + " within " + exchange.connectMillis() + " ms", cause);
    }

    private HttpFailure broken(Throwable cause) {
        if (isTls(cause)) {
            return new HttpFailure(Kind.TLS, "the secure connection to " + at.target().authority() + " failed: " + reason(cause), cause);
        }
        return new HttpFailure(Kind.PROTOCOL, response == null ? at.target().authority() + " closed the connection or does not speak HTTP"
                : "the answer of " + at.target().authority() + " broke off", cause);
    }

    private void fail(HttpFailure failure) {
        if (closed) {
            return;
        }
        abandon();
        if (failure.kind() == Kind.PROTOCOL && reused && response == null && exchange.mayReplaceConnection()) {
            // the far end closed a connection that was kept open, most likely before it read the request
            exchange.next(new HttpHop(exchange, url, method, body, headers, credentials, redirects, previous));
        } else {
            exchange.ended(null, failure);
        }
    }

    /** Lets go of everything; what still comes for this hop is ignored. */
    void abandon() {
        if (closed) {
            return;
        }
        leave();
        if (request != null) {
            request.reset();
        }
    }

    private void leave() {
        closed = true;
        if (readTimer >= 0) {
            caller.vertx().cancelTimer(readTimer);
        }
        if (inLine != null) {
            caller.gate().withdraw(place, inLine);
        } else if (admitted) {
            caller.gate().leave(place);
        }
    }

    private static String resolve(Target from, String location) {
        int hash = location.indexOf('#');
        String bare = hash < 0 ? location : location.substring(0, hash);
        return URI.create(from.toString()).resolve(URI.create(bare)).toString();
    }

    private static boolean isTls(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable failure) {
        String reason = failure.getMessage();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            reason = t.getMessage() == null ? reason : t.getMessage();
        }
        return reason;
    }

    private static String basic(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
