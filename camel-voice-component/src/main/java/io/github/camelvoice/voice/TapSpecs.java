package io.github.camelvoice.voice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.tap.SinkLoss;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.camel.Exchange;

/** From options and headers to what a tap is asked to do. What is wrong is named as the option is. */
final class TapSpecs {

    static final String ROUTE = "route:";
    private static final int DEFAULT_BUFFER = 1000;
    private static final int JAMBONZ_RATE = 8000;
    private static final Set<String> OF_THE_ROUTE = Set.of("codec", "rate", "rtpPtime", "channels", "buffer");
    private static final Set<String> OF_WEBSOCKETS = Set.of("protocol", "bidirectional", "upgradeHeaders", "customParameters", "subProtocol",
            "reconnect", "username", "password", "accessToken", "sslContextParameters");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
    };

    private final VoiceConfiguration options;
    private final Set<String> given;

    /** @param given names of the options that stand in the URI */
    TapSpecs(VoiceConfiguration options, Set<String> given) {
        this.options = options;
        this.given = given;
    }

    /** @throws IllegalArgumentException naming the option that is wrong, as far as can be known without a call */
    void check(Exchange blank) {
        try {
            String uri = Arguments.blankToNull(options.getUri());
            of(new Arguments(blank), blank, null, uri == null ? "ws://127.0.0.1" : uri, null);
        } catch (VoiceRequestException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /**
     * @param ownId control id of a tap that is given none; null leaves it to the engine
     * @throws VoiceRequestException naming the option or header that is missing or wrong
     */
    TapSpec of(Exchange exchange, Arguments args, SSLContext tls, String ownId) throws VoiceRequestException {
        String uri = args.text(VoiceConstants.TAP_URI, "uri", options.getUri());
        if (uri == null) {
            throw Commands.missing("uri", VoiceConstants.TAP_URI);
        }
        return of(args, exchange, tls, uri, ownId);
    }

    private TapSpec of(Arguments args, Exchange exchange, SSLContext tls, String uri, String ownId) throws VoiceRequestException {
        try {
            return make(args, exchange, tls, uri, ownId);
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException(null, wrong.getMessage(), wrong);
        }
    }

    private TapSpec make(Arguments args, Exchange exchange, SSLContext tls, String uri, String ownId) throws VoiceRequestException {
        TapProtocol protocol = protocol(uri, args.text(VoiceConstants.TAP_PROTOCOL, "protocol", options.getProtocol()));
        refuse(protocol == TapProtocol.ROUTE ? OF_THE_ROUTE : Set.of(), "uri=route:", "the consumer voice:tap:NAME says what it gets");
        refuse(protocol.isWebSocket() ? Set.of() : OF_WEBSOCKETS, "uri=" + protocol.word() + ":", "it belongs to ws and wss");
        TapSpec.Builder spec = TapSpec.to(uri).protocol(protocol)
                .controlId(controlId(args, ownId))
                .direction(direction(args.text(VoiceConstants.TAP_DIRECTION, "direction", options.getDirection())))
                .codec(codec(protocol, args.text(VoiceConstants.TAP_CODEC, "codec", options.getCodec())))
                .rate(rate(protocol, args.number(VoiceConstants.TAP_RATE, "rate", options.getRate())))
                .ptimeMillis(ptime(args.number(VoiceConstants.TAP_RTP_PTIME, "rtpPtime", options.getRtpPtime())))
                .channels(args.number(VoiceConstants.TAP_CHANNELS, "channels", options.getChannels()))
                .statusUrl(args.text(VoiceConstants.TAP_STATUS_URL, "statusUrl", options.getStatusUrl()))
                .onSinkLoss(loss(args.text(VoiceConstants.TAP_ON_SINK_LOSS, "onSinkLoss", null)))
                .reconnect(args.flag(VoiceConstants.TAP_RECONNECT, "reconnect", options.isReconnect()))
                .bufferMillis(buffer(args.time(VoiceConstants.TAP_BUFFER, "buffer", options.getBuffer()).toMillis()))
                .tag(args.text(VoiceConstants.TAP_TAG, "tag", options.getTag()));
        if (protocol.isWebSocket()) {
            spec.speaks(args.flag(VoiceConstants.TAP_BIDIRECTIONAL, "bidirectional", options.isBidirectional()))
                    .subProtocol(args.text(VoiceConstants.TAP_SUB_PROTOCOL, "subProtocol", options.getSubProtocol()))
                    .headers(pairs("upgradeHeaders", options.getUpgradeHeaders(), VoiceConstants.TAP_HEADER, exchange))
                    .parameters(pairs("customParameters", options.getCustomParameters(), VoiceConstants.TAP_PARAMETER, exchange))
                    .authorization(authorization(args)).tls(tls);
        }
        return spec.build();
    }

    private void refuse(Set<String> belonging, String what, String reason) throws VoiceRequestException {
        for (String option : given) {
            if (belonging.contains(option)) {
                throw new VoiceRequestException(what + " has no option " + option + ": " + reason);
            }
        }
    }

    private static TapProtocol protocol(String uri, String dialect) throws VoiceRequestException {
        TapProtocol named = dialect == null ? null : TapProtocol.ofDialect(dialect);
        if (uri.startsWith(ROUTE) && uri.length() > ROUTE.length()) {
            return onlyFor("route", TapProtocol.ROUTE, named);
        }
        try {
            URI parsed = new URI(uri);
            String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
            if (scheme.equals("rtp") && parsed.getHost() != null && parsed.getPort() > 0 && parsed.getPort() <= 65535) {
                return onlyFor("rtp", TapProtocol.RTP, named);
            }
            if ((scheme.equals("ws") || scheme.equals("wss")) && parsed.getHost() != null) {
                return named == null ? TapProtocol.RAW : named;
            }
        } catch (URISyntaxException malformed) {
            throw new VoiceRequestException("uri is malformed at position " + malformed.getIndex() + ": " + malformed.getReason());
        }
        throw new VoiceRequestException("uri must be rtp://IP:port, ws://…, wss://… or route:NAME");
    }

    private static TapProtocol onlyFor(String scheme, TapProtocol protocol, TapProtocol dialect) throws VoiceRequestException {
        if (dialect != null) {
            throw new VoiceRequestException("uri=" + scheme + ": has no option protocol: it belongs to ws and wss");
        }
        return protocol;
    }

    private String controlId(Arguments args, String ownId) throws VoiceRequestException {
        String id = args.text(VoiceConstants.TAP_CONTROL_ID, "controlId", options.getControlId());
        if (id != null && !id.matches("[\\x21-\\x7e]{1,128}")) {
            throw new VoiceRequestException("controlId must be 1 to 128 visible characters without blanks");
        }
        return id == null ? ownId : id;
    }

    static TapDirection direction(String word) {
        return TapDirection.of(word.toLowerCase(Locale.ROOT));
    }

    static String codec(TapProtocol protocol, String named) {
        if (named != null) {
            return named.toUpperCase(Locale.ROOT);
        }
        return protocol == TapProtocol.VONAGE || protocol == TapProtocol.JAMBONZ ? "L16" : "PCMU";
    }

    /** 0 where the engine knows what is usual. */
    private static int rate(TapProtocol protocol, int named) {
        return named == 0 && protocol == TapProtocol.JAMBONZ ? JAMBONZ_RATE : named;
    }

    private static int ptime(int millis) throws VoiceRequestException {
        if (millis < 10 || millis > 120 || millis % 10 != 0) {
            throw new VoiceRequestException("rtpPtime must be 10 to 120 in steps of 10: " + millis);
        }
        return millis;
    }

    private static int buffer(long millis) throws VoiceRequestException {
        if (millis != 0 && (millis < 100 || millis > 10_000)) {
            throw new VoiceRequestException("buffer must be 100 ms to 10 s: " + millis + " ms");
        }
        return millis == 0 ? DEFAULT_BUFFER : (int) millis;
    }

    /** What the engine does. That an exchange goes to an endpoint is the producer's; a header cannot name one. */
    private SinkLoss loss(String header) throws VoiceRequestException {
        String word = header == null ? lossEndpoint() == null ? options.getOnSinkLoss() : "continue" : header;
        return switch (word) {
            case "continue" -> SinkLoss.CONTINUE;
            case "hangup" -> SinkLoss.HANGUP;
            default -> throw new VoiceRequestException("onSinkLoss must be continue or hangup" + (header == null ? ", or the URI of an endpoint: "
                    : " in a header: ") + word);
        };
    }

    /** The endpoint that hears of lost far ends; null for none. */
    String lossEndpoint() {
        String configured = options.getOnSinkLoss();
        return configured != null && configured.indexOf(':') > 0 ? configured : null;
    }

    private String authorization(Arguments args) throws VoiceRequestException {
        String whole = args.text(VoiceConstants.TAP_AUTHORIZATION, "authorization", null);
        String token = args.text(VoiceConstants.TAP_ACCESS_TOKEN, "accessToken", options.getAccessToken());
        // Those of the component are for SIP: whoever taps names his own.
        String user = args.text(VoiceConstants.TAP_USERNAME, "username", given.contains("username") ? options.getUsername() : null);
        String password = args.text(VoiceConstants.TAP_PASSWORD, "password", given.contains("password") ? options.getPassword() : null);
        if ((whole == null ? 0 : 1) + (token == null ? 0 : 1) + (user == null && password == null ? 0 : 1) > 1) {
            throw new VoiceRequestException("give one of accessToken, username with password, and the header " + VoiceConstants.TAP_AUTHORIZATION);
        }
        if (token != null) {
            return line("accessToken", "Bearer " + token);
        }
        if (user == null && password == null) {
            return whole == null ? null : line("authorization", whole);
        }
        if (user == null || password == null || user.indexOf(':') >= 0) {
            throw new VoiceRequestException("username and password belong together, and a username has no colon");
        }
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(String option, String value) throws VoiceRequestException {
        if (value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new VoiceRequestException(option + " must be one line of text");
        }
        return value;
    }

    private static Map<String, String> pairs(String option, String configured, String prefix, Exchange exchange) throws VoiceRequestException {
        Map<String, String> pairs = new LinkedHashMap<>(read(option, Arguments.blankToNull(configured)));
        for (Map.Entry<String, Object> header : exchange.getMessage().getHeaders().entrySet()) {
            String name = header.getKey();
            if (name.length() > prefix.length() && name.regionMatches(true, 0, prefix, 0, prefix.length()) && header.getValue() != null) {
                String value = exchange.getContext().getTypeConverter().tryConvertTo(String.class, exchange, header.getValue());
                if (value == null) {
                    throw new VoiceRequestException("header " + name + " must be text");
                }
                pairs.put(name.substring(prefix.length()), value);
            }
        }
        if (option.equals("upgradeHeaders")) {
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                if (!pair.getKey().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                    throw new VoiceRequestException("upgradeHeaders has a name that no header can have");
                }
                line("upgradeHeaders", pair.getValue());
            }
        }
        return pairs;
    }

    private static Map<String, String> read(String option, String text) throws VoiceRequestException {
        if (text == null) {
            return Map.of();
        }
        try {
            if (text.startsWith("{")) {
                return JSON.readValue(text, TEXTS);
            }
        } catch (JsonProcessingException malformed) {
            throw new VoiceRequestException(option + " is no JSON object with texts");
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : Arguments.list(text)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new VoiceRequestException(option + " must be name=value pairs, separated by commas, or a JSON object");
            }
            pairs.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
        return pairs;
    }
}
