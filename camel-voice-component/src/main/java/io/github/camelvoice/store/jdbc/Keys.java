package io.github.camelvoice.store.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Ids and keys of rows. A call's id is its time of creation (microseconds since 2020, 51 bits) and 12 bits of its source, so that the primary
 * key is the order of lists, and of deleting. A text is looked up by 64 bits of its SHA-256: any text is a fair question.
 */
final class Keys {

    /** Distance of the ids of two calls of one source in consecutive microseconds. */
    static final long MICRO = 1L << 12;
    /** Sources that the numbering has room for. */
    static final int MOST_SOURCES = 32_767;
    private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");
    private static final long MOST_MICROS = (1L << 51) - 1;
    private static final int NUMBER_BITS = 48;

    private Keys() {
    }

    /** The lowest id of a call that was created then. */
    static long idAt(Instant createdAt) {
        if (!createdAt.isAfter(EPOCH)) {
            return 0;
        }
        Instant last = EPOCH.plus(MOST_MICROS, ChronoUnit.MICROS);
        return (createdAt.isAfter(last) ? MOST_MICROS : ChronoUnit.MICROS.between(EPOCH, createdAt)) * MICRO;
    }

    static long idAt(Instant createdAt, int source) {
        return idAt(createdAt) | source & MICRO - 1;
    }

    /** Key of a row of ended calls. */
    static long endedKey(int source, long number) {
        return (long) source << NUMBER_BITS | number;
    }

    static long endedNumber(long key) {
        return key & (1L << NUMBER_BITS) - 1;
    }

    static long of(String text) {
        return ByteBuffer.wrap(sha256(text)).getLong();
    }

    /** A text as it is read back: halves of surrogate pairs have no UTF-8. */
    static String kept(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** A name as ASCII of at most 200 characters; different names stay different. */
    static String name(String name) {
        String ascii = ascii(name);
        return ascii.length() <= 200 ? ascii : ascii.substring(0, 130) + "~" + HexFormat.of().formatHex(sha256(name));
    }

    /** What parties are searched in: both URIs, letter case ignored, in ASCII. */
    static String parties(String from, String to) {
        return cut(folded(from)) + "\n" + cut(folded(to));
    }

    /** Text to be searched for, in the same spelling. */
    static String folded(String text) {
        return ascii(text.toLowerCase(Locale.ROOT));
    }

    private static String cut(String text) {
        return text.length() <= 499 ? text : text.substring(0, 499);
    }

    private static String ascii(String text) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain))) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                out.append(c);
            } else {
                out.append('\\').append(HexFormat.of().toHexDigits(c));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~' && c != '\\';
    }
}
