package io.github.camelvoice.sip.digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Parameters of one challenge or of one set of credentials: {@code Digest name=value, name="value"}. Immutable. */
final class AuthParams {

    private static final int MAX_PARAMETERS = 32;
    private static final int MAX_VALUE = 1024;

    private final Map<String, String> values;

    private AuthParams(Map<String, String> values) {
        this.values = values;
    }

    /** @return null if it is no well-formed Digest, repeats a parameter or breaks a bound */
    static AuthParams parse(String header) {
        String text = header.trim();
        if (!text.regionMatches(true, 0, "digest", 0, 6) || text.length() < 8 || !Character.isWhitespace(text.charAt(6))) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        int at = 7;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                return null;
            }
            String name = text.substring(at, equals).trim().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(text, equals + 1, value);
            if (at < 0 || name.isEmpty() || value.length() > MAX_VALUE || values.size() >= MAX_PARAMETERS
                    || values.put(name, value.toString()) != null) {
                return null;
            }
        }
        return new AuthParams(values);
    }

    /** Reads a value. @return index behind the comma that follows, or -1 */
    private static int value(String text, int from, StringBuilder into) {
        int at = skipBlanks(text, from);
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                into.append(text.charAt(at++));
            }
            if (at >= text.length()) {
                return -1;
            }
            at = skipBlanks(text, at + 1);
            return at >= text.length() ? at : text.charAt(at) == ',' ? at + 1 : -1;
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        into.append(text.substring(Math.min(at, end), end).trim());
        return comma < 0 ? end : end + 1;
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** @return null if it is not there; the name in lower case */
    String get(String name) {
        return values.get(name);
    }

    /** A parameter that is a list of tokens, in lower case. */
    List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        String list = values.get(name);
        if (list != null) {
            for (String token : list.split(",")) {
                if (!token.isBlank()) {
                    tokens.add(token.trim().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tokens;
    }

    static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
