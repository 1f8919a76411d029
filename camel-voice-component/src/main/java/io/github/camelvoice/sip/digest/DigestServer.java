package io.github.camelvoice.sip.digest;

import io.github.camelvoice.runtime.EngineClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Checks digest credentials and makes challenges, without state for those who fail. Nonces live for 60 s; their count must rise.
 * Work and answers are the same for users that exist and users that do not. Thread-safe.
 */
public final class DigestServer {

    private final String realm;
    private final DigestUsers users;
    /** What the work is done with where there is no such user. */
    private final Map<DigestAlgorithm, String> nobody = new EnumMap<>(DigestAlgorithm.class);
    private final List<DigestAlgorithm> offered;
    private final Nonces nonces;

    /**
     * @param user       who passed, empty if nobody did
     * @param challenges values of WWW-Authenticate if nobody did
     * @param wrong      whether there were credentials for our realm that nobody has
     */
    public record Outcome(String user, List<String> challenges, boolean wrong) {
        public boolean isAuthenticated() {
            return challenges.isEmpty();
        }
    }

    /**
     * @param users      asked each time: they may come and go
     * @param algorithms offered in this order (RFC 8760, section 2.4)
     * @throws IllegalArgumentException naming an algorithm that is not supported
     */
    public DigestServer(String realm, DigestUsers users, List<String> algorithms, EngineClock clock) {
        this.realm = realm;
        this.users = users;
        this.offered = algorithms.stream().map(DigestServer::algorithm).toList();
        this.nonces = new Nonces(clock);
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            nobody.put(algorithm, algorithm.hash(HexFormat.of().formatHex(random)));
        }
    }

    /** Whether there is anybody who could pass. */
    public boolean hasUsers() {
        return users.any();
    }

    private static DigestAlgorithm algorithm(String name) {
        DigestAlgorithm algorithm = DigestAlgorithm.of(name);
        if (algorithm == null) {
            throw new IllegalArgumentException("digest algorithm " + name + " is not supported: MD5, SHA-256 and SHA-512-256 are");
        }
        return algorithm;
    }

    /** @param authorizations values of Authorization header fields */
    public Outcome check(String method, String requestUri, List<String> authorizations) {
        boolean stale = false;
        boolean wrong = false;
        for (String value : authorizations) {
            AuthParams given = AuthParams.parse(value);
            if (given == null || !realm.equals(given.get("realm"))) {
                continue;
            }
            String user = given.get("username");
            if (!matches(given, user, method, requestUri)) {
                wrong = true;
                continue;
            }
            if (nonces.use(given.get("nonce"), count(given))) {
                return new Outcome(user, List.of(), true);
            }
            stale = true;
        }
        return new Outcome("", challenges(stale), wrong);
    }

    /** Whether the response is right, whatever the age of the nonce. */
    private boolean matches(AuthParams given, String user, String method, String requestUri) {
        String nonce = given.get("nonce");
        String uri = given.get("uri");
        String response = given.get("response");
        DigestAlgorithm algorithm = DigestAlgorithm.of(given.get("algorithm"));
        String qop = given.get("qop");
        String nc = given.get("nc");
        String cnonce = given.get("cnonce");
        if (user == null || nonce == null || uri == null || response == null || algorithm == null || !offered.contains(algorithm)
                || qop != null && (!qop.equalsIgnoreCase("auth") || nc == null || cnonce == null || count(given) < 1)) {
            return false;
        }
        String known = users.ha1(user, algorithm.token());
        String expected = algorithm.response(known == null ? nobody.get(algorithm) : known, nonce, nc, cnonce, qop, method, uri);
        boolean right = MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII),
                response.getBytes(StandardCharsets.UTF_8));
        return right & known != null & isFor(uri, requestUri) & nonces.isOurs(nonce);
    }

    /**
     * Whether the signed URI is the one of the request: equal, or the same host and port without a user and parameters, which is
     * all that some sign (RFC 3261, section 22.4, item 7 leaves more room than that).
     */
    private static boolean isFor(String signed, String requested) {
        if (signed.equals(requested)) {
            return true;
        }
        int at = requested.indexOf('@');
        int colon = requested.indexOf(':');
        if (signed.indexOf('@') >= 0 || colon < 0) {
            return false;
        }
        String target = requested.substring(0, colon + 1) + requested.substring(Math.max(at, colon) + 1);
        return withoutParameters(signed).equalsIgnoreCase(withoutParameters(target));
    }

    private static String withoutParameters(String uri) {
        int end = uri.indexOf(';');
        return end < 0 ? uri : uri.substring(0, end);
    }

    /** Old peers that know no qop count as first use: their nonce works once. */
    private static int count(AuthParams given) {
        String nc = given.get("nc");
        if (given.get("qop") == null || nc == null) {
            return 1;
        }
        try {
            return nc.length() == 8 ? Integer.parseUnsignedInt(nc, 16) : -1;
        } catch (NumberFormatException bad) {
            return -1;
        }
    }

    private List<String> challenges(boolean stale) {
        return offered.stream().map(algorithm -> "Digest realm=" + AuthParams.quote(realm) + ", nonce=\"" + nonces.next() + '"'
                + ", algorithm=" + algorithm.token() + ", qop=\"auth\"" + (stale ? ", stale=true" : "")).toList();
    }
}
