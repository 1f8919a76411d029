package io.github.camelvoice.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Hash functions of RFC 8760, strongest first. */
enum DigestAlgorithm {

    SHA_512_256("SHA-512-256", "SHA-512/256"),
    SHA_256("SHA-256", "SHA-256"),
    MD5("MD5", "MD5");

    private final String token;
    private final String javaName;

    DigestAlgorithm(String token, String javaName) {
        this.token = token;
        this.javaName = javaName;
    }

    /** As in the {@code algorithm} parameter. */
    String token() {
        return token;
    }

    /** @return null if it is not supported; no name means MD5 */
    static DigestAlgorithm of(String name) {
        if (name == null) {
            return MD5;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equals(upper)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Lower-case hexadecimal of the hash of {@code parts} joined by colons. */
    String hash(String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance(javaName).digest(String.join(":", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + javaName, impossible);
        }
    }

    /** The {@code response} parameter (RFC 7616, section 3.4.1). {@code qop} null: the older form without nc and cnonce. */
    String response(String ha1, String nonce, String nc, String cnonce, String qop, String method, String uri) {
        String ha2 = hash(method, uri);
        return qop == null ? hash(ha1, nonce, ha2) : hash(ha1, nonce, nc, cnonce, qop, ha2);
    }

    String ha1(String user, String realm, String password) {
        return hash(user, realm, password);
    }
}
