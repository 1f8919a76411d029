package io.github.camelvoice.call;

import java.util.Locale;
import java.util.Set;

/** SIP header fields that belong to the dialog: nobody else may set them on our messages. */
public final class ReservedHeaders {

    /** Those that route, identify, authenticate or frame a message, or whose meaning the leg itself keeps; compact forms included. */
    private static final Set<String> CORE = Set.of("via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "contact", "m",
            "route", "record-route", "path", "service-route", "max-forwards", "content-length", "l", "content-type", "c",
            "content-encoding", "e", "content-disposition", "content-language", "mime-version", "authorization",
            "proxy-authorization", "www-authenticate", "proxy-authenticate", "authentication-info", "proxy-authentication-info",
            "require", "proxy-require", "supported", "k", "unsupported", "allow", "rseq", "rack", "session-expires", "x", "min-se",
            "timestamp", "event", "o", "subscription-state", "refer-to", "r", "sip-etag", "sip-if-match");

    private ReservedHeaders() {
    }

    public static boolean contains(String name) {
        return CORE.contains(name.toLowerCase(Locale.ROOT));
    }
}
