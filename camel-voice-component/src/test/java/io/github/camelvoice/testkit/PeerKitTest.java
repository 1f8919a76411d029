package io.github.camelvoice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers against each other: what fails here is the kit or the machine, not the engine. */
@Tag("peer")
class PeerKitTest {

    @TempDir
    static Path folder;
    private static TestPki pki;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    /** What both wrote down is the same, and tshark saw it between them. */
    @Test
    void sippCallsSipp() {
        try (Sipp callee = Sipp.in(folder).answer(SippScenario.start().takeInvite().respond("180 Ringing")
                .respondWith("200 OK", SippScenario.start().sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK"));
                Tshark wire = Tshark.capture(folder, "udp port " + callee.port())) {
            SippScenario call = SippScenario.start();
            Sipp caller = Sipp.in(folder).call("bob", callee.port(), call.invite().maybe(100, 180).expect(200).ack().pause(100).endCaller());
            caller.mustSucceed();
            callee.mustSucceed();
            // On a slow machine either of them sends again what was not answered in half a second.
            List<String> said = SippLog.read(caller.log()).stream().map(SippLog.Line::data).distinct().toList();
            assertThat(said).hasSize(6).last().asString().startsWith("SIP/2.0 200 OK");
            assertThat(SippLog.read(callee.log()).stream().map(SippLog.Line::data).distinct()).isEqualTo(said);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Dissection.read(folder, wire.file()).stream()
                    .map(Dissection.Packet::payload).distinct()).isEqualTo(said));
        }
    }

    @Test
    void sippCalleeHangsUpAndTheCallerIsChallenged() {
        SippScenario answering = SippScenario.start().takeInvite()
                .respond("401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"").takeRequest("ACK")
                .takeAuthenticatedInvite("bob", "pw");
        try (Sipp callee = Sipp.in(folder).answer(answering.respondWith("200 OK", answering.sdp("sendrecv")).takeRequest("ACK").bye().expect(200))) {
            SippScenario call = SippScenario.start();
            Sipp.in(folder).call("bob", callee.port(), call.invite().expectChallenge(401).ackFailure().inviteAuthenticated("bob", "pw")
                    .expect(200).ack().takeRequest("BYE").respond("200 OK")).mustSucceed();
            callee.mustSucceed();
        }
    }

    @Test
    void baresipCallsThroughKamailioOverTlsAndHearsItself() {
        SippScenario echo = SippScenario.start();
        echo.takeInvite().respond("180 Ringing").respondWith("200 OK", echo.formats("0 101").sdp("sendrecv")).takeRequest("ACK")
                .takeRequest("BYE").respond("200 OK");
        try (Sipp callee = Sipp.in(folder).with("-rtp_echo").answer(echo);
                Tshark witness = Tshark.capture(folder, "udp port " + callee.mediaPort());
                Kamailio proxy = Kamailio.start(folder, "127.0.0.1:" + callee.port(), pki);
                Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:echo@127.0.0.1:" + proxy.tlsPort() + ";transport=tls");
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            phone.awaitSeconds(1.5);
            phone.hangup();
            callee.mustSucceed();
            assertThat(proxy.routed("BYE")).isEqualTo(1);
            assertThat(phone.heard().presence(Baresip.TONE)).isGreaterThan(0.6);
            assertThat(witness.streams()).filteredOn(stream -> stream.payload().equals("g711U")).hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(stream -> assertThat(stream.packets()).isGreaterThan(50));
        }
    }
}
