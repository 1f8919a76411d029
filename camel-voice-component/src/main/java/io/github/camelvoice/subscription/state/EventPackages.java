package io.github.camelvoice.subscription.state;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The event packages that we know. */
public final class EventPackages {

    private static final Map<String, EventPackage> KNOWN = Map.of("reg", new RegPackage(), "dialog", new DialogPackage(), "presence",
            new PresencePackage(), "message-summary", new SummaryPackage(), "refer", new ReferPackage());

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
        EventPackage known = KNOWN.get(name);
        return known == null ? new OpaquePackage(name) : known;
    }

    /** Names of the packages whose states are typed. */
    public static List<String> typed() {
        return KNOWN.keySet().stream().sorted().toList();
    }
}
