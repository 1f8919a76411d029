package io.github.camelvoice.sip.digest;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers digest challenges for one user (RFC 3261, section 22; RFC 7616; RFC 8760): 401 and 407, several realms, the strongest
 * algorithm of each, {@code qop=auth} where offered. A realm is answered only towards the hop that challenged for it first: the
 * same realm from elsewhere gets nothing, nor does a new realm from another hop than the first request went to.
 * Not thread-safe: one object a call leg, on its mailbox.
 */
public final class DigestClient {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_REALMS = 8;
    /** Stale nonces in a row that are followed. */
    private static final int MAX_STALE = 2;

    private final String username;
    private final String password;
    private final Map<Key, Session> sessions = new LinkedHashMap<>();

    private String home;

    private record Key(boolean proxy, String realm) {
    }

    /** What we know of a realm. */
    private static final class Session {
        private final String hop;
        private DigestAlgorithm algorithm;
        private String nonce;
        private String opaque;
        private boolean algorithmNamed;
        private boolean qop;
        private String cnonce;
        /** Requests signed with this nonce. */
        private int used;
        private int stale;

        Session(String hop) {
            this.hop = hop;
        }
    }

    public DigestClient(String username, String password) {
        this.username = username;
        this.password = password;
    }

    /**
     * A 401 or 407 came.
     *
     * @param nextHop where the challenged request went, {@code ClientTransactionHandle.nextHop}
     * @return whether another try can help: then {@link #sign} the next request, with a higher CSeq
     */
    public boolean challenged(SIPResponse response, String nextHop) {
        boolean proxy = response.getStatusCode() == 407;
        Map<String, AuthParams> best = strongest(response, proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        boolean news = false;
        for (Map.Entry<String, AuthParams> realm : best.entrySet()) {
            Session session = session(new Key(proxy, realm.getKey()), nextHop);
            if (session == null || !accept(session, realm.getValue())) {
                return false;
            }
            news = true;
        }
        return news;
    }

    private static Map<String, AuthParams> strongest(SIPResponse response, String name) {
        Map<String, AuthParams> best = new LinkedHashMap<>();
        if (response.getHeader(name) == null) {
            return best;
        }
        for (Iterator<SIPHeader> all = response.getHeaders(name); all.hasNext(); ) {
            AuthParams challenge = AuthParams.parse(all.next().getHeaderValue());
            if (challenge == null || challenge.get("realm") == null || challenge.get("nonce") == null
                    || DigestAlgorithm.of(challenge.get("algorithm")) == null
                    || challenge.get("qop") != null && !challenge.tokens("qop").contains("auth")) {
                continue;
            }
            AuthParams rival = best.get(challenge.get("realm"));
            if (rival == null || DigestAlgorithm.of(challenge.get("algorithm"))
                    .compareTo(DigestAlgorithm.of(rival.get("algorithm"))) < 0) {
                best.put(challenge.get("realm"), challenge);
            }
        }
        return best;
    }

    /** @return null if the realm belongs to another hop, or is one that only another hop than the call's first names */
    private Session session(Key key, String hop) {
        Session session = sessions.get(key);
        if (session == null && sessions.size() < MAX_REALMS && hop.equals(first(hop))) {
            session = new Session(hop);
            sessions.put(key, session);
        }
        return session != null && session.hop.equals(hop) ? session : null;
    }

    /** Where the call was sent: a far end that is reached later, in the dialog, is a stranger to the credentials. */
    private String first(String hop) {
        if (home == null) {
            home = hop;
        }
        return home;
    }

    /** The nonces so far were those of another server: what is said of them counts for nothing. */
    public void elsewhere() {
        sessions.values().forEach(session -> {
            session.used = 0;
            session.stale = 0;
        });
    }

    private static boolean accept(Session session, AuthParams challenge) {
        boolean stale = "true".equalsIgnoreCase(challenge.get("stale"));
        if (stale) {
            // One that served more than one request has done its time: only those that come stale are counted.
            session.stale = session.used > 1 ? 1 : session.stale + 1;
            if (session.stale > MAX_STALE) {
                return false;
            }
        } else if (session.used == 1) {
            // The first request with this nonce was refused: the credentials are wrong, not old.
            return false;
        } else {
            session.stale = 0;
        }
        session.algorithm = DigestAlgorithm.of(challenge.get("algorithm"));
        session.algorithmNamed = challenge.get("algorithm") != null;
        session.nonce = challenge.get("nonce");
        session.opaque = challenge.get("opaque");
        session.qop = challenge.get("qop") != null;
        session.cnonce = newCnonce();
        session.used = 0;
        return true;
    }

    private static String newCnonce() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Adds the credentials that the challenges so far ask of a request to this hop, for its method and Request-URI. Replaces the
     * ones that are there.
     *
     * @param nextHop where the request will go, {@code NextHop.of(request).toString()}
     */
    public void sign(SIPRequest request, String nextHop) {
        first(nextHop);
        List<String> server = new ArrayList<>(1);
        List<String> proxy = new ArrayList<>(1);
        sessions.forEach((key, session) -> {
            if (session.nonce != null && session.hop.equals(nextHop)) {
                String value = credentials(key.realm(), session, request.getMethod(), request.getRequestURI().toString());
                (key.proxy() ? proxy : server).add(value);
            }
        });
        if (!server.isEmpty()) {
            request.setHeader(new DigestHeader("Authorization", server));
        }
        if (!proxy.isEmpty()) {
            request.setHeader(new DigestHeader("Proxy-Authorization", proxy));
        }
    }

    private String credentials(String realm, Session session, String method, String uri) {
        session.used++;
        DigestAlgorithm algorithm = session.algorithm;
        String nc = String.format("%08x", session.used);
        String response = algorithm.response(algorithm.ha1(username, realm, password), session.nonce, nc, session.cnonce,
                session.qop ? "auth" : null, method, uri);
        StringBuilder value = new StringBuilder(256)
                .append("Digest username=").append(AuthParams.quote(username))
                .append(", realm=").append(AuthParams.quote(realm))
                .append(", nonce=").append(AuthParams.quote(session.nonce))
                .append(", uri=").append(AuthParams.quote(uri))
                .append(", response=\"").append(response).append('"');
        if (session.algorithmNamed) {
            value.append(", algorithm=").append(algorithm.token());
        }
        if (session.opaque != null) {
            value.append(", opaque=").append(AuthParams.quote(session.opaque));
        }
        if (session.qop) {
            value.append(", qop=auth, nc=").append(nc).append(", cnonce=\"").append(session.cnonce).append('"');
        }
        return value.toString();
    }
}
