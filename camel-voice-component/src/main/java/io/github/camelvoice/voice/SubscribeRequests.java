package io.github.camelvoice.voice;

import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.WatcherCredentials;
import io.github.camelvoice.subscription.state.EventPackages;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** What a route wants to watch, from the options of its endpoint and the headers of an exchange. */
final class SubscribeRequests {

    /** How subscriptions of routes are marked. */
    static final String ORIGIN = "route";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(;[^\\p{Cntrl}]*)?");
    private static final long MOST_SECONDS = Integer.MAX_VALUE;

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;
    private List<SubscriptionRequest.Resource> configured;

    SubscribeRequests(VoiceEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    /** Looks the options through, and reads the resources that they name. @throws VoiceRequestException naming what is wrong */
    void read() throws VoiceRequestException {
        String resources = Arguments.blankToNull(options.getResources());
        String target = endpoint.getTarget();
        if (target != null && resources != null) {
            throw new VoiceRequestException("give one of resources and a target in the path: " + target);
        }
        if (target != null) {
            configured = SubscribeTargets.ofOption(endpoint.getCamelContext(), Targets.sipUri(target, proxy(null)), proxy(null));
        } else if (resources != null) {
            configured = SubscribeTargets.ofOption(endpoint.getCamelContext(), resources, proxy(null));
        }
        String event = Arguments.blankToNull(options.getEvent());
        if (event != null) {
            event(event);
        }
        if ((Arguments.blankToNull(options.getUsername()) == null) != (Arguments.blankToNull(options.getPassword()) == null)) {
            throw new VoiceRequestException("username and password belong together");
        }
        id("subscription", Arguments.blankToNull(options.getSubscription()));
        id("subscriptionId", Arguments.blankToNull(options.getSubscriptionId()));
        accept(Arguments.list(options.getAccept()));
        lists();
        seconds(Duration.ofMillis(options.getExpires()));
    }

    /** The whole request of a consumer. @param until null for never */
    SubscriptionRequest consumers(String id, String origin, String account, String ownAddress, Instant until) throws VoiceRequestException {
        String event = Arguments.blankToNull(options.getEvent());
        if (event == null) {
            throw new VoiceRequestException("a consumer of voice:subscribe with resources needs the option event");
        }
        return new SubscriptionRequest(id, account, event(event), configured, accept(Arguments.list(options.getAccept())),
                seconds(Duration.ofMillis(options.getExpires())), until, null, origin, lists(),
                Targets.identity(Arguments.blankToNull(options.getFrom()), ownAddress), proxy(null), access());
    }

    /** The whole request of a producer. */
    SubscriptionRequest producers(Exchange exchange, Arguments args, SubscribeOperation operation, EngineLink engine) throws VoiceRequestException {
        String event = args.name(VoiceConstants.EVENT_PACKAGE, "event", options.getEvent());
        if (event == null) {
            throw Commands.missing("event", VoiceConstants.EVENT_PACKAGE);
        }
        String id = args.text(null, "subscription", options.getSubscription());
        return new SubscriptionRequest(id("subscription", id), engine.account(), event(event), resources(exchange, args),
                accept(args.list(VoiceConstants.ACCEPT_TYPES, "accept", options.getAccept())),
                operation == SubscribeOperation.FETCH ? 0 : seconds(args.time(VoiceConstants.EXPIRES, "expires", options.getExpires())),
                operation == SubscribeOperation.FETCH ? null : until(exchange), null, ORIGIN, lists(),
                Targets.identity(args.text(VoiceConstants.FROM, "from", options.getFrom()), engine.advertisedAddress()), proxy(args), access());
    }

    /** A header first, then what the endpoint names, then the body. */
    List<SubscriptionRequest.Resource> resources(Exchange exchange, Arguments args) throws VoiceRequestException {
        String proxy = proxy(args);
        List<SubscriptionRequest.Resource> found = SubscribeTargets.ofValue(exchange, "header " + VoiceConstants.RESOURCES,
                exchange.getMessage().getHeader(VoiceConstants.RESOURCES), proxy);
        if (found == null) {
            String target = args.text(null, "target", null);
            found = SubscribeTargets.ofValue(exchange, "resources", target == null ? args.text(null, "resources", null) : target, proxy);
        }
        if (found == null) {
            found = configured;
        }
        if (found == null) {
            found = SubscribeTargets.ofValue(exchange, "the body", exchange.getMessage().getBody(), proxy);
        }
        if (found == null) {
            throw new VoiceRequestException("whose state? Set the option resources, a target, the header " + VoiceConstants.RESOURCES + " or the body");
        }
        return found;
    }

    List<SubscriptionRequest.Resource> configured() {
        return configured;
    }

    static String event(String event) throws VoiceRequestException {
        try {
            EventPackages.of(event);
            return event.trim();
        } catch (IllegalArgumentException wrong) {
            throw new VoiceRequestException(null, "event: " + wrong.getMessage(), wrong);
        }
    }

    static String id(String option, String id) throws VoiceRequestException {
        if (id != null && !ID.matcher(id).matches()) {
            throw new VoiceRequestException(option + " must be 1 to 64 letters, digits and hyphens: " + id);
        }
        return id;
    }

    /** The plus sign of {@code application/pidf+xml} is a blank once a URI has been decoded: no media type has one there. */
    private static List<String> accept(List<String> types) throws VoiceRequestException {
        List<String> accepted = new ArrayList<>();
        for (String type : types) {
            int parameters = type.indexOf(';');
            String name = (parameters < 0 ? type : type.substring(0, parameters)).trim().replace(' ', '+');
            String whole = parameters < 0 ? name : name + type.substring(parameters);
            if (!MEDIA_TYPE.matcher(whole).matches()) {
                throw new VoiceRequestException("accept must be media types, separated by commas: " + type);
            }
            accepted.add(whole);
        }
        return accepted;
    }

    private SubscriptionRequest.Lists lists() throws VoiceRequestException {
        return Arguments.choice("lists", options.getLists(), SubscriptionRequest.Lists.class);
    }

    /** Seconds of a time, 0 for none. */
    static int seconds(Duration time) throws VoiceRequestException {
        if (time.isNegative() || time.toSeconds() > MOST_SECONDS || !time.isZero() && time.toSeconds() == 0) {
            throw new VoiceRequestException("expires must be 0, or a second or more: " + time.toMillis() + " ms");
        }
        return (int) time.toSeconds();
    }

    private static Instant until(Exchange exchange) throws VoiceRequestException {
        Object value = exchange.getMessage().getHeader(VoiceConstants.SUBSCRIPTION_UNTIL);
        if (value == null || value instanceof Instant) {
            return (Instant) value;
        }
        try {
            return java.time.OffsetDateTime.parse(value.toString().trim()).toInstant();
        } catch (DateTimeParseException wrong) {
            throw new VoiceRequestException("header " + VoiceConstants.SUBSCRIPTION_UNTIL + " must be a time such as 2030-01-31T12:00:00Z: " + value);
        }
    }

    private String proxy(Arguments args) throws VoiceRequestException {
        String proxy = args == null ? Arguments.blankToNull(options.getOutboundProxy())
                : args.text(VoiceConstants.OUTBOUND_PROXY, "outboundProxy", options.getOutboundProxy());
        return proxy == null ? null : Targets.sipUri(proxy, null);
    }

    private WatcherCredentials.Access access() {
        String username = Arguments.blankToNull(options.getUsername());
        return username == null ? null : new WatcherCredentials.Access(username, options.getPassword());
    }
}
