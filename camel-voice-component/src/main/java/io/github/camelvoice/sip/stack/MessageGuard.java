package io.github.camelvoice.sip.stack;

import java.nio.charset.StandardCharsets;

/**
 * Looks at the raw bytes of a message before the parser does: bounds that keep the parser cheap, and repeated single header
 * fields, which the parser would silently merge (RFC 3261, section 7.3.1). One pass over the header lines, no allocation for a
 * message that passes.
 */
final class MessageGuard {

    static final int MAX_HEADER_LINES = 64;
    static final int MAX_CONTACTS = 20;
    private static final int MAX_LINE = 8 * 1024;

    private static final byte[][] SINGLES = {
        name("from"), name("f"), name("to"), name("t"), name("call-id"), name("i"), name("cseq"), name("max-forwards"),
        name("content-length"), name("l"), name("content-type"), name("c"), name("min-expires"), name("expires"), name("rseq"),
        name("rack"), name("session-expires"), name("x"), name("min-se"), name("refer-to"), name("replaces"), name("event"),
        name("r"), name("o"), name("referred-by"), name("b"), name("refer-sub"), name("subscription-state"),
    };
    /** Same bit for the short form. */
    private static final int[] BIT = {0, 0, 1, 1, 2, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 11, 12, 13, 14, 15, 13, 15, 16, 16, 17, 18};
    private static final int CONTENT_LENGTH_BIT = 5;
    private static final byte[] VERSION = name("sip/2.0");
    private static final byte[] CONTACT = name("contact");
    private static final byte[] CONTACT_SHORT = name("m");

    private MessageGuard() {
    }

    private static byte[] name(String lowerCase) {
        return lowerCase.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param datagram whether the body may be longer than Content-Length says (the rest is ignored) and Content-Length missing
     * @return what is wrong, or null
     */
    static String check(byte[] message, boolean datagram) {
        int lines = 0;
        int contacts = 0;
        int seen = 0;
        int contentLength = -1;
        int at = lineEnd(message, 0);
        if (at < 0) {
            return "No start line";
        }
        int line = next(message, at);
        while (line < message.length) {
            int end = lineEnd(message, line);
            if (end < 0) {
                return "Header not terminated";
            }
            if (end == line) {
                return bodyProblem(message, next(message, end), contentLength, datagram);
            }
            if (++lines > MAX_HEADER_LINES) {
                return "Too many header fields";
            }
            if (end - line > MAX_LINE) {
                return "Header field too long";
            }
            if (hasNul(message, line, end)) {
                return "NUL in header";
            }
            byte first = message[line];
            if (first != ' ' && first != '\t') {
                int colon = colon(message, line, end);
                if (colon < 0) {
                    return "Malformed header field";
                }
                int nameEnd = trimEnd(message, line, colon);
                if (nameEnd == line) {
                    return "Malformed header field";
                }
                int single = single(message, line, nameEnd);
                if (single >= 0) {
                    if ((seen & 1 << single) != 0) {
                        return "Repeated header field";
                    }
                    seen |= 1 << single;
                    if (single == CONTENT_LENGTH_BIT) {
                        contentLength = number(message, colon + 1, end);
                        if (contentLength < 0) {
                            return "Bad Content-Length";
                        }
                    }
                } else if (is(message, line, nameEnd, CONTACT) || is(message, line, nameEnd, CONTACT_SHORT)) {
                    contacts += 1 + count(message, colon, end, ',');
                }
            } else {
                contacts += contacts > 0 ? count(message, line, end, ',') : 0;
            }
            if (contacts > MAX_CONTACTS) {
                return "Too many contacts";
            }
            line = next(message, end);
        }
        return "Header not terminated";
    }

    private static String bodyProblem(byte[] message, int body, int contentLength, boolean datagram) {
        if (contentLength < 0) {
            return datagram ? null : "Content-Length missing";
        }
        return contentLength > message.length - body ? "Body shorter than Content-Length" : null;
    }

    /** Whether the start line of a request names our version; the parser takes any. */
    static boolean isOurVersion(byte[] message) {
        int end = lineEnd(message, 0);
        while (end > 0 && message[end - 1] == ' ') {
            end--;
        }
        return end > VERSION.length && is(message, end - VERSION.length, end, VERSION);
    }

    /** Value of Content-Length between these indexes, -1 if there is none, several, or it is no number up to 9 digits. */
    static int contentLength(byte[] message, int from, int to) {
        int value = -1;
        int line = from;
        while (line < to) {
            int end = line;
            while (end < to && message[end] != '\n') {
                end++;
            }
            int colon = colon(message, line, end);
            if (colon > 0 && message[line] != ' ') {
                int single = single(message, line, trimEnd(message, line, colon));
                if (single == CONTENT_LENGTH_BIT) {
                    if (value >= 0) {
                        return -1;
                    }
                    value = number(message, colon + 1, end);
                    if (value < 0) {
                        return -1;
                    }
                }
            }
            line = end + 1;
        }
        return value;
    }

    private static int lineEnd(byte[] m, int from) {
        for (int i = from; i < m.length; i++) {
            if (m[i] == '\r' || m[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static int next(byte[] m, int lineEnd) {
        return m[lineEnd] == '\r' && lineEnd + 1 < m.length && m[lineEnd + 1] == '\n' ? lineEnd + 2 : lineEnd + 1;
    }

    private static int colon(byte[] m, int from, int to) {
        for (int i = from; i < to; i++) {
            if (m[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    private static int trimEnd(byte[] m, int from, int to) {
        int end = to;
        while (end > from && (m[end - 1] == ' ' || m[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    private static boolean hasNul(byte[] m, int from, int to) {
        for (int i = from; i < to; i++) {
            if (m[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static int count(byte[] m, int from, int to, char what) {
        int n = 0;
        for (int i = from; i < to; i++) {
            if (m[i] == what) {
                n++;
            }
        }
        return n;
    }

    private static int single(byte[] m, int from, int to) {
        for (int i = 0; i < SINGLES.length; i++) {
            if (is(m, from, to, SINGLES[i])) {
                return BIT[i];
            }
        }
        return -1;
    }

    private static boolean is(byte[] m, int from, int to, byte[] lowerCase) {
        if (to - from != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int c = m[from + i];
            if (c >= 'A' && c <= 'Z') {
                c += 32;
            }
            if (c != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** A number of 1 to 9 digits with blanks around, or -1. */
    private static int number(byte[] m, int from, int to) {
        int i = from;
        while (i < to && (m[i] == ' ' || m[i] == '\t')) {
            i++;
        }
        int digits = 0;
        int value = 0;
        while (i < to && m[i] >= '0' && m[i] <= '9' && digits < 10) {
            value = value * 10 + m[i] - '0';
            digits++;
            i++;
        }
        while (i < to && (m[i] == ' ' || m[i] == '\t' || m[i] == '\r')) {
            i++;
        }
        return i == to && digits > 0 && digits < 10 ? value : -1;
    }
}
