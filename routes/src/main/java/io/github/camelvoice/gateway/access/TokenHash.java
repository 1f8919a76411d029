package io.github.camelvoice.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is kept of a token: a salted SHA-256. A password would need a slow hash, because people choose from few; our tokens have 256 random bits,
 * which no speed of guessing gets through, and a slow hash at every request would be a lever for whoever wants the gateway busy.
 *
 * @param salt   16 bytes
 * @param sha256 32 bytes: of the salt and the token in UTF-8
 */
record TokenHash(byte[] salt, byte[] sha256) {

    static final int TOKEN_BYTES = 32;
    private static final int SALT_BYTES = 16;

    TokenHash {
        if (salt.length != SALT_BYTES || sha256.length != 32) {
            throw new IllegalArgumentException("a token's hash has a salt of 16 and a SHA-256 of 32 bytes");
        }
    }

    static TokenHash of(String token) {
        byte[] salt = random(SALT_BYTES);
        return new TokenHash(salt, digest(salt, token));
    }

    /** A hash that no token has. */
    static TokenHash ofNothing() {
        return new TokenHash(random(SALT_BYTES), random(32));
    }

    /** A token of 256 random bits, in letters, digits, dashes and underscores. */
    static String newToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random(TOKEN_BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Takes the same time for every token of a length. */
    boolean matches(String token) {
        return MessageDigest.isEqual(sha256, digest(salt, token));
    }

    private static byte[] digest(byte[] salt, String token) {
        MessageDigest digest = newDigest();
        digest.update(salt);
        return digest.digest(token.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
