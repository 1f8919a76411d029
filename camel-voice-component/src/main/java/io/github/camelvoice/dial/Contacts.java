package io.github.camelvoice.dial;

import io.github.camelvoice.call.spi.OutboundLeg;
import java.util.Locale;

/** What of a contact of a 3xx is called: it comes from the far end, so nothing but the address is taken from it. */
final class Contacts {

    private static final int LONGEST = 1_000;

    private Contacts() {
    }

    /**
     * The URI without headers, or null if it cannot be called: another scheme, no host, or {@code sip} where {@code sips} was asked for
     * (RFC 3261, section 8.1.3.4).
     */
    static String usable(String contact, String original) {
        String uri = withoutHeaders(contact.trim());
        boolean secure = scheme(uri).equals("sips");
        // With two @ the host could be read in two ways, and the credentials of the one would go to the other.
        if (!secure && !scheme(uri).equals("sip") || uri.length() > LONGEST || host(uri).isEmpty() || uri.indexOf('@') != uri.lastIndexOf('@')) {
            return null;
        }
        return scheme(original).equals("sips") && !secure ? null : uri;
    }

    static String withoutHeaders(String uri) {
        int headers = uri.indexOf('?', Math.max(0, uri.lastIndexOf('@')));
        return headers < 0 ? uri : uri.substring(0, headers);
    }

    /** The leg for a contact: credentials are for the host that they were given for. */
    static OutboundLeg towards(String contact, OutboundLeg original) {
        boolean same = host(contact).equals(host(withoutHeaders(original.target())));
        return new OutboundLeg(contact, original.from(), original.fromDisplay(), same ? original.username() : null,
                same ? original.password() : null, original.outboundProxy(), original.sessionExpires(), original.headers());
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static String host(String uri) {
        int from = Math.max(uri.indexOf(':'), uri.lastIndexOf('@')) + 1;
        if (from < uri.length() && uri.charAt(from) == '[') {
            return uri.substring(from, Math.max(from, uri.indexOf(']') + 1)).toLowerCase(Locale.ROOT);
        }
        int to = from;
        while (to < uri.length() && ":;?>".indexOf(uri.charAt(to)) < 0) {
            to++;
        }
        return uri.substring(from, to).toLowerCase(Locale.ROOT);
    }
}
