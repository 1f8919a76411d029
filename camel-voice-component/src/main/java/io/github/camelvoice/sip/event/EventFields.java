package io.github.camelvoice.sip.event;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Header fields of RFC 6665 and RFC 3903, read from their text. */
final class EventFields {

    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9!%*_+`'~.-]{1,64}");

    private EventFields() {
    }

    /**
     * An Event header.
     *
     * @param name in lower case
     * @param id   null without
     */
    record Event(String name, String id, Map<String, String> parameters) {

        /** As NOTIFYs of the subscription say it: a name and an id make a subscription, other parameters do not (RFC 6665, section 8.2.1). */
        String text() {
            return id == null ? name : name + ";id=" + id;
        }

        boolean isSameAs(Event other) {
            return text().equals(other.text());
        }
    }

    /** @return null if this is no Event */
    static Event event(String value) {
        if (value == null) {
            return null;
        }
        List<String> parts = split(value, ';');
        String name = parts.get(0).trim();
        if (!TOKEN.matcher(name).matches()) {
            return null;
        }
        String id = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).trim().toLowerCase(Locale.ROOT);
            String given = equals < 0 ? "" : unquoted(part.substring(equals + 1).trim());
            if (!TOKEN.matcher(key).matches()) {
                return null;
            }
            if (key.equals("id")) {
                if (!TOKEN.matcher(given).matches()) {
                    return null;
                }
                id = given;
            } else {
                parameters.put(key, given);
            }
        }
        return new Event(name.toLowerCase(Locale.ROOT), id, Map.copyOf(parameters));
    }

    /** Media types in lower case without parameters; those with {@code q=0} are left out. Null for null. */
    static List<String> accept(String value) {
        if (value == null) {
            return null;
        }
        List<String> types = new ArrayList<>();
        for (String range : split(value, ',')) {
            List<String> parts = split(range, ';');
            boolean refused = parts.stream().skip(1).map(p -> p.replace(" ", "").toLowerCase(Locale.ROOT)).anyMatch(p -> p.matches("q=0(\\.0*)?"));
            String type = parts.get(0).trim().toLowerCase(Locale.ROOT);
            if (!refused && !type.isEmpty()) {
                types.add(type);
            }
        }
        return List.copyOf(types);
    }

    /**
     * A header field as the parser makes it: JAIN-SIP casts some of those that it finds in NOTIFYs.
     *
     * @throws IllegalArgumentException if this is no value of it
     */
    static SIPHeader parsed(String name, String value) {
        try {
            return StringMsgParser.parseSIPHeader(name + ": " + value);
        } catch (ParseException malformed) {
            throw new IllegalArgumentException("not a value of " + name, malformed);
        }
    }

    /** At separators outside quotes; never empty. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
