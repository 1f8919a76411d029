package io.github.camelvoice.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What digest authentication needs of a user (RFC 7616, section 3.4.2): the hash of name, realm and password, in lower-case hexadecimal, for each
 * algorithm of RFC 8760. As good as the password for its realm, and of no use for any other. Immutable; holds secrets.
 */
public record Ha1(String md5, String sha256, String sha512256) {

    public static Ha1 of(String name, String realm, String password) {
        byte[] text = (name + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Ha1(hash("MD5", text), hash("SHA-256", text), hash("SHA-512/256", text));
    }

    private static String hash(String algorithm, byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    /** @param algorithm as challenges name it: {@code MD5}, {@code SHA-256}, {@code SHA-512-256}. @return null for any other */
    public String of(String algorithm) {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "MD5" -> md5;
            case "SHA-256" -> sha256;
            case "SHA-512-256" -> sha512256;
            default -> null;
        };
    }

    /** Without the hashes. */
    @Override
    public String toString() {
        return "Ha1";
    }
}
