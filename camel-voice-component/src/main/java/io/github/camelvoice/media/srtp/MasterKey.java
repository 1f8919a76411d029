package io.github.camelvoice.media.srtp;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** Key and salt of one direction. Its text never shows them. Immutable. */
public final class MasterKey {

    /** Bytes of the key, which come first. */
    public static final int KEY = 16;
    /** Bytes of the salt, which follow. */
    public static final int SALT = 14;
    /** Bytes of both. */
    public static final int LENGTH = KEY + SALT;
    /** Longest master key identifier that is taken (RFC 4568, section 6.1, allows 128). */
    public static final int MAX_MKI = 16;

    private final CryptoSuite suite;
    private final byte[] material;
    private final int mkiLength;

    /**
     * @param material  {@link #LENGTH} bytes
     * @param mkiLength bytes of a master key identifier that each packet carries, 0 for none
     */
    public MasterKey(CryptoSuite suite, byte[] material, int mkiLength) {
        if (material.length != LENGTH) {
            throw new IllegalArgumentException("key and salt of " + suite + " have " + LENGTH + " bytes, not " + material.length);
        }
        if (mkiLength < 0 || mkiLength > MAX_MKI) {
            throw new IllegalArgumentException("a master key identifier has 0 to " + MAX_MKI + " bytes: " + mkiLength);
        }
        this.suite = suite;
        this.material = material.clone();
        this.mkiLength = mkiLength;
    }

    /** A new one for what we send. */
    public static MasterKey random(CryptoSuite suite, SecureRandom random) {
        byte[] material = new byte[LENGTH];
        random.nextBytes(material);
        return new MasterKey(suite, material, 0);
    }

    public CryptoSuite suite() {
        return suite;
    }

    /** A copy of key and salt. */
    public byte[] material() {
        return material.clone();
    }

    int mkiLength() {
        return mkiLength;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey that && suite == that.suite && mkiLength == that.mkiLength
                && MessageDigest.isEqual(material, that.material);
    }

    @Override
    public int hashCode() {
        return 31 * suite.hashCode() + Arrays.hashCode(material);
    }

    @Override
    public String toString() {
        return suite + " (key hidden)";
    }
}
