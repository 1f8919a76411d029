package io.github.camelvoice.subscription.state.mime;

import java.util.ArrayList;
import java.util.List;

/** Finds the lines that delimit parts. Lines end with CRLF or LF; what is before the first and after the last of them is no part. */
final class Boundaries {

    private Boundaries() {
    }

    /** @return from and to of each part, its headers and all */
    static List<int[]> split(byte[] body, byte[] boundary, int most) throws MimeException {
        List<int[]> parts = new ArrayList<>();
        int begun = -1;
        int at = 0;
        while (at <= body.length) {
            int line = at;
            int end = lineEnd(body, line);
            int next = Math.min(afterLine(body, end), body.length + 1);
            int kind = kind(body, line, end, boundary);
            if (kind != 0) {
                if (begun >= 0) {
                    parts.add(new int[] {begun, Math.max(begun, beforeBreak(body, line))});
                }
                if (parts.size() > most) {
                    throw new MimeException("more than " + most + " parts");
                }
                if (kind == 2) {
                    if (parts.isEmpty()) {
                        throw new MimeException("the body has no parts");
                    }
                    return parts;
                }
                begun = Math.min(next, body.length);
            }
            if (next > body.length || end == body.length) {
                break;
            }
            at = next;
        }
        throw new MimeException(begun < 0 ? "the boundary is nowhere in the body" : "the body ends without its last boundary");
    }

    private static int lineEnd(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int afterLine(byte[] body, int end) {
        return end < body.length ? end + 1 : body.length + 1;
    }

    /** The line break before a delimiter belongs to the delimiter. */
    private static int beforeBreak(byte[] body, int line) {
        int at = line;
        if (at > 0 && body[at - 1] == '\n') {
            at--;
        }
        return at > 0 && at < line && body[at - 1] == '\r' ? at - 1 : at;
    }

    /** 0 no delimiter, 1 one before a part, 2 the last one. */
    private static int kind(byte[] body, int line, int end, byte[] boundary) {
        int at = line + 2 + boundary.length;
        if (at > end || body[line] != '-' || body[line + 1] != '-') {
            return 0;
        }
        for (int i = 0; i < boundary.length; i++) {
            if (body[line + 2 + i] != boundary[i]) {
                return 0;
            }
        }
        boolean last = at + 1 < body.length && at + 2 <= end && body[at] == '-' && body[at + 1] == '-';
        for (int i = last ? at + 2 : at; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return 0;
            }
        }
        return last ? 2 : 1;
    }

    static int indexOf(byte[] body, byte[] text, int from) {
        for (int at = from; at <= body.length - text.length; at++) {
            int i = 0;
            while (i < text.length && body[at + i] == text[i]) {
                i++;
            }
            if (i == text.length) {
                return at;
            }
        }
        return -1;
    }
}
