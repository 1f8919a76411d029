package io.github.camelvoice.trace.form;

import java.util.Locale;

/** Looking at the bytes of a message without making Strings of them. */
final class Octets {

    private static final String TOKEN_MARKS = "-.!%*_+`'~";

    private Octets() {
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    /** A character of RFC 3261's {@code token}. */
    static boolean isToken(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b > 0 && TOKEN_MARKS.indexOf(b) >= 0;
    }

    /** Where the line ends that {@code from} is in: at its CR or LF, or at {@code to}. */
    static int lineEnd(byte[] data, int from, int to) {
        int at = from;
        while (at < to && !isLineEnd(data[at])) {
            at++;
        }
        return at;
    }

    /** Where the next line begins, given the end of this one: CR LF, LF and a CR of its own all end a line. */
    static int nextLine(byte[] data, int lineEnd, int to) {
        if (lineEnd + 1 < to && data[lineEnd] == '\r' && data[lineEnd + 1] == '\n') {
            return lineEnd + 2;
        }
        return Math.min(lineEnd + 1, to);
    }

    static int skipBlanks(byte[] data, int from, int to) {
        int at = from;
        while (at < to && isBlank(data[at])) {
            at++;
        }
        return at;
    }

    /** Skips blanks and the line ends of folded headers. */
    static int skipSpace(byte[] data, int from, int to) {
        int at = from;
        while (at < to && (isBlank(data[at]) || isLineEnd(data[at]))) {
            at++;
        }
        return at;
    }

    static int skipToken(byte[] data, int from, int to) {
        int at = from;
        while (at < to && isToken(data[at])) {
            at++;
        }
        return at;
    }

    /** Whether the ASCII text, in lower case, stands here in any case. */
    static boolean startsWith(byte[] data, int from, int to, String lowerCase) {
        if (to - from < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            byte b = data[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean equal(byte[] data, int from, int to, String lowerCase) {
        return to - from == lowerCase.length() && startsWith(data, from, to, lowerCase);
    }

    static String lowerCase(byte[] data, int from, int to) {
        return new String(data, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
