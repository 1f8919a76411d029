package io.github.camelvoice.outbound;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers may be set on a request that leaves here: no line breaks, and none that belong to the connection. */
public final class HeaderRules {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final int LONGEST_VALUE = 8_192;
    private static final Set<String> OURS = Set.of("host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer",
            "upgrade", "expect", "http2-settings");

    private HeaderRules() {
    }

    /** @throws IllegalArgumentException naming the header that cannot be set, never its value */
    public static void check(String name, String value) {
        if (name == null || !TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("a header name must be 1 to 128 letters, digits or hyphens");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (OURS.contains(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-websocket-")) {
            throw new IllegalArgumentException("header " + name + " is not for callers to set");
        }
        if (value == null || value.length() > LONGEST_VALUE || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c >= 127)) {
            throw new IllegalArgumentException("header " + name + " must have a value of printable ASCII characters, " + LONGEST_VALUE + " at most");
        }
    }
}
