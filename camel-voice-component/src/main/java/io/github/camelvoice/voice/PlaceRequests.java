package io.github.camelvoice.voice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.AccountCalls;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;

/** Whom an exchange wants to call, and how: the target of the endpoint or a header, or several of them, each with what it says of its own. */
final class PlaceRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = new TreeSet<>(Set.of("target", "transport", "from", "fromDisplay", "username", "password",
            "outboundProxy", "codecs", "srtp", "ringTimeout", "timeLimit", "sessionExpires", "headers", "sipAccount"));

    /** What an account says by itself. */
    private static final List<String> OF_ACCOUNTS = List.of("transport", "from", "username", "password", "outboundProxy");

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private final Exchange exchange;
    private final Arguments args;

    /** Values of the option srtp. */
    enum Srtp {
        NEVER(MediaSecurity.NONE), OPTIONAL(MediaSecurity.OPTIONAL), REQUIRED(MediaSecurity.REQUIRED);

        private final MediaSecurity wish;

        Srtp(MediaSecurity wish) {
            this.wish = wish;
        }
    }

    PlaceRequests(VoiceEndpoint endpoint, Exchange exchange, Arguments args) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.exchange = exchange;
        this.args = args;
    }

    /** One or more. */
    List<PlaceCall> read(EngineLink engine) throws VoiceException {
        SipHeaders headers = SipHeaderMapping.write(exchange, endpoint.getHeaderFilterStrategy());
        List<PlaceCall> requests = new ArrayList<>();
        for (Map<String, Object> target : targets()) {
            requests.add(request(target, engine, headers));
        }
        return requests;
    }

    private List<Map<String, Object>> targets() throws VoiceRequestException {
        Object several = exchange.getMessage().getHeader(VoiceConstants.TARGETS);
        List<Map<String, Object>> targets = new ArrayList<>();
        if (several != null) {
            for (Object each : list(several)) {
                targets.add(target(each));
            }
        } else {
            Arguments.list(args.text(VoiceConstants.TARGET, "target", endpoint.getTarget())).forEach(each -> targets.add(Map.of("target", each)));
        }
        if (targets.isEmpty()) {
            throw new VoiceRequestException("there is nobody to call: give a target in the URI (voice:call:bob@example.com) or in the header "
                    + VoiceConstants.TARGET + " or " + VoiceConstants.TARGETS);
        }
        return targets;
    }

    private static Collection<?> list(Object several) throws VoiceRequestException {
        if (several instanceof Collection<?> list) {
            return list;
        }
        String text = several instanceof String given ? given.trim() : "";
        if (!text.startsWith("[")) {
            throw wrong("must be a list, or a JSON array, of texts and objects");
        }
        try {
            return JSON.readValue(text, List.class);
        } catch (JsonProcessingException malformed) {
            throw wrong("is no JSON array");
        }
    }

    private static Map<String, Object> target(Object each) throws VoiceRequestException {
        if (each instanceof String text) {
            return Map.of("target", text.trim());
        }
        if (!(each instanceof Map<?, ?> map)) {
            throw wrong("must have texts and maps alone");
        }
        Map<String, Object> target = new HashMap<>();
        map.forEach((key, value) -> target.put(String.valueOf(key), value));
        for (String key : target.keySet()) {
            if (!KEYS.contains(key)) {
                throw wrong("has an unknown key '" + key + "'; there are " + KEYS);
            }
        }
        if (!(target.get("target") instanceof String text) || text.isBlank()) {
            throw wrong("has an entry without a target");
        }
        return target;
    }

    private static VoiceRequestException wrong(String what) {
        return new VoiceRequestException("header " + VoiceConstants.TARGETS + " " + what);
    }

    private PlaceCall request(Map<String, Object> own, EngineLink engine, SipHeaders headers) throws VoiceException {
        int sessionExpires = number(own, "sessionExpires",
                args.number(VoiceConstants.SESSION_EXPIRES, "sessionExpires", options.getSessionExpires()));
        if (sessionExpires != 0 && sessionExpires < 90) {
            throw new VoiceRequestException("sessionExpires must be 90 seconds or more: " + sessionExpires);
        }
        String account = text(own, "sipAccount", args.text(VoiceConstants.SIP_ACCOUNT, "sipAccount", options.getSipAccount()));
        OutboundLeg leg = account == null ? leg(own, engine.advertisedAddress(), sessionExpires, headers)
                : leg(account, own, engine.sessions(), sessionExpires, headers);
        String srtp = text(own, "srtp", args.text(VoiceConstants.SRTP, "srtp", options.getSrtp()));
        List<String> codecs = own.get("codecs") instanceof Collection<?> list ? list.stream().map(String::valueOf).toList()
                : Arguments.list(text(own, "codecs", args.text(VoiceConstants.CODECS, "codecs", options.getCodecs())));
        return new PlaceCall(leg, codecs,
                time(own, "ringTimeout", args.time(VoiceConstants.RING_TIMEOUT, "ringTimeout", options.getRingTimeout())),
                time(own, "timeLimit", args.time(VoiceConstants.TIME_LIMIT, "timeLimit", options.getTimeLimit())))
                .withSecurity(Arguments.choice("srtp", srtp, Srtp.class).wish);
    }

    /** A call of an account of ours at another server. */
    private OutboundLeg leg(String name, Map<String, Object> own, Sessions sessions, int sessionExpires, SipHeaders headers) throws VoiceException {
        for (String key : OF_ACCOUNTS) {
            if (own.containsKey(key)) {
                throw wrong("has an entry with sipAccount and " + key + ": the account says that");
            }
        }
        Account account = sessions.account(name)
                .orElseThrow(() -> new VoiceSessionNotFoundException("there is no account " + name.replaceAll("\\p{Cntrl}", "?"), null));
        RegistrationInfo registration = sessions.get(account.name()).flatMap(SessionInfo::registration).orElse(null);
        String display = text(own, "fromDisplay", args.text(VoiceConstants.FROM_DISPLAY, "fromDisplay", options.getFromDisplay()));
        try {
            return AccountCalls.leg(account, registration, AccountCalls.target(account, (String) own.get("target")),
                    headers.and(SipHeaderMapping.of(own.get("headers")))).withTerms(display == null ? account.displayName() : display, sessionExpires);
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException(null, wrong.getMessage(), wrong);
        }
    }

    private OutboundLeg leg(Map<String, Object> own, String ownAddress, int sessionExpires, SipHeaders headers) throws VoiceRequestException {
        String proxy = text(own, "outboundProxy", args.text(VoiceConstants.OUTBOUND_PROXY, "outboundProxy", options.getOutboundProxy()));
        String from = text(own, "from", args.text(VoiceConstants.FROM, "from", options.getFrom()));
        boolean ownUser = own.containsKey("username") || own.containsKey("password");
        String username = ownUser ? text(own, "username", null) : options.getUsername();
        String password = ownUser ? text(own, "password", null) : options.getPassword();
        if ((username == null) != (password == null)) {
            throw wrong("has an entry in which username and password do not come together");
        }
        if (((String) own.get("target")).startsWith("user:") && !endpoint.getComponent().isRegistrar()) {
            throw new VoiceRequestException("target " + own.get("target") + " needs the option registrar of the component");
        }
        String uri = withTransport(Targets.sipUri((String) own.get("target"), proxy, ownAddress), text(own, "transport", null));
        return new OutboundLeg(uri, Targets.identity(from, ownAddress),
                text(own, "fromDisplay", args.text(VoiceConstants.FROM_DISPLAY, "fromDisplay", options.getFromDisplay())), username, password, proxy,
                sessionExpires, headers.and(SipHeaderMapping.of(own.get("headers"))));
    }

    private static String withTransport(String uri, String transport) throws VoiceRequestException {
        if (transport == null) {
            return uri;
        }
        String word = transport.toLowerCase(Locale.ROOT);
        if (!Set.of("udp", "tcp", "tls").contains(word)) {
            throw wrong("has a transport that there is not: udp, tcp or tls");
        }
        if (uri.toLowerCase(Locale.ROOT).contains(";transport=")) {
            throw wrong("has an entry with two transports");
        }
        int headers = uri.indexOf('?', uri.indexOf('@') + 1);
        return headers < 0 ? uri + ";transport=" + word : uri.substring(0, headers) + ";transport=" + word + uri.substring(headers);
    }

    private static String text(Map<String, Object> own, String key, String general) throws VoiceRequestException {
        Object value = own.get(key);
        if (value == null) {
            return general;
        }
        if (!(value instanceof String text)) {
            throw wrong("must have text in " + key);
        }
        return Arguments.blankToNull(text);
    }

    private static int number(Map<String, Object> own, String key, int general) throws VoiceRequestException {
        Object value = own.get(key);
        if (value == null) {
            return general;
        }
        if (!(value instanceof Integer number)) {
            throw wrong("must have a whole number in " + key);
        }
        return number;
    }

    private static Duration time(Map<String, Object> own, String key, Duration general) throws VoiceRequestException {
        Object value = own.get(key);
        return positive(key, value == null ? general : Arguments.time(VoiceConstants.TARGETS + ", " + key, value));
    }

    /** @throws VoiceRequestException for zero and less */
    static Duration positive(String option, Duration time) throws VoiceRequestException {
        if (time.isNegative() || time.isZero()) {
            throw new VoiceRequestException(option + " must be more than 0: " + time.toMillis() + " ms");
        }
        return time;
    }
}
