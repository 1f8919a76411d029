package io.github.camelvoice.subscription;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SIP URIs as far as this room looks into them: which are the same resource, and of which domain. */
final class ResourceUri {

    private static final int LONGEST = 1_024;
    private static final Pattern TRANSPORT = Pattern.compile("(?i)(;transport=[a-z0-9-]+)(;|$)");

    private ResourceUri() {
    }

    /** What is wrong with it, in plain words; null if it can be subscribed to. */
    static String problem(String uri) {
        if (uri == null || uri.isEmpty()) {
            return "a resource has no URI";
        }
        if (uri.length() > LONGEST) {
            return "the URI of a resource has more than " + LONGEST + " characters";
        }
        int scheme = schemeEnd(uri);
        if (scheme < 0) {
            return "not a SIP or SIPS URI: " + shown(uri);
        }
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') {
                return "not a URI, it has a character that must be escaped: " + shown(uri);
            }
        }
        String host = host(uri);
        return host.isEmpty() || !host.matches("[a-z0-9._-]+|\\[[0-9a-f:.]+]") ? "its host is missing or none: " + shown(uri) : null;
    }

    private static String shown(String uri) {
        String text = uri.length() > 80 ? uri.substring(0, 80) + "…" : uri;
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static int schemeEnd(String uri) {
        if (uri.regionMatches(true, 0, "sip:", 0, 4)) {
            return 4;
        }
        return uri.regionMatches(true, 0, "sips:", 0, 5) ? 5 : -1;
    }

    private static int hostStart(String uri) {
        int from = Math.max(0, schemeEnd(uri));
        int at = uri.lastIndexOf('@', hostLimit(uri, from));
        return at < from ? from : at + 1;
    }

    /** A user part may have {@code ;} and {@code ?}, so what comes before the last {@code @} is no end. */
    private static int hostLimit(String uri, int from) {
        int at = uri.indexOf('@', from);
        int question = uri.indexOf('?', Math.max(at, from));
        return question < 0 ? uri.length() : question;
    }

    private static int end(String uri, int from, String marks) {
        for (int i = from; i < uri.length(); i++) {
            if (marks.indexOf(uri.charAt(i)) >= 0) {
                return i;
            }
        }
        return uri.length();
    }

    /** Its host in lower case, without a port. */
    static String host(String uri) {
        int start = hostStart(uri);
        if (start < uri.length() && uri.charAt(start) == '[') {
            return uri.substring(start, Math.min(uri.length(), uri.indexOf(']', start) + 1)).toLowerCase(Locale.ROOT);
        }
        return uri.substring(start, end(uri, start, ":;?")).toLowerCase(Locale.ROOT);
    }

    /** Where it is, as a URI without a user: scheme, host and port, and the transport if it names one. */
    static String server(String uri) {
        int start = hostStart(uri);
        int end = end(uri, start, ";?");
        Matcher transport = TRANSPORT.matcher(uri.substring(end, end(uri, end, "?")));
        return (uri.substring(0, Math.max(0, schemeEnd(uri))) + uri.substring(start, end) + (transport.find() ? transport.group(1) : ""))
                .toLowerCase(Locale.ROOT);
    }

    /** By which it is found: scheme and host in lower case, the rest as it is (RFC 3261, section 19.1.4: user parts differ by case). */
    static String key(String uri) {
        int start = hostStart(uri);
        int end = end(uri, start, ";?");
        int scheme = Math.max(0, schemeEnd(uri));
        return uri.substring(0, scheme).toLowerCase(Locale.ROOT) + uri.substring(scheme, start)
                + uri.substring(start, end).toLowerCase(Locale.ROOT) + uri.substring(end);
    }

    /** The key without parameters and headers, which list servers like to leave out. */
    static String bareKey(String uri) {
        String key = key(uri);
        return key.substring(0, end(key, hostStart(key), ";?"));
    }
}
