package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippLog;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.TlsRelay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls of real peers, read back over HTTP: every message that the peer wrote down, byte for byte and in order; tshark finds the same in the
 * pcap; and a capture of the loopback interface has them between the same addresses at the same time.
 */
@Tag("peer")
class SipInfoCallsTest {

    private static final String ROUTES = """
            - route:
                from:
                  uri: voice:call?called=busy
                  steps:
                    - to: voice:call?operation=reject&code=486
            - route:
                from:
                  uri: voice:call?called=slow
                  steps:
                    - to: voice:call?operation=ring&earlyMedia=true
                    - to: voice:call?operation=play&source=classpath:prompts/hello.wav
            - route:
                from:
                  uri: voice:call?called=goodbye&onEnd=hangup
                  steps:
                    - to: voice:call?operation=answer
            """;

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static Running running;
    private static Witness witness;

    @BeforeAll
    static void start() throws Exception {
        pki = TestPki.create(folder);
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("proof.yaml"), ROUTES);
        int rtp = Peers.freePorts(80);
        running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routes.toString(), "voice.sip.tls.port", "0",
                "voice.sip.tls.keystore", pki.identity("gateway", "IP:127.0.0.1").store().toString(), "voice.sip.tls.keystore.password", "changeit",
                "voice.rtp.ports", rtp + "-" + (rtp + 79), "voice.store", "h2"));
        witness = new Witness(folder, running, running.sipPort(), tlsPort());
    }

    @AfterAll
    static void wasOnTheWire() {
        try (Running stopped = running; Witness closed = witness) {
            witness.mustHaveSeenAll();
        }
    }

    private static int tlsPort() {
        return (int) running.gateway.ports().get("voice.sip.tls.port");
    }

    private static SipInfoAnswer told(String user, SippScenario scenario) throws Exception {
        try (Sipp sipp = Sipp.in(folder).call(user, running.sipPort(), scenario)) {
            sipp.mustSucceed();
            return witness.mustTell(SippLog.read(sipp.log()));
        }
    }

    private static SippScenario answered() {
        return SippScenario.start().invite().maybe(100).expect(200).ack();
    }

    @Test
    void answeredAndHungUp() throws Exception {
        SipInfoAnswer info = told("echo", answered().pause(100).endCaller());
        assertThat(info.messages()).extracting(SipInfoAnswer.Message::method).endsWith("200", "ACK", "BYE", "200").startsWith("INVITE");
        String id = info.name().split("/")[3];
        assertThat(witness.complete(id, info.messages().size()).messages()).isEqualTo(info.messages());
    }

    @Test
    void heldByTheCaller() throws Exception {
        SippScenario scenario = answered();
        scenario.pause(50).request("INVITE", scenario.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack()
                .pause(50).request("INVITE", scenario.sdp("sendrecv")).maybe(100).expect(200).ack().endCaller();
        assertThat(told("echo", scenario).messages()).extracting(SipInfoAnswer.Message::method).filteredOn("INVITE"::equals).hasSize(3);
    }

    @Test
    void busy() throws Exception {
        assertThat(told("busy", SippScenario.start().invite().maybe(100).expect(486).ackFailure()).messages())
                .extracting(SipInfoAnswer.Message::requestLine).contains("486 Busy Here");
    }

    @Test
    void toNobody() throws Exception {
        assertThat(told("nobody", SippScenario.start().invite().maybe(100).expect(404).ackFailure()).messages())
                .extracting(SipInfoAnswer.Message::requestLine).contains("404 Not Found");
    }

    @Test
    void cancelledByTheCaller() throws Exception {
        assertThat(told("slow", SippScenario.start().invite().maybe(100).expect(183).cancel().expect(200).expect(487).ackFailure()).messages())
                .extracting(SipInfoAnswer.Message::method).contains("CANCEL", "487");
    }

    /** The ACK comes late: the 200 is there as often as it went out. */
    @Test
    void withRetransmissions() throws Exception {
        SipInfoAnswer info = told("echo", SippScenario.start().invite().maybe(100).expect(200).pause(1800).ack().endCaller());
        assertThat(info.messages()).extracting(SipInfoAnswer.Message::requestLine).filteredOn("200 OK"::equals).hasSizeBetween(4, 5);
    }

    @Test
    void overTcp() throws Exception {
        try (Sipp sipp = Sipp.in(folder).tcp().call("echo", running.sipPort(), answered().pause(50).endCaller())) {
            sipp.mustSucceed();
            SipInfoAnswer info = witness.mustTell(SippLog.read(sipp.log()));
            assertThat(info.messages()).allMatch(message -> message.sourcePort() == running.sipPort() || message.destinationPort() == running.sipPort());
        }
    }

    @Test
    void overTls() throws Exception {
        int contact = Peers.freePort();
        try (TlsRelay relay = TlsRelay.toTls(pki.context(null), tlsPort(), contact); Sipp sipp = Sipp.in(folder).tcp().ports(0, contact)
                .call("echo", relay.port(), SippScenario.start().over("TLS").invite().maybe(100).expect(200).ack().pause(50).endCaller())) {
            sipp.mustSucceed();
            SipInfoAnswer info = witness.mustTell(SippLog.read(sipp.log()));
            assertThat(info.messages()).extracting(SipInfoAnswer.Message::way).containsOnly("127.0.0.1:" + contact + ">127.0.0.1:" + tlsPort(),
                    "127.0.0.1:" + tlsPort() + ">127.0.0.1:" + contact);
        }
    }

    @Test
    void withAMegabyteOfMessages() throws Exception {
        SippScenario scenario = answered();
        for (int i = 0; i < 75; i++) {
            scenario.request("INFO", "[large] " + i, "Content-Type: text/plain").expect(200);
        }
        try (Sipp sipp = Sipp.in(folder).tcp().with("-key", "large", "large ".repeat(2400)).call("echo", running.sipPort(), scenario.endCaller())) {
            sipp.mustSucceed();
            SipInfoAnswer info = witness.mustTell(SippLog.read(sipp.log()));
            assertThat(info.messages().stream().mapToInt(message -> message.data().length()).sum()).isGreaterThan(1_000_000);
        }
    }

    @Test
    void placedAndAnswered() throws Exception {
        placed(SippScenario.start().takeInvite().respondToInvite("180 Ringing", "").respondToInvite("200 OK", SippScenario.start().sdp("sendrecv"))
                .takeRequest("ACK").bye().expect(200), "");
    }

    @Test
    void placedAndNotAnswered() throws Exception {
        SipInfoAnswer info = placed(SippScenario.start().takeInvite().respondToInvite("180 Ringing", "").takeRequest("CANCEL").respond("200 OK")
                .respondToInvite("487 Request Terminated", "").takeRequest("ACK"), "&ringTimeout=1s");
        assertThat(info.messages()).extracting(SipInfoAnswer.Message::method).contains("CANCEL", "487");
    }

    @Test
    void placedAndBusy() throws Exception {
        placed(SippScenario.resource("uas-busy.xml"), "");
    }

    private static SipInfoAnswer placed(SippScenario scenario, String options) throws Exception {
        try (Sipp sipp = Sipp.in(folder).answer(scenario)) {
            place(sipp.port(), options);
            sipp.mustSucceed();
            return witness.mustTell(SippLog.read(sipp.log()));
        }
    }

    private static void place(int port, String options) {
        running.gateway.context().createProducerTemplate().send("voice:call?operation=place&waitFor=initiated&target=RAW(sip:bob@127.0.0.1:" + port
                + ")" + options, exchange -> exchange.getMessage().setHeader("CamelVoiceFrom", "sip:proof@127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tls"})
    void ofASoftphone(String transport) throws Exception {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:echo@127.0.0.1:" + (transport.equals("tls") ? tlsPort() : running.sipPort()) + ";transport=" + transport);
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            phone.hangup();
            phone.awaitEvent("CALL_CLOSED", 1);
            String traced = phone.output();
            String callId = traced.substring(traced.indexOf("Call-ID: ") + 9, traced.indexOf('\r', traced.indexOf("Call-ID: ")));
            SipInfoAnswer info = witness.complete(callId, 5);
            assertThat(info.messages()).extracting(SipInfoAnswer.Message::method).startsWith("INVITE").contains("ACK", "BYE").endsWith("200");
            assertThat(info.messages()).allSatisfy(message -> assertThat(traced).contains(message.data()));
            witness.check(info);
        }
    }

    @Test
    void challenged() throws Exception {
        try (Running strict = Running.start(folder.resolve("strict"), Map.of("voice.sip.auth", "on", "voice.sip.users", "alice:secret",
                "voice.routes.dir", folder.resolve("routes").toString()));
                Witness guard = new Witness(Files.createTempDirectory(folder, "strict"), strict, strict.sipPort())) {
            List<SippLog.Line> lies = refused(strict.sipPort());
            SippScenario first = SippScenario.start().invite().maybe(100).expectChallenge(401).ackFailure();
            try (Sipp right = Sipp.in(folder).call("goodbye", strict.sipPort(), first.inviteAuthenticated("alice", "secret").maybe(100).expect(200)
                    .ack().takeRequest("BYE").respond("200 OK"))) {
                right.mustSucceed();
                List<SippLog.Line> log = SippLog.read(right.log());
                SipInfoAnswer info = guard.complete(log.get(0).header("Call-ID"), log.size());
                assertThat(info.messages()).extracting(SipInfoAnswer.Message::method).filteredOn("INVITE"::equals).hasSize(2);
                assertThat(info.messages()).extracting(message -> message.wire().length()).containsExactlyElementsOf(
                        log.stream().map(line -> line.data().length()).toList());
                String response = log.stream().map(line -> line.header("Authorization")).filter(header -> !header.isEmpty()).findFirst().orElseThrow()
                        .replaceAll(".*response=\"([0-9a-f]{32})\".*", "$1");
                assertThat(info.messages()).noneMatch(message -> message.data().contains(response));
                assertThat(new String(info.pcap(), StandardCharsets.ISO_8859_1)).doesNotContain(response);
                assertThat(SipInfoAnswer.read(strict.get(SipInfoAnswer.rawPath(info.sipCallId()))).messages())
                        .extracting(SipInfoAnswer.Message::wire).containsExactlyElementsOf(log.stream().map(SippLog.Line::data).toList());
                guard.check(info);
            }
            SipInfoAnswer info = guard.complete(lies.get(0).header("Call-ID"), lies.size());
            assertThat(info.messages()).extracting(SipInfoAnswer.Message::method).filteredOn("401"::equals).hasSize(2);
            guard.check(info);
        }
    }

    /** What a caller with a wrong password saw. */
    private static List<SippLog.Line> refused(int port) {
        SippScenario wrong = SippScenario.start().invite().maybe(100).expectChallenge(401).ackFailure();
        try (Sipp liar = Sipp.in(folder).call("echo", port, wrong.inviteAuthenticated("alice", "wrong").maybe(100).expect(401).ackFailure())) {
            liar.mustSucceed();
            return SippLog.read(liar.log());
        }
    }
}
