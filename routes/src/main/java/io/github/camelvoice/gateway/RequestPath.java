package io.github.camelvoice.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request's path in segments, percent-decoded once (RFC 3986). What only an attacker or a broken client writes is refused as a whole. */
final class RequestPath {

    private static final int MAX_LENGTH = 12 * 1024;

    private RequestPath() {
    }

    /**
     * @param raw as it came, without the query
     * @return null where it is no path that could be served: dot segments in whatever spelling, empty segments, control characters,
     *         bytes that are no UTF-8, half a percent code
     */
    static List<String> segments(String raw) {
        if (raw == null || !raw.startsWith("/") || raw.length() > MAX_LENGTH) {
            return null;
        }
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (from < raw.length()) {
            int slash = raw.indexOf('/', from);
            int to = slash < 0 ? raw.length() : slash;
            String segment = decode(raw, from, to);
            if (segment == null || segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return null;
            }
            segments.add(segment);
            from = to + 1;
        }
        return segments;
    }

    private static String decode(String raw, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 < to ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < to ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c <= ' ' || c >= 0x7f) {
                return null;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
            return text.chars().anyMatch(Character::isISOControl) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
