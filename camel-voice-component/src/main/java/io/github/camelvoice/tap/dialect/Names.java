package io.github.camelvoice.tap.dialect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Ids in the form of vendors, made of ours: the first 16 bytes of the SHA-256 of {@code KIND\nID} in UTF-8. The same tap has the same ids
 * on each connection and on each node.
 */
final class Names {

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Names() {
    }

    /** Two letters and 32 hexadecimal digits, {@code MZ0123…}. */
    static String sid(String prefix, String kind, String id) {
        return prefix + HexFormat.of().formatHex(hash(kind, id));
    }

    /** A UUID: the id itself where it is one, else one of version 8 (RFC 9562, 5.8). */
    static String uuid(String kind, String id) {
        if (UUID.matcher(id).matches()) {
            return id;
        }
        byte[] hash = hash(kind, id);
        hash[6] = (byte) (hash[6] & 0x0f | 0x80);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        String hex = HexFormat.of().formatHex(hash);
        return hex.substring(0, 8) + '-' + hex.substring(8, 12) + '-' + hex.substring(12, 16) + '-' + hex.substring(16, 20) + '-' + hex.substring(20);
    }

    private static byte[] hash(String kind, String id) {
        try {
            byte[] full = MessageDigest.getInstance("SHA-256").digest((kind + '\n' + id).getBytes(StandardCharsets.UTF_8));
            return java.util.Arrays.copyOf(full, 16);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
