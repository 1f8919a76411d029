package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.access.Permission;
import io.github.camelvoice.gateway.access.Visitors;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands before every route: who may pass, what of a request may become an exchange header, how large it may be, and that errors
 * look alike. Runs on event loops, never blocks.
 */
final class HttpGuard {

    static final String API = "/api/v1/";
    /** Under this name the request's context has its account. */
    static final String ACCOUNT = "voice.account";
    static final String HEALTH = "/observe/health";
    static final int MAX_BODY = 64 * 1024;
    /** Of a list with many resources. */
    private static final int MAX_LIST = 1024 * 1024;
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT);
    private static final String CHALLENGE = "Basic realm=\"camel-voice\", charset=\"UTF-8\", Bearer realm=\"camel-voice\"";

    /** Of a request to our APIs nothing else becomes a header of the exchange. */
    private static final Set<String> API_HEADERS = Set.of("content-type", "content-length", "transfer-encoding", "accept", "host",
            "connection", "expect", "range");
    /** Also of the SIP Event Package API. */
    private static final Set<String> SEP_HEADERS = Stream.concat(API_HEADERS.stream(), Stream.of("if-match", "if-none-match"))
            .collect(Collectors.toUnmodifiableSet());

    /** Also of streams that can be taken up again. */
    private static final Set<String> STREAM_HEADERS = Stream.concat(API_HEADERS.stream(), Stream.of(StatusStream.LAST.toLowerCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());

    private final Logins logins;
    private final RecordsGate records;
    private final String project;
    private final SessionGate sessions = new SessionGate();
    private volatile boolean open;

    /** @param project the one that live calls belong to */
    HttpGuard(Logins logins, RecordsGate records, String project) {
        this.logins = logins;
        this.records = records;
        this.project = project;
    }

    /** Before this, requests are answered 503: the routes are not there yet. */
    void open() {
        open = true;
    }

    /** @param visitors are told whose requests had an account */
    void install(Router router, Visitors<HttpConnection> visitors) {
        HttpAnswers.CODES.keySet().forEach(status -> router.errorHandler(status, this::failed));
        router.route().order(Integer.MIN_VALUE).handler(context -> check(context, visitors));
    }

    private void check(RoutingContext context, Visitors<HttpConnection> visitors) {
        HttpServerRequest request = context.request();
        List<String> path = RequestPath.segments(request.path());
        CrossSite.guardAnswer(context.response(), path != null && isApi(path));
        Logins.Result login = logins.login(request.getHeader("Authorization"), source(request));
        if (login.account() != null) {
            visitors.known(request.connection());
        }
        boolean health = login.account() == null && isOpenHealth(request, path);
        if (login.account() == null && !health) {
            turnAway(context, login.retryAfter());
        } else if (!open) {
            HttpAnswers.later(context, 503, "starting", 1, "the gateway is not ready yet");
        } else if (CrossSite.isForged(request)) {
            HttpAnswers.refuse(context, 403, "a page of another site may not do this");
        } else if (tooLarge(request, mostBytes(path))) {
            context.response().putHeader("Connection", "close");
            HttpAnswers.refuse(context, 413, "a body may have " + mostBytes(path) + " bytes");
        } else if (path == null) {
            HttpAnswers.refuse(context, 400, "the path is none that could be served");
        } else if (health || mayPass(context, login.account(), path)) {
            context.put(ACCOUNT, login.account());
            boolean api = isApi(path);
            strip(request.headers(), api ? headers(path) : null);
            strip(context.queryParams(), api ? parameters(request, path) : null);
            if (ApiRule.isLaml(path)) {
                asText(request.headers(), login.account());
            } else if (ApiRule.isSep(path)) {
                request.headers().set(LamlApi.ACCOUNT, login.account().sid());
            } else if (ApiRule.isSipAccounts(path)) {
                SipAccountApi.Caller caller = SipAccountApi.Caller.of(login.account(), project);
                request.headers().set(LamlApi.ACCOUNT, caller.sid()).set(SipAccountApi.MAY, String.join(",", caller.may()));
            }
            if (context.get(RecordsGate.TICKET) instanceof String ticket) {
                request.headers().set(RecordsGate.TICKET, ticket);
            }
            context.next();
        }
    }

    private static Set<String> headers(List<String> path) {
        return ApiRule.isSep(path) ? SEP_HEADERS : ApiRule.isSipAccounts(path) ? STREAM_HEADERS : API_HEADERS;
    }

    /** A form stays a body: its fields would become headers of the exchange. */
    private static void asText(MultiMap headers, Account account) {
        if (headers.contains("Content-Type")) {
            headers.set("Content-Type", "text/plain; charset=utf-8");
        }
        headers.set(LamlApi.ACCOUNT, account.sid());
    }

    private static void turnAway(RoutingContext context, int retryAfter) {
        if (retryAfter > 0) {
            context.response().putHeader("Connection", "close");
            HttpAnswers.later(context, 429, "too-many-failures", retryAfter, "too many failed logins from this address");
        } else {
            context.response().putHeader("WWW-Authenticate", CHALLENGE);
            HttpAnswers.refuse(context, 401, "account and token needed");
        }
    }

    /** What the account may, what the request may hold, and how many there may be. Ends the request where the answer is no. */
    private boolean mayPass(RoutingContext context, Account account, List<String> path) {
        HttpServerRequest request = context.request();
        ApiRule rule = ApiRule.of(request.method().name(), path);
        if (rule == null) {
            return mayInvoke(context, account, path);
        }
        if (WITH_BODY.contains(request.method()) && hasBody(request) && !rule.takes(mediaType(request))) {
            HttpAnswers.refuse(context, 415, "a body must be " + rule.takes());
            return false;
        }
        String wanted = project(rule, path);
        if (rule.permission() != null && !account.may(rule.permission(), wanted)) {
            return forbid(context, rule.permission(), wanted);
        }
        if (rule.also() != null && !account.may(rule.also(), wanted)) {
            return forbid(context, rule.also(), wanted);
        }
        if (rule.readsRecords()) {
            return mayRead(context, account, rule, path, wanted);
        }
        return !ApiRule.isSipAccounts(path) || rule == ApiRule.STATUS_STREAM || mayAct(context, account, rule);
    }

    private boolean mayAct(RoutingContext context, Account account, ApiRule rule) {
        String length = context.request().getHeader("Content-Length");
        long size = rule != ApiRule.SESSION_PLAY ? 0 : length == null ? SessionGate.MAX_FILES : Long.parseLong(length);
        if (!sessions.enter(account.sid(), size)) {
            HttpAnswers.later(context, 429, "too-many-requests", 1, "too many requests to SIP accounts are under way");
            return false;
        }
        context.addEndHandler(done -> sessions.leave(account.sid(), size));
        return true;
    }

    private boolean mayRead(RoutingContext context, Account account, ApiRule rule, List<String> path, String wanted) {
        String wrong = RecordsQuery.wrong(context, rule, path);
        if (wrong != null) {
            HttpAnswers.refuse(context, 400, "bad-parameter", wrong);
            return false;
        }
        if ("true".equals(context.queryParams().get(ApiRule.RAW)) && !account.may(Permission.CALLS_GET_RAW, wanted)) {
            return forbid(context, Permission.CALLS_GET_RAW, wanted);
        }
        int wait = records.enter(account.sid());
        if (wait > 0) {
            HttpAnswers.later(context, 429, "too-many-requests", wait, "this account reads more than it may, or too many read at the same time");
            return false;
        }
        String ticket = records.ticket();
        context.put(RecordsGate.TICKET, ticket);
        context.addEndHandler(done -> records.leave(account.sid(), ticket));
        return true;
    }

    /** Paths that the gateway itself does not serve belong to the user's routes. */
    private boolean mayInvoke(RoutingContext context, Account account, List<String> path) {
        List<String> methods = ApiRule.methods(path);
        boolean google = HttpAnswers.isGoogle(context.request());
        if (account.may(Permission.ROUTES_INVOKE, project) && (!google || methods.isEmpty())) {
            return true;
        }
        if (!methods.isEmpty()) {
            HttpAnswers.refuse(context, 405, null);
            return false;
        }
        if (google) {
            HttpAnswers.refuse(context, 404, "there is no such path");
            return false;
        }
        return forbid(context, Permission.ROUTES_INVOKE, project);
    }

    private static boolean forbid(RoutingContext context, Permission permission, String project) {
        HttpAnswers.refuse(context, 403, "this account lacks " + permission + " on project " + ApiException.quote(project));
        return false;
    }

    private String project(ApiRule rule, List<String> path) {
        String named = rule.value(ApiRule.PROJECT, path);
        return named == null ? project : named;
    }

    private static Set<String> parameters(HttpServerRequest request, List<String> path) {
        ApiRule rule = ApiRule.of(request.method().name(), path);
        return rule == null ? Set.of() : rule.parameters();
    }

    /** Health without details needs no token on the machine itself; all else does. */
    private static boolean isOpenHealth(HttpServerRequest request, List<String> path) {
        return path != null && request.method().equals(HttpMethod.GET) && request.query() == null
                && Set.of("observe/health", "observe/health/live", "observe/health/ready").contains(String.join("/", path)) && fromLoopback(request);
    }

    private static String source(HttpServerRequest request) {
        return request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    }

    private static boolean fromLoopback(HttpServerRequest request) {
        try {
            return source(request) != null && InetAddress.getByName(source(request)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Bytes that a body may have. @param path null for one that is none */
    static int mostBytes(List<String> path) {
        if (path == null) {
            return MAX_BODY;
        }
        return ApiRule.isFiles(path) ? SessionGate.MAX_FILES : ApiRule.isSep(path) ? MAX_LIST : MAX_BODY;
    }

    private static boolean tooLarge(HttpServerRequest request, int most) {
        String length = request.getHeader("Content-Length");
        return length != null && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > most);
    }

    private static boolean isApi(List<String> path) {
        return path.size() > 1 && (path.get(0).equals("api") && path.get(1).equals("v1") || path.get(0).equals(HttpAnswers.GOOGLE)
                || ApiRule.isLaml(path) || ApiRule.isSep(path));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return request.getHeader("Transfer-Encoding") != null || length != null && !length.matches("0+");
    }

    /** In lower case, without parameters; empty where there is none. */
    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** Removes what no caller may set; the filter of platform-http would too, and twice is the intention. */
    private static void strip(MultiMap values, Set<String> allowed) {
        if (values.isEmpty()) {
            return;
        }
        for (String name : new ArrayList<>(values.names())) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean steers = lower.startsWith("camel") || lower.startsWith("org.apache.camel");
            if (steers || allowed != null && !allowed.contains(name) && !allowed.contains(lower) || lower.equals("authorization")
                    || lower.equals(RecordsGate.TICKET)) {
                values.remove(name);
            }
        }
    }

    private void failed(RoutingContext context) {
        if (!context.response().ended() && !context.response().headWritten()) {
            HttpAnswers.refuse(context, context.statusCode(), null);
        }
    }
}
