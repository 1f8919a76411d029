package io.github.camelvoice.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.account.Ha1;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestServerTest {

    private static final String URI = "sip:bob@127.0.0.1";

    private final ManualTimers clock = new ManualTimers();
    private final DigestServer server = new DigestServer("voice", DigestUsers.of(Map.of("alice", "wonder"), "voice"), List.of("SHA-256", "MD5"), clock);

    private AuthParams challenge(DigestAlgorithm algorithm) {
        return server.check("INVITE", URI, List.of()).challenges().stream().map(AuthParams::parse)
                .filter(c -> algorithm.token().equals(c.get("algorithm"))).findFirst().orElseThrow();
    }

    private static String credentials(AuthParams challenge, DigestAlgorithm algorithm, String user, String password, String method,
                                      String uri, int count) {
        String nc = String.format("%08x", count);
        String response = algorithm.response(algorithm.ha1(user, "voice", password), challenge.get("nonce"), nc, "c0", "auth", method, uri);
        return "Digest username=\"" + user + "\", realm=\"voice\", nonce=\"" + challenge.get("nonce") + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", algorithm=" + algorithm.token() + ", qop=auth, nc=" + nc + ", cnonce=\"c0\"";
    }

    private DigestServer.Outcome tryIt(AuthParams challenge, int count) {
        return server.check("INVITE", URI,
                List.of(credentials(challenge, DigestAlgorithm.SHA_256, "alice", "wonder", "INVITE", URI, count)));
    }

    @Test
    void offersTheAlgorithmsInTheGivenOrder() {
        DigestServer.Outcome outcome = server.check("INVITE", URI, List.of());
        assertThat(outcome.isAuthenticated()).isFalse();
        assertThat(outcome.wrong()).isFalse();
        assertThat(outcome.challenges()).hasSize(2);
        assertThat(outcome.challenges().get(0)).contains("algorithm=SHA-256", "qop=\"auth\"").doesNotContain("stale");
        assertThat(outcome.challenges().get(1)).contains("algorithm=MD5");
    }

    @Test
    void refusesAnAlgorithmThatItWasNotToldOf() {
        DigestServer strict = new DigestServer("voice", DigestUsers.of(Map.of("alice", "wonder"), "voice"), List.of("SHA-256"), clock);
        AuthParams challenge = AuthParams.parse(strict.check("INVITE", URI, List.of()).challenges().get(0));
        assertThat(strict.check("INVITE", URI, List.of(credentials(challenge, DigestAlgorithm.MD5, "alice", "wonder", "INVITE", URI, 1)))
                .isAuthenticated()).isFalse();
        assertThatThrownBy(() -> new DigestServer("voice", DigestUsers.of(Map.of(), "voice"), List.of("SHA-1"), clock)).hasMessageContaining("SHA-1");
    }

    @Test
    void letsTheRightPasswordIn() {
        for (DigestAlgorithm algorithm : List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5)) {
            DigestServer.Outcome outcome = server.check("INVITE", URI,
                    List.of(credentials(challenge(algorithm), algorithm, "alice", "wonder", "INVITE", URI, 1)));
            assertThat(outcome.isAuthenticated()).isTrue();
            assertThat(outcome.user()).isEqualTo("alice");
        }
    }

    @Test
    void theWrongPasswordAndTheUnknownUserGetTheSameAnswer() {
        AuthParams challenge = challenge(DigestAlgorithm.SHA_256);
        for (String[] who : new String[][] {{"alice", "guess"}, {"mallory", "guess"}, {"mallory", "\u0000"}}) {
            DigestServer.Outcome outcome = server.check("INVITE", URI,
                    List.of(credentials(challenge, DigestAlgorithm.SHA_256, who[0], who[1], "INVITE", URI, 1)));
            assertThat(outcome.isAuthenticated()).isFalse();
            assertThat(outcome.wrong()).isTrue();
            assertThat(outcome.challenges()).hasSize(2).noneMatch(c -> c.contains("stale"));
        }
    }

    @Test
    void theCountOfANonceMustRise() {
        AuthParams challenge = challenge(DigestAlgorithm.SHA_256);
        assertThat(tryIt(challenge, 1).isAuthenticated()).isTrue();
        DigestServer.Outcome replay = tryIt(challenge, 1);
        assertThat(replay.isAuthenticated()).isFalse();
        assertThat(replay.challenges()).allMatch(c -> c.contains("stale=true"));
        assertThat(tryIt(challenge, 5).isAuthenticated()).isTrue();
        assertThat(tryIt(challenge, 4).isAuthenticated()).isFalse();
        assertThat(tryIt(challenge, 0).isAuthenticated()).isFalse();
    }

    @Test
    void aNonceLivesForAMinute() {
        AuthParams challenge = challenge(DigestAlgorithm.SHA_256);
        clock.advance(Duration.ofSeconds(60));
        assertThat(tryIt(challenge, 1).isAuthenticated()).isTrue();
        clock.advance(Duration.ofMillis(1));
        DigestServer.Outcome late = tryIt(challenge, 2);
        assertThat(late.isAuthenticated()).isFalse();
        assertThat(late.challenges()).allMatch(c -> c.contains("stale=true"));
    }

    @Test
    void methodAndUriAreThoseOfTheRequest() {
        AuthParams challenge = challenge(DigestAlgorithm.SHA_256);
        String forInvite = credentials(challenge, DigestAlgorithm.SHA_256, "alice", "wonder", "INVITE", URI, 1);
        assertThat(server.check("BYE", URI, List.of(forInvite)).isAuthenticated()).isFalse();
        assertThat(server.check("INVITE", "sip:expensive@127.0.0.1", List.of(forInvite)).isAuthenticated()).isFalse();
    }

    @Test
    void someSignTheHostAlone() {
        AuthParams challenge = challenge(DigestAlgorithm.SHA_256);
        int count = 0;
        for (String signed : List.of("sip:127.0.0.1", "sip:127.0.0.1;transport=udp", "SIP:127.0.0.1")) {
            String hostOnly = credentials(challenge, DigestAlgorithm.SHA_256, "alice", "wonder", "INVITE", signed, ++count);
            assertThat(server.check("INVITE", "sip:bob@127.0.0.1;x=y", List.of(hostOnly)).isAuthenticated()).as(signed).isTrue();
        }
        for (String signed : List.of("sip:127.0.0.2", "sip:127.0.0.1:5061", "sips:127.0.0.1", "sip:eve@127.0.0.1", "bob", "")) {
            String other = credentials(challenge, DigestAlgorithm.SHA_256, "alice", "wonder", "INVITE", signed, ++count);
            assertThat(server.check("INVITE", "sip:bob@127.0.0.1;x=y", List.of(other)).isAuthenticated()).as(signed).isFalse();
        }
    }

    @Test
    void nobodyCanMakeANonceButUs() {
        AuthParams forged = AuthParams.parse("Digest realm=\"voice\", nonce=\"" + "A".repeat(43) + "\"");
        assertThat(tryIt(forged, 1).isAuthenticated()).isFalse();
        AuthParams real = challenge(DigestAlgorithm.SHA_256);
        char last = real.get("nonce").charAt(42);
        AuthParams respelled = AuthParams.parse("Digest realm=\"voice\", nonce=\"" + real.get("nonce").substring(0, 42)
                + (char) (last == 'A' ? 'B' : last + 1) + "\"");
        assertThat(tryIt(respelled, 1).isAuthenticated()).isFalse();
        DigestServer other = new DigestServer("voice", DigestUsers.of(Map.of("alice", "wonder"), "voice"), List.of("SHA-256", "MD5"), clock);
        assertThat(other.check("INVITE", URI, List.of(credentials(real, DigestAlgorithm.SHA_256, "alice", "wonder", "INVITE", URI, 1)))
                .isAuthenticated()).isFalse();
    }

    @Test
    void anOldPeerWithoutQopMayUseANonceOnce() {
        AuthParams challenge = challenge(DigestAlgorithm.MD5);
        DigestAlgorithm md5 = DigestAlgorithm.MD5;
        String old = "Digest username=\"alice\", realm=\"voice\", nonce=\"" + challenge.get("nonce") + "\", uri=\"" + URI + "\", response=\""
                + md5.response(md5.ha1("alice", "voice", "wonder"), challenge.get("nonce"), null, null, null, "INVITE", URI) + '"';
        assertThat(server.check("INVITE", URI, List.of(old)).isAuthenticated()).isTrue();
        assertThat(server.check("INVITE", URI, List.of(old)).isAuthenticated()).isFalse();
    }

    @Test
    void garbageIsJustNoCredentials() {
        for (String garbage : List.of("", "Basic YTpi", "Digest", "Digest realm=\"voice\"", "Digest realm=\"voice\", username=\"alice\","
                + " nonce=\"x\", uri=\"" + URI + "\", response=\"\", nc=zzzzzzzz, cnonce=\"\", qop=auth", "Digest realm=\"elsewhere\"")) {
            assertThat(server.check("INVITE", URI, List.of(garbage)).isAuthenticated()).isFalse();
        }
    }

    @Test
    void oldNoncesMakeRoomAndStopWorking() {
        Nonces nonces = new Nonces(clock);
        String first = nonces.next();
        assertThat(nonces.use(first, 1)).isTrue();
        for (int i = 0; i < 20_000; i++) {
            clock.advance(Duration.ofNanos(1));
            assertThat(nonces.use(nonces.next(), 1)).isTrue();
        }
        assertThat(nonces.remembered()).isLessThanOrEqualTo(20_000);
        assertThat(nonces.use(first, 2)).isFalse();
        clock.advance(Duration.ofSeconds(61));
        assertThat(nonces.use(nonces.next(), 1)).isTrue();
        assertThat(nonces.remembered()).isEqualTo(1);
    }

    @Test
    void usersComeAndGoAndEveryAlgorithmHasItsHash() {
        Map<String, Ha1> users = new java.util.HashMap<>();
        DigestUsers moving = new DigestUsers() {
            @Override
            public String ha1(String user, String algorithm) {
                return users.containsKey(user) ? users.get(user).of(algorithm) : null;
            }

            @Override
            public boolean any() {
                return !users.isEmpty();
            }
        };
        DigestServer live = new DigestServer("voice", moving, List.of("SHA-512-256", "SHA-256", "MD5"), clock);
        assertThat(live.hasUsers()).isFalse();
        for (int round = 0; round < 3; round++) {
            for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                AuthParams challenge = live.check("INVITE", URI, List.of()).challenges().stream().map(AuthParams::parse)
                        .filter(c -> algorithm.token().equals(c.get("algorithm"))).findFirst().orElseThrow();
                DigestServer.Outcome outcome = live.check("INVITE", URI, List.of(credentials(challenge, algorithm, "alice", "wonder", "INVITE", URI, 1)));
                assertThat(outcome.isAuthenticated()).as(algorithm + " " + round).isEqualTo(round == 1);
                assertThat(outcome.wrong()).isTrue();
            }
            if (round == 0) {
                users.put("alice", Ha1.of("alice", "voice", "wonder"));
            } else {
                users.clear();
            }
        }
    }
}
