package io.github.camelvoice.sip.dialog;

import io.github.camelvoice.call.ReservedHeaders;
import io.github.camelvoice.call.SipHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which header fields others may set on our messages, and how they are written. */
public final class HeaderRules {

    private HeaderRules() {
    }

    /**
     * Checks and joins headers of ours; fields of one name become one header of several lines.
     *
     * @throws IllegalArgumentException naming the header that may not be set or is malformed
     */
    public static List<RawHeader> check(SipHeaders headers) {
        if (headers == null || headers.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (SipHeaders.Field field : headers) {
            String key = key(field.name());
            names.putIfAbsent(key, field.name());
            values.computeIfAbsent(key, k -> new ArrayList<>(1)).add(value(field));
        }
        List<RawHeader> list = new ArrayList<>(values.size());
        values.forEach((key, all) -> list.add(new RawHeader(names.get(key), all.toArray(String[]::new))));
        return list;
    }

    private static String key(String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a SIP header without a name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isToken(name.charAt(i))) {
                throw new IllegalArgumentException("SIP header '" + printable(name) + "': the name has a character that is not allowed");
            }
        }
        String key = name.toLowerCase(Locale.ROOT);
        if (ReservedHeaders.contains(key)) {
            throw new IllegalArgumentException("SIP header '" + name + "' may not be set: it belongs to the dialog");
        }
        return key;
    }

    private static String value(SipHeaders.Field field) {
        String value = field.value() == null ? "" : field.value();
        if (hasBreak(value)) {
            throw new IllegalArgumentException("SIP header '" + field.name() + "': its value has a line break or a NUL");
        }
        return value;
    }

    /** Whether the text holds CR, LF or NUL. */
    public static boolean hasBreak(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return true;
            }
        }
        return false;
    }

    /** A reason phrase that cannot break the message, or the one that belongs to the code. */
    public static String phrase(String phrase) {
        return phrase == null || phrase.isBlank() || hasBreak(phrase) ? null : phrase;
    }

    /** RFC 3261, section 25.1. */
    private static boolean isToken(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-.!%*_+`'~".indexOf(c) >= 0;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
