package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.SipConfig;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in the spirit of RFC 4475, and worse, over the wire: each gets its answer or silence, and the stack lives on. */
class TortureTest {

    private static final StackRig RIG = StackRig.start(SipConfig.loopback());

    private final UdpPeer peer = new UdpPeer(RIG.port());

    @AfterEach
    void alive() {
        assertThat(peer.ping()).startsWith("SIP/2.0 200 OK");
        peer.close();
        RIG.requests.clear();
    }

    @AfterAll
    static void close() {
        RIG.close();
    }

    private String invite() {
        return Text.request("INVITE", "sip:bob@127.0.0.1", "UDP", peer.sentBy());
    }

    private String answerTo(String request) {
        peer.send(request);
        String answer = peer.receive();
        return answer.startsWith("SIP/2.0 100") ? "accepted" : answer;
    }

    /** What is replaced in a good INVITE, by what, and the status of the answer ({@code 100}: it is taken, 0: silence). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SIP/2.0\\r\\nVia|SIP/7.0\\r\\nVia|505",
        "SIP/2.0\\r\\nVia|SIP/2.0 \\r\\nVia|100",
        "INVITE sip|NEWMETHOD sip|400",
        "1 INVITE|1 OPTIONS|400",
        "1 INVITE|4294967296 INVITE|400",
        "1 INVITE|-1 INVITE|400",
        "1 INVITE|INVITE|400",
        ";tag=from1||400",
        "sip:bob@127.0.0.1 SIP|tel:+49123 SIP|416",
        "sip:bob@127.0.0.1 SIP|nobodyKnows:whatever SIP|416",
        "sip:bob@127.0.0.1 SIP|http://example.com SIP|416",
        "sip:bob@127.0.0.1 SIP|<sip:bob@127.0.0.1> SIP|400",
        "sip:bob@127.0.0.1 SIP|sip:bob@127.0.0.1; lr SIP|400",
        "Max-Forwards: 70|Max-Forwards: 0|483",
        "Max-Forwards: 70|Max-Forwards: 300|400",
        "Max-Forwards: 70|Max-Forwards: many|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nRequire: nothingSupportsThis, 100rel, nothingSupportsThisEither|420",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nRequire: timer\\r\\nProxy-Require: anything|100",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nCSeq: 9 INVITE|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nFrom: <sip:x@y>;tag=2|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nTo: <sip:x@y>|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nDate: Fri, 32 Jan 2010 16:00:00 EST|100",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nUnknown-Header: \\1\u00e9\ud83d\ude00 ;;=,|100",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nRoute: <|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nRecord-Route: nonsense|400",
        "Max-Forwards: 70|Max-Forwards: 70\\r\\nSession-Expires: soon|400",
        "Max-Forwards: 70\\r\\n||100",
        "Contact|Not-Contact|400",
        "Contact: <|Contact: <sip:one@127.0.0.1>, <|400",
        "Contact: <sip:test|Contact: \\\"unterminated <sip:test|400",
        "Contact: <sip:|Contact: <mailto:|400",
        "Content-Length: 0|Content-Length: -1|400",
        "Content-Length: 0|Content-Length: 4294967296|400",
        "Content-Length: 0|Content-Length: 9999|400",
        "Content-Length: 0\\r\\n||100",
        "Call-ID: |Not-Call-ID: |0",
        "Via: |Not-Via: |0",
        "To: |Not-To: |0",
        "From: |Not-From: |0",
        "CSeq: |Not-CSeq: |0",
        "To: <sip:bob@127.0.0.1>|To: \\\"Mr. J. User <sip:bob@127.0.0.1>|400",
        "To: <sip:bob@127.0.0.1>|To: \\\"esc \\\\\\\" aped\\\"  <sip:bob@127.0.0.1>|100",
        "From: <sip:test@127.0.0.1>|From: sip:test@127.0.0.1|100",
        "From: |f: |100",
        "Call-ID: |i : |100",
        "sip:bob@127.0.0.1 SIP|sip:user;par=u%40example.net@127.0.0.1 SIP|100",
        "sip:bob@127.0.0.1 SIP|sip:null-%00-null@127.0.0.1 SIP|100",
        "sip:bob@127.0.0.1 SIP|sip:bob@127.0.0.1:99999 SIP|400",
    })
    void answers(String what, String by, int status) {
        String request = invite();
        String changed = request.replace(unescape(what), unescape(by == null ? "" : by));
        assertThat(changed).isNotEqualTo(request);
        peer.send(changed);
        if (status == 0) {
            return;
        }
        String answer = peer.receive();
        assertThat(answer).startsWith("SIP/2.0 " + status + ' ');
        String reason = answer.substring(12, answer.indexOf("\r\n"));
        assertThat(reason).doesNotContain("(", "[C@", "Exception", "java");
    }

    private static String unescape(String text) {
        return text.translateEscapes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "SUBSCRIBE", "PUBLISH", "MESSAGE"})
    void knownMethodsThatAreNotSupportedGet405(String method) {
        assertThat(answerTo(Text.request(method, "sip:bob@127.0.0.1", "UDP", peer.sentBy()))).startsWith("SIP/2.0 405 ")
                .contains("Allow: INVITE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOO", "invite", "!interesting-Method0123456789_*+`.%indeed'~"})
    void unknownMethodsGet501(String method) {
        assertThat(answerTo(Text.request(method, "sip:bob@127.0.0.1", "UDP", peer.sentBy()))).startsWith("SIP/2.0 501 ")
                .contains("Allow: INVITE");
    }

    @Test
    void theOptionTagsThatAreUnknownAreNamed() {
        String request = invite().replace("Max-Forwards", "Require: a-b, timer\r\nRequire: c\r\nMax-Forwards");
        assertThat(answerTo(request)).startsWith("SIP/2.0 420 ").containsIgnoringCase("Unsupported: a-b").contains("c").doesNotContain("timer");
    }

    @Test
    void aViaOfAnotherTransportIsAnsweredWhereItCameFrom() {
        assertThat(answerTo(invite().replace("SIP/2.0/UDP", "SIP/2.0/TCP"))).isEqualTo("accepted");
        assertThat(answerTo(invite().replace("SIP/2.0/UDP", "SIP/2.0/UNKNOWN"))).isEqualTo("accepted");
        assertThat(answerTo(invite().replace("SIP/2.0/UDP " + peer.sentBy(), "SIP/2.0/UDP no.such.host.invalid:" + peer.port())))
                .isEqualTo("accepted");
        assertThat(answerTo(invite().replace(";rport", ";rport;maddr=10.99.99.99;ttl=3"))).isEqualTo("accepted");
    }

    @Test
    void withoutRportTheAnswerGoesToThePortOfTheVia() {
        try (UdpPeer other = peer.sibling()) {
            peer.send(invite().replace(";rport", "").replace(peer.sentBy() + ";branch", other.sentBy() + ";branch")
                    .replace("Max-Forwards: 70", "Max-Forwards: 0"));
            assertThat(other.receive()).startsWith("SIP/2.0 483");
            peer.send(invite().replace(";rport", "").replace(peer.sentBy() + ";branch", other.sentBy() + ";branch"));
            assertThat(other.receive()).startsWith("SIP/2.0 100").contains("received=" + peer.address());
        }
    }

    @Test
    void aPeerOfTheOldStandardIsServed() {
        peer.send(invite().replaceAll("branch=[^;]*;rport", "branch=1"));
        assertThat(peer.receive()).startsWith("SIP/2.0 100");
        peer.send(invite().replaceAll(";branch=[^;]*;rport", ""));
    }

    @Test
    void sizesAreBounded() {
        peer.send(invite().replace("Max-Forwards", "Subject: " + "x".repeat(17_000) + "\r\nMax-Forwards"));
        peer.send(invite().replace("Max-Forwards", "Y: 1\r\n".repeat(100) + "Max-Forwards"));
        assertThat(peer.receive()).startsWith("SIP/2.0 400 ");
        peer.send(invite().replace("Contact: ", "Contact: " + "<sip:a@b>,".repeat(1000)));
        assertThat(peer.receive()).startsWith("SIP/2.0 400 ");
    }

    @Test
    void keepAlivesAreNoMessages() {
        long before = RIG.host.malformed();
        peer.send("\r\n");
        peer.send("\u0000\u0000\u0000\u0000");
        peer.send("\r\n\r\n");
        assertThat(peer.receive()).isEqualTo("\r\n");
        assertThat(RIG.host.malformed()).isEqualTo(before);
    }

    @Test
    void responsesNobodyAskedForAreDropped() {
        for (String start : new String[] {"SIP/2.0 200 OK", "SIP/2.0 100 Trying", "SIP/2.0 4294967301 Huge", "SIP/2.0 99 Small", "SIP/2.0"}) {
            peer.send(invite().replaceFirst("INVITE .*", start));
        }
        peer.send("SIP/2.0 200 OK\r\n\r\n");
    }

    @Test
    void garbageOfOneSourceIsAnsweredOnlySoOften() {
        int answers = 0;
        for (int i = 0; i < 200; i++) {
            peer.send(invite().replace("Max-Forwards: 70", "Max-Forwards: x"));
        }
        String ping = peer.ping();
        assertThat(ping).startsWith("SIP/2.0 200");
        while (peer.receive(20) != null) {
            answers++;
        }
        assertThat(answers).isLessThan(100);
    }

    @Test
    void mutatedMessagesNeverHurt() {
        Random random = new Random(4475);
        String[] seeds = {invite(), Text.request("BYE", "sip:a@b;x=y", "UDP", peer.sentBy(), "Route: <sip:p;lr>, <sip:q;lr>"),
            Text.request("OPTIONS", "sip:[::1]:5060", "UDP", peer.sentBy(), "Authorization: Digest username=\"a\", realm=\"b\", nonce=\"c\","
                    + " uri=\"sip:x\", response=\"d\", algorithm=MD5", "Via: SIP/2.0/TCP x;branch=1, SIP/2.0/UDP y"),
            Text.request("CANCEL", "sip:a@b", "UDP", peer.sentBy()), Text.request("PRACK", "sip:a@b", "UDP", peer.sentBy(), "RAck: 1 2 INVITE"),
            invite().replaceFirst("INVITE .*", "SIP/2.0 200 OK").replace("Content-Length: 0\r\n\r\n", "Content-Type: application/sdp\r\n\r\nv=0")};
        for (int i = 0; i < 5_000; i++) {
            peer.send(mutated(seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.UTF_8), random));
            if (i % 100 == 99) {
                assertThat(peer.ping()).startsWith("SIP/2.0 200");
                RIG.requests.clear();
            }
        }
    }

    @Test
    void mutatedResponsesToOurRequestsNeverHurt() {
        Random random = new Random(3261);
        AtomicInteger told = new AtomicInteger();
        ClientTransactionListener listener = new ClientTransactionListener() {
            @Override
            public void response(SIPResponse response) {
                told.incrementAndGet();
            }

            @Override
            public void timeout() {
                told.incrementAndGet();
            }

            @Override
            public void transportFailed(String why) {
                throw new IllegalStateException(why);
            }
        };
        for (int i = 0; i < 100; i++) {
            SIPRequest request = StackRig.parse(Text.request(i % 3 == 0 ? "BYE" : "INVITE", "sip:bob@" + peer.sentBy(), "UDP", "x:1"));
            request.removeHeader("Via");
            ClientTransactionHandle handle = RIG.host.send(request, listener, Runnable::run);
            String sent = peer.receive();
            while (sent.startsWith("ACK ") || sent.startsWith("SIP/")) {
                sent = peer.receive();
            }
            int status = new int[] {100, 180, 200, 302, 401, 486, 600}[random.nextInt(7)];
            byte[] answer = sent.replaceFirst("(INVITE|BYE) .*", "SIP/2.0 " + status + " X").replace("To: <sip:bob@" + peer.sentBy() + ">",
                    "To: <sip:bob@" + peer.sentBy() + ">;tag=t").getBytes(StandardCharsets.UTF_8);
            for (int n = 0; n < 20; n++) {
                peer.send(mutated(answer, random));
            }
            peer.send(answer);
            peer.ping();
            handle.terminate();
        }
        assertThat(told.get()).isGreaterThanOrEqualTo(100);
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] bytes = message.clone();
        for (int n = 1 + random.nextInt(6); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "\r\n \t:;,<>\"@%=\\/".charAt(random.nextInt(15));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                case 3 -> {
                    byte[] longer = new byte[bytes.length + 40];
                    System.arraycopy(bytes, 0, longer, 0, at);
                    System.arraycopy(bytes, Math.max(0, at - 40), longer, at, Math.min(40, bytes.length - Math.max(0, at - 40)));
                    System.arraycopy(bytes, at, longer, at + 40, bytes.length - at);
                    bytes = longer;
                }
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }
}
