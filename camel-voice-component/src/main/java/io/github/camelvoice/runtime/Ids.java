package io.github.camelvoice.runtime;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of calls and of what belongs to them: {@code NODE-RANDOM}. The random part has 128 bits from a generator seeded by
 * {@link SecureRandom}; ids are not secrets, but nobody can guess the next one. Thread-safe, without a lock.
 */
public final class Ids {

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final String node;
    private final long key0;
    private final long key1;
    private final AtomicLong counter;

    public Ids(String node) {
        this.node = Objects.requireNonNull(node, "node");
        SecureRandom random = new SecureRandom();
        this.key0 = random.nextLong();
        this.key1 = random.nextLong();
        this.counter = new AtomicLong(random.nextLong());
    }

    public String node() {
        return node;
    }

    /** A new id, {@code n1-7zk3…}: letters, digits and one hyphen. */
    public String next() {
        long n = counter.getAndIncrement();
        StringBuilder id = new StringBuilder(node.length() + 27).append(node).append('-');
        append(id, mix(n ^ key0));
        append(id, mix(mix(n + key1) ^ key0));
        return id.toString();
    }

    /** A random token for tags and branches: 13 characters, 64 bits. */
    public String token() {
        StringBuilder token = new StringBuilder(13);
        append(token, mix(mix(counter.getAndIncrement() ^ key1) + key0));
        return token.toString();
    }

    private static void append(StringBuilder to, long bits) {
        for (int i = 0; i < 13; i++) {
            to.append(ALPHABET[(int) (bits & 31)]);
            bits >>>= 5;
        }
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
