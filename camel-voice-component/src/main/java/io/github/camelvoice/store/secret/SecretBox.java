package io.github.camelvoice.store.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts with AES-256-GCM (NIST SP 800-38D): a fresh nonce each, and the name of whose it is as associated data, so that nobody can give one's
 * secret to another. Sealed bytes say which key they need. Thread-safe; holds keys, and shows none.
 */
public final class SecretBox {

    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final int FORM = 1;
    private static final int MARK_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + MARK_BYTES + NONCE_BYTES;
    private static final byte[] MARK_OF = "camel-voice key mark".getBytes(StandardCharsets.US_ASCII);

    private record Key(byte[] mark, SecretKeySpec key) {

        private static Key of(byte[] bytes) {
            if (bytes.length != KEY_BYTES) {
                throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
            }
            return new Key(mark(bytes), new SecretKeySpec(bytes, "AES"));
        }

        private static byte[] mark(byte[] key) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(MARK_OF);
                return Arrays.copyOf(digest.digest(key), MARK_BYTES);
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }
    }

    private final SecureRandom random;
    private final List<Key> keys;
    private final String origin;

    /**
     * @param keys   the first seals, all open
     * @param origin where the keys come from, for those who read that one does not fit
     */
    SecretBox(List<byte[]> keys, String origin, SecureRandom random) {
        this.random = random;
        this.keys = keys.stream().map(Key::of).toList();
        this.origin = origin;
    }

    /** For secrets that end with the process. */
    public static SecretBox ofThisProcess() {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new SecretBox(List.of(key), "this process", random);
    }

    /** @param owner whose it is: to be said again when it is opened */
    public byte[] seal(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Key key = keys.get(0);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(HEAD_BYTES + sealed.length).put((byte) FORM).put(key.mark()).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException("AES-256-GCM cannot be used", everyJdkHasIt);
        }
    }

    /** @throws UnsealException naming where the key comes from, if it is another one, the bytes were changed, or they are another owner's */
    public String open(byte[] sealed, String owner) throws UnsealException {
        if (sealed.length < HEAD_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORM) {
            throw new UnsealException("was sealed by a newer version, or is damaged");
        }
        Key key = keyOf(sealed);
        if (key == null) {
            throw new UnsealException("was sealed with another key than that of " + origin);
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1 + MARK_BYTES, HEAD_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, owner).doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException changed) {
            throw new UnsealException("is sealed with the key of " + origin + " and damaged, or another's");
        }
    }

    /** Whether what was sealed is to be sealed anew: the key that opens it is no longer the one that seals. */
    public boolean isOld(byte[] sealed) {
        return sealed.length >= HEAD_BYTES && sealed[0] == FORM && keyOf(sealed) != keys.get(0);
    }

    private Key keyOf(byte[] sealed) {
        byte[] mark = Arrays.copyOfRange(sealed, 1, 1 + MARK_BYTES);
        return keys.stream().filter(key -> Arrays.equals(key.mark(), mark)).findFirst().orElse(null);
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
