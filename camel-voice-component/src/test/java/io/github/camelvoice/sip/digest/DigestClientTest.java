package io.github.camelvoice.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.github.camelvoice.runtime.EngineClock;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestClientTest {

    private static final String HOP = "udp:127.0.0.1:5060";
    private static final String HEAD = "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:b@x>;tag=2\r\n"
            + "Call-ID: 1\r\nCSeq: 1 INVITE\r\n";

    private final DigestClient client = new DigestClient("ali\"ce", "wonder");

    private static SIPResponse challenge(int code, String... values) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + code + " Who\r\n" + HEAD);
        for (String value : values) {
            text.append(code == 407 ? "Proxy-Authenticate: " : "WWW-Authenticate: ").append(value).append("\r\n");
        }
        return (SIPResponse) parse(text + "Content-Length: 0\r\n\r\n");
    }

    private static SIPRequest request(String uri) {
        return (SIPRequest) parse("INVITE " + uri + " SIP/2.0\r\n" + HEAD + "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
    }

    private static Object parse(String text) {
        try {
            return new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, null);
        } catch (ParseException bad) {
            throw new AssertionError(text, bad);
        }
    }

    private String signed(String hop) {
        SIPRequest request = request("sip:b@127.0.0.1:5060;transport=udp");
        client.sign(request, hop);
        return request.encode();
    }

    @Test
    void answersWithTheStrongestAlgorithm() {
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n1\", qop=\"auth\", algorithm=MD5",
                "Digest realm=\"x\", nonce=\"n2\", qop=\"auth\", algorithm=SHA-256, opaque=\"o\""), HOP)).isTrue();
        assertThat(signed(HOP)).contains("Authorization: Digest username=\"ali\\\"ce\", realm=\"x\", nonce=\"n2\","
                + " uri=\"sip:b@127.0.0.1:5060;transport=udp\"", "algorithm=SHA-256", "opaque=\"o\"", "nc=00000001")
                .doesNotContain("n1");
        assertThat(signed(HOP)).contains("nc=00000002");
    }

    @Test
    void ourServerAcceptsIt() {
        DigestServer server = new DigestServer("voice", DigestUsers.of(Map.of("ali\"ce", "wonder"), "voice"), List.of("SHA-256", "MD5"), EngineClock.SYSTEM);
        String uri = "sip:b@127.0.0.1";
        assertThat(client.challenged(challenge(401, server.check("INVITE", uri, List.of()).challenges().toArray(String[]::new)), HOP))
                .isTrue();
        for (int i = 0; i < 3; i++) {
            SIPRequest request = request(uri);
            client.sign(request, HOP);
            SIPRequest received = (SIPRequest) parse(request.encode());
            String value = ((gov.nist.javax.sip.header.SIPHeader) received.getHeader("Authorization")).getHeaderValue();
            assertThat(server.check("INVITE", received.getRequestURI().toString(), List.of(value)).user()).isEqualTo("ali\"ce");
        }
    }

    @Test
    void severalRealmsAndBothKindsAreAnsweredTogether() {
        assertThat(client.challenged(challenge(407, "Digest realm=\"p\", nonce=\"n1\"", "Digest realm=\"q\", nonce=\"n2\""), HOP)).isTrue();
        assertThat(signed(HOP)).contains("Proxy-Authorization: Digest username=\"ali\\\"ce\", realm=\"p\"",
                "Proxy-Authorization: Digest username=\"ali\\\"ce\", realm=\"q\"").doesNotContain("qop", "cnonce");
        assertThat(client.challenged(challenge(401, "Digest realm=\"r\", nonce=\"n3\""), HOP)).isTrue();
        assertThat(signed(HOP)).contains("\r\nAuthorization: ", "realm=\"p\"", "realm=\"q\"", "realm=\"r\"");
    }

    @Test
    void aSecondRefusalOfTheSameCredentialsIsFinal() {
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n1\", qop=\"auth\""), HOP)).isTrue();
        signed(HOP);
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n2\", qop=\"auth\""), HOP)).isFalse();
    }

    @Test
    void aStaleNonceIsReplacedButNotForEver() {
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n0\", qop=\"auth\""), HOP)).isTrue();
        signed(HOP);
        for (int i = 1; i <= 2; i++) {
            assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n" + i + "\", qop=\"auth\", stale=true"), HOP)).isTrue();
            assertThat(signed(HOP)).contains("nonce=\"n" + i + '"', "nc=00000001");
        }
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n9\", qop=\"auth\", stale=true"), HOP)).isFalse();
    }

    @Test
    void aStrangerWithARealmOfItsOwnGetsNothing() {
        signed(HOP);
        assertThat(client.challenged(challenge(401, "Digest realm=\"bait\", nonce=\"n1\""), "udp:stranger:5060")).isFalse();
        assertThat(signed("udp:stranger:5060")).doesNotContain("Authorization");
    }

    @Test
    void anotherHopGetsNothing() {
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n1\""), HOP)).isTrue();
        assertThat(signed("udp:10.9.9.9:5060")).doesNotContain("Authorization");
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n2\""), "udp:10.9.9.9:5060")).isFalse();
        assertThat(signed(HOP)).contains("n1");
    }

    @Test
    void whatWeCannotAnswerIsFinal() {
        assertThat(client.challenged(challenge(401), HOP)).isFalse();
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n\", algorithm=MD5-sess"), HOP)).isFalse();
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\""), HOP)).isFalse();
        assertThat(client.challenged(challenge(401, "Digest realm=\"x\""), HOP)).isFalse();
        assertThat(signed(HOP)).doesNotContain("Authorization");
    }
}
