package io.github.camelvoice.store;

import io.github.camelvoice.callback.CallbackQuery;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of callbacks ended: by time, then by number.
 *
 * @param at microseconds since 1970
 */
public record CallbackKey(long at, long number) implements Comparable<CallbackKey> {

    private static final Pattern TOKEN = Pattern.compile("([0-9a-f]{1,16})-([0-9a-f]{1,16})");

    /** Where the page before ended, null for the first page. @throws IllegalArgumentException if the token is none */
    public static CallbackKey of(CallbackQuery query) {
        String token = query.pageToken();
        if (token == null || token.isEmpty()) {
            return null;
        }
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a page token of callbacks");
        }
        return new CallbackKey(Long.parseUnsignedLong(parts.group(1), 16), Long.parseUnsignedLong(parts.group(2), 16));
    }

    public String token() {
        return Long.toHexString(at) + "-" + Long.toHexString(number);
    }

    @Override
    public int compareTo(CallbackKey other) {
        int order = Long.compare(at, other.at);
        return order != 0 ? order : Long.compare(number, other.number);
    }
}
