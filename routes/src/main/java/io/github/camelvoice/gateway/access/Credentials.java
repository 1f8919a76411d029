package io.github.camelvoice.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * What an Authorization header says (RFC 7617, RFC 6750).
 *
 * @param sid null where a Bearer token stands alone
 */
record Credentials(String sid, String token) {

    private static final int MAX_LENGTH = 2048;

    /** @return null where the header is missing or says nothing that could be credentials of ours */
    static Credentials of(String authorization) {
        if (authorization == null || authorization.length() > MAX_LENGTH) {
            return null;
        }
        int blank = authorization.indexOf(' ');
        if (blank < 0) {
            return null;
        }
        String value = authorization.substring(blank + 1).strip();
        return switch (authorization.substring(0, blank).toLowerCase(Locale.ROOT)) {
            case "bearer" -> clean(new Credentials(null, value));
            case "basic" -> basic(value);
            default -> null;
        };
    }

    private static Credentials basic(String value) {
        String pair;
        try {
            pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getDecoder().decode(value))).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
        int colon = pair.indexOf(':');
        return colon < 1 ? null : clean(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static Credentials clean(Credentials credentials) {
        boolean clean = !credentials.token.isEmpty() && isPrintable(credentials.token)
                && (credentials.sid == null || isPrintable(credentials.sid));
        return clean ? credentials : null;
    }

    private static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
