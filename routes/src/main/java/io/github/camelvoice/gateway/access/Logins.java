package io.github.camelvoice.gateway.access;

import io.github.camelvoice.runtime.EngineClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Logs requests in, and bounds how fast one source may guess: beyond {@link #BURST} failures it may try once a second. Credentials that opened
 * something before are let through all the same, so that whoever guesses from behind a proxy shuts nobody else out. Thread-safe.
 */
public final class Logins {

    static final int BURST = 20;
    private static final double PER_SECOND = 1;
    private static final int SOURCES = 10_000;
    private static final int PROVEN = 1_000;

    private final Accounts accounts;
    private final TokenBuckets failures;
    private final byte[] key = new byte[16];
    private final Set<String> proven = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > PROVEN;
        }
    }));

    public Logins(Accounts accounts, EngineClock clock) {
        this.accounts = accounts;
        this.failures = new TokenBuckets(PER_SECOND, BURST, SOURCES, clock);
        new SecureRandom().nextBytes(key);
    }

    /**
     * What came of it.
     *
     * @param account    null where nothing was opened
     * @param retryAfter seconds to wait where this source has failed too often; else 0
     */
    public record Result(Account account, int retryAfter) {
    }

    /**
     * @param authorization value of the Authorization header, null for none: that counts as no failure
     * @param source        IP address that it came from
     */
    public Result login(String authorization, String source) {
        if (authorization == null) {
            return new Result(null, 0);
        }
        String network = network(source);
        int wait = failures.peek(network);
        String mark = mark(authorization);
        if (wait > 0 && !proven.contains(mark)) {
            return new Result(null, wait);
        }
        Account account = accounts.authenticate(authorization);
        if (account != null) {
            proven.add(mark);
            return new Result(account, 0);
        }
        proven.remove(mark);
        return new Result(null, failures.take(network));
    }

    /** IPv6 sources have a /64 to choose from. */
    private static String network(String source) {
        if (source == null || source.indexOf(':') < 0) {
            return String.valueOf(source);
        }
        String plain = source.indexOf('%') < 0 ? source : source.substring(0, source.indexOf('%'));
        try {
            byte[] address = InetAddress.getByName(plain).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(address, Math.min(8, address.length)));
        } catch (UnknownHostException e) {
            return plain;
        }
    }

    /** Not the credentials themselves: no token is kept in memory. */
    private String mark(String authorization) {
        var digest = TokenHash.newDigest();
        digest.update(key);
        return HexFormat.of().formatHex(digest.digest(authorization.getBytes(StandardCharsets.UTF_8)));
    }
}
