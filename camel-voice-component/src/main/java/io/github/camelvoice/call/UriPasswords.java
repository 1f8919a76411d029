package io.github.camelvoice.call;

import java.nio.charset.StandardCharsets;

/**
 * Finds the passwords that stand in SIP URIs, {@code sip:user:password@host} (RFC 3261, section 19.1.1, which advises against them), in any text or
 * bytes. What stands between the first colon and the host is the password, also where it has characters in it that should have been escaped.
 */
public final class UriPasswords {

    private static final String ENDS = "<>\"";
    private static final String AFTER_HOST = ";?,";
    private static final int PORT_DIGITS = 5;

    /** Told of each password. */
    @FunctionalInterface
    public interface Found {

        /** From this byte on, up to before that one. */
        void password(int from, int to);
    }

    private UriPasswords() {
    }

    /** The same text, each byte of a password an asterisk; null for null. */
    public static String hide(String text) {
        if (text == null || text.indexOf('@') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean[] found = new boolean[1];
        find(bytes, 0, bytes.length, (from, to) -> {
            found[0] = true;
            for (int i = from; i < to; i++) {
                bytes[i] = '*';
            }
        });
        return found[0] ? new String(bytes, StandardCharsets.UTF_8) : text;
    }

    /** Tells of the passwords between two places, in order. */
    public static void find(byte[] data, int from, int to, Found found) {
        for (int colon = from + 3; colon < to; colon++) {
            if (data[colon] == ':' && isScheme(data, from, colon)) {
                password(data, colon + 1, to, found);
            }
        }
    }

    private static boolean isScheme(byte[] data, int from, int colon) {
        int end = lower(data[colon - 1]) == 's' ? colon - 1 : colon;
        int start = end - 3;
        return start >= from && lower(data[start]) == 's' && lower(data[start + 1]) == 'i' && lower(data[start + 2]) == 'p'
                && (start == from || !isName(data[start - 1]));
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static boolean isName(byte b) {
        int c = lower(b);
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.';
    }

    private static boolean ends(byte b) {
        return b >= 0 && (b <= ' ' || b == 127 || ENDS.indexOf(b) >= 0);
    }

    private static void password(byte[] data, int user, int to, Found found) {
        int colon = user;
        while (colon < to && data[colon] != ':' && data[colon] != '@' && data[colon] != '[' && !ends(data[colon])) {
            colon++;
        }
        if (colon == to || data[colon] != ':' || isPort(data, colon + 1, to)) {
            return;
        }
        int host = -1;
        for (int at = colon + 1; at < to && !ends(data[at]) && !(data[at] == ',' && startsUri(data, at + 1, to)); at++) {
            if (data[at] == '@') {
                host = at;
            } else if (host >= 0 && AFTER_HOST.indexOf(data[at]) >= 0) {
                break;
            }
        }
        if (host > colon + 1) {
            found.password(colon + 1, host);
        }
    }

    /** The next URI of a list without blanks. */
    private static boolean startsUri(byte[] data, int from, int to) {
        int colon = from;
        while (colon < to && colon - from < 5 && data[colon] != ':') {
            colon++;
        }
        return colon < to && colon - from >= 3 && data[colon] == ':' && isScheme(data, from, colon);
    }

    /** {@code sip:host:5060;...}: digits, and then no more of an authority. */
    private static boolean isPort(byte[] data, int from, int to) {
        int at = from;
        while (at < to && data[at] >= '0' && data[at] <= '9') {
            at++;
        }
        return at > from && at - from <= PORT_DIGITS && (at == to || ends(data[at]) || AFTER_HOST.indexOf(data[at]) >= 0);
    }
}
