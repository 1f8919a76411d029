package io.github.camelvoice.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/** Who may use the HTTP API: one account, its token given as Basic password or as Bearer. Compares in constant time; thread-safe. */
final class Account {

    private static final int MAX_LENGTH = 2048;

    private final byte[] sid;
    private final byte[] token;

    Account(String sid, String token) {
        this.sid = digest(sid);
        this.token = digest(token);
    }

    /** @param authorization value of the Authorization header, may be null */
    boolean admits(String authorization) {
        if (authorization == null || authorization.length() > MAX_LENGTH) {
            return false;
        }
        int blank = authorization.indexOf(' ');
        if (blank < 0) {
            return false;
        }
        String credentials = authorization.substring(blank + 1).strip();
        return switch (authorization.substring(0, blank).toLowerCase(Locale.ROOT)) {
            case "bearer" -> MessageDigest.isEqual(token, digest(credentials));
            case "basic" -> basic(credentials);
            default -> false;
        };
    }

    private boolean basic(String credentials) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return false;
        }
        // Both are always compared: the time does not tell which one was wrong.
        boolean known = MessageDigest.isEqual(sid, digest(pair.substring(0, colon)));
        return MessageDigest.isEqual(token, digest(pair.substring(colon + 1))) & known;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
