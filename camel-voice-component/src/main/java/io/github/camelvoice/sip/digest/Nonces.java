package io.github.camelvoice.sip.digest;

import io.github.camelvoice.runtime.EngineClock;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that prove their origin and age by themselves: time, random, keyed hash. Only nonces that were used successfully are
 * remembered, with their highest count; when there are too many of those, older ones stop working. Thread-safe.
 */
final class Nonces {

    static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MAX_USED = 20_000;
    private static final int HASH_BYTES = 16;
    private static final int LENGTH = 8 + 8 + HASH_BYTES;

    private final EngineClock clock;
    private final long origin;
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    /** Nonce to its highest count, oldest first. */
    private final Map<String, Integer> used = new LinkedHashMap<>();
    /** Nonces made before this do not work any more. */
    private long floor;

    Nonces(EngineClock clock) {
        this.clock = clock;
        this.origin = clock.nanos();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    private long age() {
        return clock.nanos() - origin;
    }

    String next() {
        byte[] bytes = new byte[LENGTH];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).putLong(age()).putLong(random.nextLong());
        buffer.put(hash(bytes), 0, HASH_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] hash(byte[] nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(nonce, 0, 16);
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** When it was made, or -1 if it is none of ours. */
    private long made(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException garbage) {
            return -1;
        }
        // The length of the text too: Base64 has several spellings of the same bytes.
        if (bytes.length != LENGTH || !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(nonce)) {
            return -1;
        }
        byte[] mine = Arrays.copyOf(hash(bytes), HASH_BYTES);
        byte[] given = Arrays.copyOfRange(bytes, 16, LENGTH);
        return MessageDigest.isEqual(mine, given) ? ByteBuffer.wrap(bytes).getLong() : -1;
    }

    boolean isOurs(String nonce) {
        return made(nonce) >= 0;
    }

    /** Marks this count as used. @return false if the nonce is too old, or the count (or a higher one) was used before */
    boolean use(String nonce, int count) {
        long made = made(nonce);
        synchronized (used) {
            forgetOld();
            if (made < floor || age() - made > LIFE_NANOS || count <= used.getOrDefault(nonce, 0)) {
                return false;
            }
            used.put(nonce, count);
            return true;
        }
    }

    private void forgetOld() {
        Iterator<String> oldest = used.keySet().iterator();
        while (oldest.hasNext()) {
            String nonce = oldest.next();
            long made = made(nonce);
            if (used.size() >= MAX_USED) {
                floor = Math.max(floor, made + 1);
            } else if (age() - made <= LIFE_NANOS) {
                return;
            }
            oldest.remove();
        }
    }

    int remembered() {
        synchronized (used) {
            return used.size();
        }
    }
}
