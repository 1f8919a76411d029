package io.github.camelvoice.subscription.state;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The event packages that we know. */
public final class EventPackages {

    private static final List<EventPackage> ALL = List.of(new RegPackage(), new DialogPackage(), new PresencePackage(), new SummaryPackage(),
            new ConferencePackage(), new QualityPackage(), new ReferPackage());
    private static final Map<String, EventPackage> KNOWN = ALL.stream().collect(Collectors.toUnmodifiableMap(EventPackage::name, each -> each));
    /** Names that are used for a registered one. */
    private static final Map<String, String> ALIASES = Map.of("rtcp-stats", "vq-rtcpxr");

    private EventPackages() {
    }

    /**
     * The package of an Event header, parameters and all; one that is not known has opaque states.
     *
     * @throws IllegalArgumentException if this is no name of an event package (RFC 6665, section 8.4: a token, dots included)
     */
    public static EventPackage of(String event) {
        int parameters = event.indexOf(';');
        String name = (parameters < 0 ? event : event.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
        if (!name.matches("[a-z0-9!%*_+`'~.-]{1,64}")) {
            throw new IllegalArgumentException("not the name of an event package: " + Fields.shown(name));
        }
        EventPackage known = KNOWN.get(ALIASES.getOrDefault(name, name));
        return known == null ? new OpaquePackage(name) : known;
    }

    /** As it is to be sent: {@code rtcp-stats} is {@code vq-rtcpxr}, with the parameters that it has. */
    public static String registered(String event) {
        int parameters = event.indexOf(';');
        return of(event).name() + (parameters < 0 ? "" : event.substring(parameters));
    }

    /** Names of the packages whose states are typed. */
    public static List<String> typed() {
        return KNOWN.keySet().stream().sorted().toList();
    }
}
