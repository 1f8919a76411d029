package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Permission;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.voice.VoiceConstants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What the routes of {@code /api/v1/sip-accounts} cannot say in YAML: requests into the headers of {@code voice:session}, and what comes of them as JSON.
 * An account of the API has the SIP accounts that it registered; others' are not there for it, unless it has {@link Permission#SESSIONS_ALL}. Thread-safe.
 */
public final class SipAccountApi {

    /** Request header that the guard sets: what the caller may, words between commas. */
    static final String MAY = "x-voice-may";
    private static final int MOST_STATUSES = 1_000;
    private static final String KNOWN = "voiceSipAccountKnown";

    private final Supplier<Sessions> sessions;
    private final CallApi calls;
    private final String project;

    SipAccountApi(Supplier<Sessions> sessions, CallApi calls, String project) {
        this.sessions = sessions;
        this.calls = calls;
        this.project = project;
    }

    String project() {
        return project;
    }

    /**
     * Who asks.
     *
     * @param may words out of get, update, call and all
     */
    record Caller(String sid, List<String> may) {

        static Caller of(Account account, String project) {
            List<String> may = new ArrayList<>();
            for (Permission each : List.of(Permission.SESSIONS_GET, Permission.SESSIONS_UPDATE, Permission.SESSIONS_CALL, Permission.SESSIONS_ALL)) {
                if (account.may(each, project)) {
                    may.add(each.id().substring(each.id().lastIndexOf('.') + 1));
                }
            }
            return new Caller(account.sid(), may);
        }

        static Caller of(Exchange exchange) {
            Message message = exchange.getMessage();
            String may = message.getHeader(MAY, "", String.class);
            return new Caller(message.getHeader(LamlApi.ACCOUNT, String.class), Arrays.stream(may.split(",")).filter(each -> !each.isEmpty()).toList());
        }

        boolean all() {
            return may.contains("all");
        }
    }

    /** @throws ApiException 404, for others' too */
    SessionInfo mustSee(Caller caller, String name) {
        return sessions.get().get(name).filter(info -> maySee(caller, info)).orElseThrow(SipAccountApi::nobody);
    }

    static boolean maySee(Caller caller, SessionInfo info) {
        return caller.all() || info.owner().equals(caller.sid());
    }

    private static ApiException nobody() {
        return new ApiException(404, "no-such-account", "there is no such SIP account");
    }

    /** {@code GET /sip-accounts}: the body of {@code operation=list}, filtered. */
    @SuppressWarnings("unchecked")
    public void list(Exchange exchange) {
        Message message = exchange.getMessage();
        String part = message.getHeader("name", "", String.class).toLowerCase(Locale.ROOT);
        Predicate<SessionInfo> state = state(message.getHeader("state", String.class));
        int most = CallApi.limit(message.getHeader("limit", String.class));
        List<SessionInfo> found = ((List<SessionInfo>) message.getBody(List.class)).stream()
                .filter(each -> each.account().toLowerCase(Locale.ROOT).contains(part)).filter(state).toList();
        message.setBody(SipAccountJson.page(found, most, Caller.of(exchange).may()));
    }

    private static Predicate<SessionInfo> state(String word) {
        if (word == null) {
            return each -> true;
        }
        for (RegistrationInfo.State state : RegistrationInfo.State.values()) {
            if (SipAccountJson.word(state).equals(word)) {
                return each -> SipAccountJson.state(each) == state;
            }
        }
        throw new ApiException(400, "bad-parameter", "state must be one of " + Arrays.stream(RegistrationInfo.State.values()).map(SipAccountJson::word).toList());
    }

    /** Whose accounts are meant: those of others are not found. */
    public void mine(Exchange exchange) {
        Caller caller = Caller.of(exchange);
        exchange.getMessage().setHeader(VoiceConstants.SESSION_OWNER, caller.all() ? null : caller.sid());
    }

    /** The SIP account that the path names. */
    public void named(Exchange exchange) {
        mine(exchange);
        exchange.getMessage().setHeader(VoiceConstants.SESSION_ACCOUNT, path(exchange));
    }

    private static String path(Exchange exchange) {
        String name = exchange.getMessage().getHeader("name", String.class);
        if (name.isBlank()) {
            throw ApiException.badField("name", "is blank");
        }
        return name;
    }

    /** {@code GET /sip-accounts/{name}}: the body of {@code operation=get}. */
    public void show(Exchange exchange) {
        exchange.getMessage().setBody(SipAccountJson.account(exchange.getMessage().getBody(SessionInfo.class), Caller.of(exchange).may()));
    }

    /** {@code PUT}: path and body become headers. Whose name is taken by somebody else hears of it from the producer. */
    public void register(Exchange exchange) {
        Message message = exchange.getMessage();
        Caller caller = Caller.of(exchange);
        String name = path(exchange);
        SessionInfo known = sessions.get().get(name).filter(info -> maySee(caller, info)).orElse(null);
        exchange.setProperty(KNOWN, known != null);
        calls.apply(ApiFields.REGISTER_ACCOUNT, message);
        message.setHeader(VoiceConstants.SESSION_ACCOUNT, name);
        message.setHeader(VoiceConstants.SESSION_OWNER, known == null ? caller.sid() : known.owner());
    }

    /** The account as it is now: 201 where it is new. That its registration failed is in it, and no error: it is kept, and tried again where that helps. */
    public void registered(Exchange exchange) {
        Message message = exchange.getMessage();
        SessionStatus status = message.getBody(SessionStatus.class);
        SessionInfo info = sessions.get().get(status.account()).orElseThrow(SipAccountApi::nobody);
        if (!exchange.getProperty(KNOWN, Boolean.class)) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
            message.setHeader("Location", HttpGuard.API + "sip-accounts/" + URLEncoder.encode(info.account(), StandardCharsets.UTF_8).replace("+", "%20"));
        }
        message.setBody(SipAccountJson.account(info, Caller.of(exchange).may()));
    }

    /** {@code POST …/session}. */
    public void start(Exchange exchange) {
        named(exchange);
        calls.apply(ApiFields.START_SESSION, exchange.getMessage());
    }

    /** {@code POST …/session/call}. */
    public void call(Exchange exchange) {
        named(exchange);
        calls.apply(ApiFields.START_CALL, exchange.getMessage());
        mustHave(exchange, "callee");
    }

    /** {@code POST …/session/call/transfer}. */
    public void transfer(Exchange exchange) {
        named(exchange);
        calls.apply(ApiFields.TRANSFER_CALL, exchange.getMessage());
        mustHave(exchange, "target");
    }

    private static void mustHave(Exchange exchange, String field) {
        String target = exchange.getMessage().getHeader(VoiceConstants.TARGET, String.class);
        if (target == null || target.isBlank()) {
            throw ApiException.badField(field, "is missing");
        }
    }

    /** {@code DELETE …/session/call}. */
    public void hangup(Exchange exchange) {
        named(exchange);
        String hard = exchange.getMessage().getHeader("hard", "false", String.class);
        if (!hard.equals("true") && !hard.equals("false")) {
            throw new ApiException(400, "bad-parameter", "hard must be true or false");
        }
        exchange.getMessage().setHeader(VoiceConstants.SESSION_HARD, Boolean.valueOf(hard));
    }

    /** {@code POST} and {@code DELETE} that have no body. */
    public void plain(Exchange exchange) {
        named(exchange);
        calls.apply(ApiFields.NOTHING, exchange.getMessage());
    }

    /** {@code GET …/status}. */
    public void status(Exchange exchange) {
        exchange.getMessage().setBody(SipAccountJson.status(exchange.getMessage().getBody(SessionStatus.class)));
    }

    /** What a request came to. Where it needs a session or a call that is not there: 409. */
    public void done(Exchange exchange) {
        SessionStatus status = exchange.getMessage().getBody(SessionStatus.class);
        if (status.sequence() == 0 && status.type() == StatusType.NO_SESSION) {
            throw new ApiException(409, "no-session", "the account has no session");
        }
        if (status.sequence() == 0 && status.type() == StatusType.NO_ONGOING_CALL) {
            throw new ApiException(409, "no-ongoing-call", "the session has no call");
        }
        if (status.type() == StatusType.SESSION_REGISTRATION_FAILED) {
            throw new ApiException(409, "registration-failed", "the account is not registered" + (status.description().isEmpty() ? "" : ": " + status.description()));
        }
        status(exchange);
    }

    /** {@code GET …/statuses}: which of them. */
    public void which(Exchange exchange) {
        Message message = exchange.getMessage();
        named(exchange);
        String after = message.getHeader("after", "0", String.class);
        if (!after.matches("[0-9]{1,18}")) {
            throw new ApiException(400, "bad-parameter", "after must be the number of a status");
        }
        message.setHeader(VoiceConstants.SESSION_AFTER, Long.valueOf(after));
        message.setHeader(VoiceConstants.SESSION_LIMIT, Math.min(limit(message) + 1, MOST_STATUSES + 1));
    }

    private static int limit(Message message) {
        return CallApi.limit(message.getHeader("limit", String.class));
    }

    /** The body of {@code operation=history}: oldest first, of more than asked for the newest. */
    @SuppressWarnings("unchecked")
    public void statuses(Exchange exchange) {
        Message message = exchange.getMessage();
        List<SessionStatus> found = message.getBody(List.class);
        int limit = limit(message);
        message.setBody(SipAccountJson.history(found.subList(Math.max(0, found.size() - limit), found.size()), found.size() > limit));
    }
}
