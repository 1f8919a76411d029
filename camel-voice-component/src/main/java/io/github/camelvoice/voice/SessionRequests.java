package io.github.camelvoice.voice;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** What a route wants of an account, from the options of its endpoint and the headers of an exchange. */
final class SessionRequests {

    private static final int MOST_STATUSES = 10_000;
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;

    SessionRequests(VoiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    /** Looks the options through. @throws VoiceRequestException naming what is wrong */
    void check() throws VoiceRequestException {
        brokenFiles(options.getBrokenFiles());
        after(options.getAfter());
        limit(options.getLimit());
        SubscribeRequests.seconds(Duration.ofMillis(options.getExpires()));
        if (endpoint.given().contains("transport")) {
            transport("transport", Arguments.blankToNull(options.getTransport()));
        }
    }

    /** The account of a consumer, from its options alone. */
    RegisterAccount consumers() throws VoiceRequestException {
        return new RegisterAccount(endpoint.getTarget(), given("password", options.getPassword()), Arguments.blankToNull(options.getAuthUsername()),
                given("outboundProxy", options.getOutboundProxy()), transport("transport", given("transport", options.getTransport())),
                Arguments.blankToNull(options.getDisplayName()), Arguments.list(given("contacts", options.getContacts())),
                SubscribeRequests.seconds(Duration.ofMillis(options.getExpires())), "");
    }

    /** The account of a producer; the password is taken off the message. */
    RegisterAccount producers(Exchange exchange, Arguments args, String account, String owner) throws VoiceRequestException {
        Object password = exchange.getMessage().removeHeader(VoiceConstants.SESSION_PASSWORD);
        return new RegisterAccount(account, password == null ? given("password", options.getPassword()) : password.toString(),
                args.text(VoiceConstants.SESSION_AUTH_USERNAME, "authUsername", options.getAuthUsername()),
                args.text(VoiceConstants.OUTBOUND_PROXY, "outboundProxy", given("outboundProxy", options.getOutboundProxy())),
                transport("transport", args.text(VoiceConstants.SESSION_TRANSPORT, "transport", given("transport", options.getTransport()))),
                args.text(VoiceConstants.SESSION_DISPLAY_NAME, "displayName", options.getDisplayName()),
                args.list(VoiceConstants.CONTACTS, "contacts", given("contacts", options.getContacts())),
                SubscribeRequests.seconds(args.time(VoiceConstants.EXPIRES, "expires", options.getExpires())), owner);
    }

    /** What stands in the URI: a default of the component is for calls, and not for every account. */
    private String given(String option, String value) {
        return endpoint.given().contains(option) ? value : null;
    }

    private static String transport(String option, String transport) throws VoiceRequestException {
        if (transport != null && !TRANSPORTS.contains(transport)) {
            throw new VoiceRequestException(option + " has no value '" + transport + "'; there are " + TRANSPORTS);
        }
        return transport;
    }

    /** Null where none is named. */
    String account(Arguments args) throws VoiceRequestException {
        return args.name(VoiceConstants.SESSION_ACCOUNT, "target", endpoint.getTarget());
    }

    /** Whose account it may be: null for anybody's. */
    static String owner(Exchange exchange) {
        Object owner = exchange.getMessage().getHeader(VoiceConstants.SESSION_OWNER);
        return owner == null ? null : owner.toString();
    }

    int autoAnswerInterval(Arguments args) throws VoiceRequestException {
        return args.number(VoiceConstants.SESSION_AUTO_ANSWER_INTERVAL, "autoAnswerInterval", options.getAutoAnswerInterval());
    }

    String callee(Arguments args) throws VoiceRequestException {
        return needed("callee", args.text(VoiceConstants.TARGET, "callee", options.getCallee()));
    }

    String transferTo(Arguments args) throws VoiceRequestException {
        return needed("transferTo", args.text(VoiceConstants.TARGET, "transferTo", options.getTransferTo()));
    }

    private static String needed(String option, String value) throws VoiceRequestException {
        if (value == null) {
            throw Commands.missing(option, VoiceConstants.TARGET);
        }
        return value;
    }

    boolean hard(Arguments args) throws VoiceRequestException {
        return args.flag(VoiceConstants.SESSION_HARD, "hard", options.isHard());
    }

    List<PlaySource> files(Exchange exchange, Arguments args) throws VoiceRequestException {
        List<String> named = new ArrayList<>();
        if (exchange.getMessage().getHeader(VoiceConstants.SESSION_FILES) instanceof Collection<?> several) {
            for (Object each : several) {
                if (!(each instanceof String file)) {
                    throw new VoiceRequestException("header " + VoiceConstants.SESSION_FILES + " must be a list of texts, or a text");
                }
                named.add(file.trim());
            }
        } else {
            named.addAll(args.list(VoiceConstants.SESSION_FILES, "files", options.getFiles()));
        }
        return AudioSources.several(named, exchange);
    }

    Sessions.BrokenFiles brokenFiles(Arguments args) throws VoiceRequestException {
        return brokenFiles(args.text(VoiceConstants.SESSION_BROKEN_FILES, "brokenFiles", options.getBrokenFiles()));
    }

    private static Sessions.BrokenFiles brokenFiles(String word) throws VoiceRequestException {
        return Arguments.choice("brokenFiles", word, Sessions.BrokenFiles.class);
    }

    long after(Arguments args) throws VoiceRequestException {
        String after = args.text(VoiceConstants.SESSION_AFTER, "after", Long.toString(options.getAfter()));
        if (!after.matches("[0-9]{1,18}")) {
            throw new VoiceRequestException("after must be the number of a status, 0 or more: " + after);
        }
        return Long.parseLong(after);
    }

    private static void after(long after) throws VoiceRequestException {
        if (after < 0) {
            throw new VoiceRequestException("after must be the number of a status, 0 or more: " + after);
        }
    }

    int limit(Arguments args) throws VoiceRequestException {
        return limit(args.number(VoiceConstants.SESSION_LIMIT, "limit", options.getLimit()));
    }

    private static int limit(int limit) throws VoiceRequestException {
        if (limit < 1 || limit > MOST_STATUSES) {
            throw new VoiceRequestException("limit must be 1 to " + MOST_STATUSES + ": " + limit);
        }
        return limit;
    }

    /** The answer where there is no account to ask. */
    SessionStatus nobody() {
        return new SessionStatus("", 0, endpoint.getComponent().clock().now(), StatusType.NO_SESSION, "", "", "", Map.of(), "", "", "", "");
    }
}
