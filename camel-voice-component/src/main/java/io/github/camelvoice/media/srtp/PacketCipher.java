package io.github.camelvoice.media.srtp;

import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode and HMAC-SHA1 under the session keys of one direction and one protocol. Written on the block cipher and the digest, since the
 * counter mode and the {@code Mac} of the JDK make objects for each packet.
 */
final class PacketCipher {

    static final int BLOCK = 16;
    static final int DIGEST = 20;
    /** Labels of RFC 3711, section 4.3.2: encryption, authentication and salt follow each other. */
    static final int RTP = 0;
    static final int RTCP = 3;

    private static final int PAD = 64;

    private final Cipher aes;
    private final byte[] salt;
    private final MessageDigest sha1;
    private final byte[] innerPad;
    private final byte[] outerPad;
    private final byte[] trailer = new byte[4];

    /** @param labels {@link #RTP} or {@link #RTCP} */
    PacketCipher(MasterKey master, int labels) {
        byte[] material = master.material();
        byte[] masterKey = Arrays.copyOf(material, MasterKey.KEY);
        byte[] masterSalt = Arrays.copyOfRange(material, MasterKey.KEY, MasterKey.LENGTH);
        this.aes = aes(derive(masterKey, masterSalt, labels, MasterKey.KEY));
        this.salt = derive(masterKey, masterSalt, labels + 2, MasterKey.SALT);
        byte[] authentication = derive(masterKey, masterSalt, labels + 1, DIGEST);
        this.innerPad = pad(authentication, 0x36);
        this.outerPad = pad(authentication, 0x5C);
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no SHA-1", missing);
        }
        Arrays.fill(material, (byte) 0);
        Arrays.fill(masterKey, (byte) 0);
    }

    private static Cipher aes(byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES", missing);
        }
    }

    /** Session keys (RFC 3711, section 4.3.1, with a key derivation rate of 0). */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length) {
        byte[] counters = new byte[(length + BLOCK - 1) / BLOCK * BLOCK];
        for (int at = 0; at < counters.length; at += BLOCK) {
            System.arraycopy(masterSalt, 0, counters, at, MasterKey.SALT);
            counters[at + 7] ^= (byte) label;
            counters[at + 15] = (byte) (at / BLOCK);
        }
        try {
            return Arrays.copyOf(aes(masterKey).doFinal(counters), length);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] pad(byte[] key, int with) {
        byte[] pad = Arrays.copyOf(key, PAD);
        for (int i = 0; i < PAD; i++) {
            pad[i] ^= (byte) with;
        }
        return pad;
    }

    /** Encrypts or decrypts {@code packet[from..to)} in place (RFC 3711, section 4.1.1). {@code index}: 48 bits. */
    void crypt(byte[] packet, int from, int to, int ssrc, long index, SrtpWork work) {
        int length = to - from;
        if (length <= 0) {
            return;
        }
        byte[] counters = work.counters;
        int size = (length + BLOCK - 1) / BLOCK * BLOCK;
        for (int at = 0, block = 0; at < size; at += BLOCK, block++) {
            System.arraycopy(salt, 0, counters, at, MasterKey.SALT);
            for (int i = 0; i < 4; i++) {
                counters[at + 4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
            }
            for (int i = 0; i < 6; i++) {
                counters[at + 8 + i] ^= (byte) (index >>> 40 - 8 * i);
            }
            counters[at + 14] = (byte) (block >>> 8);
            counters[at + 15] = (byte) block;
        }
        byte[] stream = work.stream;
        try {
            aes.update(counters, 0, size, stream, 0);
        } catch (ShortBufferException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (int i = 0; i < length; i++) {
            packet[from + i] ^= stream[i];
        }
    }

    /** HMAC of {@code packet[0..length)} and, if wanted, of the rollover counter (RFC 3711, section 4.2), into {@code work.digest}. */
    void authenticate(byte[] packet, int length, boolean withRollover, int rollover, SrtpWork work) {
        sha1.update(innerPad, 0, PAD);
        sha1.update(packet, 0, length);
        if (withRollover) {
            for (int i = 0; i < 4; i++) {
                trailer[i] = (byte) (rollover >>> 24 - 8 * i);
            }
            sha1.update(trailer, 0, 4);
        }
        try {
            sha1.digest(work.digest, 0, DIGEST);
            sha1.update(outerPad, 0, PAD);
            sha1.update(work.digest, 0, DIGEST);
            sha1.digest(work.digest, 0, DIGEST);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the tag in the packet is that in {@code work.digest}; takes the same time wherever they differ. */
    static boolean same(byte[] packet, int at, int length, SrtpWork work) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= packet[at + i] ^ work.digest[i];
        }
        return difference == 0;
    }
}
