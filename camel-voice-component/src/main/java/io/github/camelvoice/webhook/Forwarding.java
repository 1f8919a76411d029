package io.github.camelvoice.webhook;

import io.github.camelvoice.call.SipHeaders;
import java.util.ArrayList;
import java.util.List;

/** Who forwarded a call: the latest entry of {@code Diversion} (RFC 5806), else the last but one of {@code History-Info} (RFC 7044). */
final class Forwarding {

    private Forwarding() {
    }

    /** The address, without name, headers and parameters; null for none. */
    static String from(SipHeaders headers) {
        List<String> diversions = entries(headers.all("Diversion"));
        if (!diversions.isEmpty()) {
            return uri(diversions.get(0));
        }
        List<String> history = entries(headers.all("History-Info"));
        return history.size() < 2 ? null : uri(history.get(history.size() - 2));
    }

    /** Parts between commas that are neither in quotes nor in angle brackets. */
    private static List<String> entries(List<String> values) {
        List<String> entries = new ArrayList<>();
        for (String value : values) {
            int from = 0;
            boolean quoted = false;
            boolean angle = false;
            for (int i = 0; i <= value.length(); i++) {
                char c = i == value.length() ? ',' : value.charAt(i);
                if (c == '\\' && quoted) {
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && (c == '<' || c == '>')) {
                    angle = c == '<';
                } else if (c == ',' && (i == value.length() || !quoted && !angle)) {
                    if (!value.substring(from, i).isBlank()) {
                        entries.add(value.substring(from, i).strip());
                    }
                    from = i + 1;
                }
            }
        }
        return entries;
    }

    /** Null for what is no URI. */
    private static String uri(String entry) {
        int open = entry.indexOf('<', entry.lastIndexOf('"') + 1);
        int close = entry.indexOf('>', open + 1);
        String uri = (open < 0 || close < 0 ? entry : entry.substring(open + 1, close)).split("[;?]", 2)[0].strip();
        return uri.matches("(?i)(sips?|tel):[^\\s<>\"]+") ? uri : null;
    }
}
