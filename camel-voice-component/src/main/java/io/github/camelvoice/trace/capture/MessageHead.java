package io.github.camelvoice.trace.capture;

import java.nio.charset.StandardCharsets;

/**
 * Finds the little that capture wants to know in the bytes of a SIP message: no parser, no allocation but for what is returned. Takes anything:
 * what cannot be found is not there. Ranges are two indexes in one number, see {@link #from} and {@link #to}.
 */
final class MessageHead {

    static final long NONE = -1;
    static final Name CALL_ID = new Name("call-id", 'i');
    static final Name FROM = new Name("from", 'f');
    static final Name TO = new Name("to", 't');
    static final Name CSEQ = new Name("cseq", '\0');
    private static final byte[] INVITE = {'I', 'N', 'V', 'I', 'T', 'E'};
    private static final byte[] ACK = {'A', 'C', 'K'};
    private static final byte[] RESPONSE = {'S', 'I', 'P', '/'};
    private static final byte[] TAG = {'t', 'a', 'g'};

    private MessageHead() {
    }

    /** A header field name in lower case, and its compact form (RFC 3261, section 7.3.3), 0 for none. */
    static final class Name {
        private final byte[] full;
        private final byte compact;

        Name(String full, char compact) {
            this.full = full.getBytes(StandardCharsets.US_ASCII);
            this.compact = (byte) compact;
        }
    }

    static int from(long range) {
        return (int) (range >>> 32);
    }

    static int to(long range) {
        return (int) range;
    }

    private static long range(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Where the first character of the start line is: blank lines before it do not count (RFC 3261, section 7.5). */
    private static int start(byte[] m, int length) {
        int at = 0;
        while (at < length && (m[at] == '\r' || m[at] == '\n')) {
            at++;
        }
        return at;
    }

    static boolean isInvite(byte[] m, int length) {
        return isMethod(m, start(m, length), length, INVITE);
    }

    static boolean isAck(byte[] m, int length) {
        return isMethod(m, start(m, length), length, ACK);
    }

    private static boolean isMethod(byte[] m, int at, int length, byte[] method) {
        int end = at + method.length;
        return end < length && m[end] == ' ' && matches(m, at, method);
    }

    private static boolean matches(byte[] m, int at, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (m[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** An INVITE without a tag in To: it asks for a new call. */
    static boolean beginsCall(byte[] m, int length) {
        if (!isInvite(m, length)) {
            return false;
        }
        long to = value(m, length, TO);
        return to == NONE || !hasTag(m, from(to), to(to));
    }

    /** Status code of a response, 0 for anything else. */
    static int status(byte[] m, int length) {
        int at = start(m, length);
        if (at + 12 > length || !matches(m, at, RESPONSE)) {
            return 0;
        }
        while (at < length && m[at] > ' ') {
            at++;
        }
        while (at < length && m[at] == ' ') {
            at++;
        }
        int code = 0;
        for (int i = at; i < at + 3; i++) {
            if (i >= length || m[i] < '0' || m[i] > '9') {
                return 0;
            }
            code = code * 10 + m[i] - '0';
        }
        return code >= 100 && code < 700 ? code : 0;
    }

    /** Reason phrase of a response, or Request-URI of a request: where that is in the start line. */
    static long afterSpaces(byte[] m, int length, int spaces) {
        int at = start(m, length);
        int end = lineEnd(m, at, length);
        for (int n = 0; n < spaces; n++) {
            while (at < end && m[at] != ' ') {
                at++;
            }
            while (at < end && m[at] == ' ') {
                at++;
            }
        }
        return range(at, end);
    }

    /** Whether the CSeq of a response says INVITE. */
    static boolean answersInvite(byte[] m, int length) {
        long cseq = value(m, length, CSEQ);
        int at = to(cseq) - INVITE.length;
        return cseq != NONE && at > from(cseq) && matches(m, at, INVITE) && m[at - 1] <= ' ';
    }

    /** The value of the first header field of this name, without blanks around it; {@link #NONE} if there is none or it is empty. */
    static long value(byte[] m, int length, Name name) {
        int line = next(m, lineEnd(m, start(m, length), length), length);
        while (line < length && m[line] != '\r' && m[line] != '\n') {
            int at = afterName(m, line, length, name);
            if (at >= 0) {
                return trimmed(m, at, length);
            }
            line = next(m, lineEnd(m, line, length), length);
        }
        return NONE;
    }

    /** Index behind the colon if the line is of this name, else -1. */
    private static int afterName(byte[] m, int line, int length, Name name) {
        int first = m[line] | 0x20;
        int at;
        if (first == name.full[0] && matchesIgnoringCase(m, line, length, name.full)) {
            at = line + name.full.length;
        } else if (first == name.compact) {
            at = line + 1;
        } else {
            return -1;
        }
        while (at < length && (m[at] == ' ' || m[at] == '\t')) {
            at++;
        }
        return at < length && m[at] == ':' ? at + 1 : -1;
    }

    private static boolean matchesIgnoringCase(byte[] m, int at, int length, byte[] lowerCase) {
        if (at + lowerCase.length > length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int c = m[at + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private static long trimmed(byte[] m, int at, int length) {
        int end = lineEnd(m, at, length);
        int next = next(m, end, length);
        while (next < length && (m[next] == ' ' || m[next] == '\t')) {
            end = lineEnd(m, next, length);
            next = next(m, end, length);
        }
        int begin = at;
        while (begin < end && isBlank(m[begin])) {
            begin++;
        }
        while (end > begin && isBlank(m[end - 1])) {
            end--;
        }
        return begin < end ? range(begin, end) : NONE;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static int lineEnd(byte[] m, int from, int length) {
        int at = from;
        while (at < length && m[at] != '\r' && m[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int next(byte[] m, int lineEnd, int length) {
        return lineEnd + 1 < length && m[lineEnd] == '\r' && m[lineEnd + 1] == '\n' ? lineEnd + 2 : lineEnd + 1;
    }

    /** The text of a range, folded lines joined by one blank. */
    static String text(byte[] m, long range) {
        int from = from(range);
        int to = to(range);
        for (int i = from; i < to; i++) {
            if (m[i] == '\r' || m[i] == '\n') {
                return unfolded(m, from, to);
            }
        }
        return new String(m, from, to - from, StandardCharsets.UTF_8);
    }

    private static String unfolded(byte[] m, int from, int to) {
        byte[] line = new byte[to - from];
        int n = 0;
        for (int i = from; i < to; i++) {
            boolean blank = isBlank(m[i]);
            if (!blank || n > 0 && line[n - 1] != ' ') {
                line[n++] = blank ? (byte) ' ' : m[i];
            }
        }
        return new String(line, 0, n, StandardCharsets.UTF_8);
    }

    /** Whether the parameters of a From or To value have a tag. */
    private static boolean hasTag(byte[] m, int from, int to) {
        int at = parameters(m, from, to);
        while (at < to) {
            if (m[at++] == ';') {
                while (at < to && isBlank(m[at])) {
                    at++;
                }
                if (matchesIgnoringCase(m, at, to, TAG)) {
                    int equals = at + TAG.length;
                    while (equals < to && isBlank(m[equals])) {
                        equals++;
                    }
                    if (equals < to && m[equals] == '=') {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Index where the parameters of a From or To value begin. */
    private static int parameters(byte[] m, int from, int to) {
        int open = bracket(m, from, to);
        return open < 0 ? from : Math.max(open, indexOf(m, '>', open, to));
    }

    /** Index of the bracket before the URI, -1 if there is none; one in a quoted display name is none. */
    private static int bracket(byte[] m, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (quoted && m[i] == '\\') {
                i++;
            } else if (m[i] == '"') {
                quoted = !quoted;
            } else if (m[i] == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(byte[] m, char what, int from, int to) {
        for (int i = from; i < to; i++) {
            if (m[i] == what) {
                return i;
            }
        }
        return -1;
    }

    /** The URI of a From or To value. */
    static long uri(byte[] m, long value) {
        int from = from(value);
        int to = to(value);
        int open = bracket(m, from, to);
        int end = open < 0 ? indexOf(m, ';', from, to) : indexOf(m, '>', open, to);
        return range(open < 0 ? from : open + 1, end < 0 ? to : end);
    }
}
