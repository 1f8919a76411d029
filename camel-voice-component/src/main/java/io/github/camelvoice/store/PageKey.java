package io.github.camelvoice.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page of a list ended: the last call of it, in the order of the list (by creation, then by number). Outside it is an opaque text, good
 * for the same question only.
 *
 * @param createdAt microseconds since 1970
 * @param number    what tells calls of one microsecond apart
 */
public record PageKey(long createdAt, long number) implements Comparable<PageKey> {

    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 2 * Long.BYTES + Integer.BYTES;

    /** @throws IllegalArgumentException if the limit is out of range */
    public static void checkLimit(CallQuery query) {
        if (query.limit() < 1 || query.limit() > 1000) {
            throw new IllegalArgumentException("the limit of a page is 1 to 1000");
        }
    }

    /** Where the page before ended, null for the first page. @throws IllegalArgumentException if the token is none, or of another question */
    public static PageKey of(CallQuery query) {
        String token = query.pageToken();
        if (token == null || token.isEmpty()) {
            return null;
        }
        if (token.length() > 64) {
            throw new IllegalArgumentException("not a page token of this list");
        }
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("not a page token of this list", notBase64);
        }
        if (bytes.remaining() != LENGTH || bytes.get() != VERSION) {
            throw new IllegalArgumentException("not a page token of this list");
        }
        PageKey key = new PageKey(bytes.getLong(), bytes.getLong());
        if (bytes.getInt() != key.check(query)) {
            throw new IllegalArgumentException("not a page token of this list");
        }
        return key;
    }

    /** The token for the page after this call. */
    public String token(CallQuery query) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(createdAt).putLong(number).putInt(check(query));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private int check(CallQuery query) {
        CRC32 crc = new CRC32();
        String question = query.project() + '\n' + query.party() + '\n' + query.direction() + '\n' + query.cause() + '\n' + query.since() + '\n'
            + query.until() + '\n' + query.live() + '\n' + createdAt + '\n' + number;
        crc.update(question.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    @Override
    public int compareTo(PageKey other) {
        int order = Long.compare(createdAt, other.createdAt);
        return order != 0 ? order : Long.compare(number, other.number);
    }
}
