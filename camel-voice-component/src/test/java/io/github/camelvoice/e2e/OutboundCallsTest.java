package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine calls SIPp, over every transport: how calls begin and end. */
@Tag("peer")
class OutboundCallsTest {

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static EngineRig rig;

    @BeforeAll
    static void open() {
        pki = TestPki.create(folder);
        rig = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static OutboundLeg leg(String target, Wire.Callee callee) {
        return new OutboundLeg(callee.uri(), null, null, null, null, null, 0, SipHeaders.of("X-Ticket", target));
    }

    private static EndCause ended(Call call, Wire.Callee callee) {
        EndCause cause = EngineRig.end(call);
        callee.sipp().mustSucceed();
        rig.mustBeWhole(call);
        return cause;
    }

    @ParameterizedTest
    @EnumSource
    void answeredAndHungUpByUs(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite("X-Ticket: 42").respond("180 Ringing")
                .respondWith("200 OK", s.sdp("sendrecv"), "X-Desk: 7").takeRequest("ACK").takeRequest("BYE").respond("200 OK"))) {
            Call call = rig.place(leg("42", callee), Duration.ofSeconds(20));
            CallSnapshot answered = EngineRig.answered(call);
            assertThat(answered.transport()).isEqualToIgnoringCase(wire.name());
            assertThat(answered.responseHeaders().first("X-Desk")).contains("7");
            EngineRig.run(call, EngineRig.HANG_UP);
            EndCause cause = ended(call, callee);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.NORMAL);
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.LOCAL);
            assertThat(rig.events(call)).extracting(event -> event.kind().label())
                    .containsExactly("call-initiated", "call-ringing", "call-answered", "call-ended");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hungUpByTheCallee(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK")
                .pause(100).request("BYE", "", "Reason: SIP;cause=200;text=\"Call completed elsewhere\"").expect(200))) {
            EndCause cause = ended(rig.place(callee.uri()), callee);
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(cause.reason()).contains("completed elsewhere");
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP,486 Busy Here,BUSY", "TCP,486 Busy Here,BUSY", "TLS,486 Busy Here,BUSY", "UDP,603 Decline,DECLINED",
        "UDP,404 Not Found,NOT_FOUND", "UDP,503 Service Unavailable,OVERLOADED", "UDP,480 Temporarily Unavailable,UNAVAILABLE"})
    void refused(Wire wire, String status, EndCause.Kind kind) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respond("180 Ringing")
                .respond(status, "Reason: Q.850;cause=17").takeRequest("ACK"))) {
            EndCause cause = ended(rig.place(callee.uri()), callee);
            assertThat(cause.kind()).isEqualTo(kind);
            assertThat(cause.sipCode() + " " + cause.phrase()).isEqualTo(status);
            assertThat(cause.reason()).isEqualTo("Q.850;cause=17");
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void notAnsweredInTime(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respond("180 Ringing").takeRequest("CANCEL").respond("200 OK")
                .respondToInvite("487 Request Terminated", "").takeRequest("ACK"))) {
            EndCause cause = ended(rig.place(leg("x", callee), Duration.ofMillis(500)), callee);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenUpByUs(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respond("180 Ringing").takeRequest("CANCEL").respond("200 OK")
                .respondToInvite("487 Request Terminated", "").takeRequest("ACK"))) {
            Call call = rig.place(callee.uri());
            EngineRig.reached(call, Milestone.RINGING);
            EngineRig.run(call, EngineRig.HANG_UP);
            EndCause cause = ended(call, callee);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.CANCELLED);
            assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.LOCAL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answeredWhileWeGaveUp(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respond("180 Ringing").takeRequest("CANCEL").respond("200 OK")
                .respondToInvite("200 OK", s.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK"))) {
            Call call = rig.place(callee.uri());
            EngineRig.reached(call, Milestone.RINGING);
            EngineRig.run(call, EngineRig.HANG_UP);
            assertThat(ended(call, callee).kind()).isEqualTo(EndCause.Kind.CANCELLED);
            assertThat(rig.told(call, VoiceEvent.CallAnswered.class)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void redirected(Wire wire) {
        SippScenario s = wire.scenario();
        try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respond("302 Moved Temporarily", "Contact: <sip:there@192.0.2.9>")
                .takeRequest("ACK"))) {
            Call call = rig.place(callee.uri());
            EndCause cause = ended(call, callee);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.REDIRECTED);
            assertThat(call.snapshot().responseHeaders().all("Contact")).anyMatch(contact -> contact.contains("sip:there@192.0.2.9"));
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP,401,WWW-Authenticate", "TCP,407,Proxy-Authenticate", "TLS,401,WWW-Authenticate"})
    void challenged(Wire wire, int code, String header) {
        SippScenario s = wire.scenario();
        s.takeInvite().respond(code + " Prove it", header + ": Digest realm=\"r\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"").takeRequest("ACK");
        SippScenario proven = code == 401 ? s.takeAuthenticatedInvite("alice", "pw") : s.takeInvite("Proxy-Authorization: Digest .*realm=.r.");
        proven.respond("180 Ringing").respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK")
                .pause(50).bye().expect(200);
        try (Wire.Callee callee = wire.answer(folder, pki, s)) {
            Call call = rig.place(new OutboundLeg(callee.uri(), null, null, "alice", "pw", null, 0, SipHeaders.none()), Duration.ofSeconds(20));
            assertThat(ended(call, callee).kind()).isEqualTo(EndCause.Kind.NORMAL);
            assertThat(callee.sipp().messages()).doesNotContain("password");
        }
    }

    @Test
    void challengedWithoutCredentials() {
        SippScenario s = SippScenario.start().takeInvite()
                .respond("401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"").takeRequest("ACK");
        try (Wire.Callee callee = Wire.UDP.answer(folder, pki, s)) {
            EndCause cause = ended(rig.place(callee.uri()), callee);
            assertThat(cause.kind()).isEqualTo(EndCause.Kind.UNAUTHORIZED);
            assertThat(cause.sipCode()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatDiesInTheCallCostsNothing(Wire wire) {
        try (EngineRig hasty = EngineRig.start(config -> config.deadMedia(Duration.ofSeconds(1)).tlsPort(0)
                .tls(pki.context(pki.identity("hasty", "IP:127.0.0.1"))))) {
            SippScenario s = wire.scenario();
            Call call;
            try (Wire.Callee callee = wire.answer(folder, pki, s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK")
                    .takeRequest("INFO"))) {
                call = hasty.place(callee.uri());
                EngineRig.answered(call);
            }
            assertThat(EngineRig.end(call).kind()).isEqualTo(EndCause.Kind.MEDIA_LOST);
            if (wire != Wire.UDP) {
                // Over UDP the BYE is sent for 32 s: MixedCallsTest waits for that.
                hasty.awaitNoCalls();
            }
        }
    }

    @Test
    void nobodyTakesTheConnection() {
        EndCause cause = EngineRig.end(rig.place("sip:bob@127.0.0.1:" + Peers.freePort() + ";transport=tcp"));
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.TRANSPORT);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TRANSPORT);
    }

    @Test
    void aCertificateOfAStrangerIsNotTrusted(@TempDir Path other) {
        TestPki stranger = TestPki.create(other);
        SippScenario s = SippScenario.start().over("TLS").takeInvite();
        try (Wire.Callee callee = Wire.TLS.answer(folder, stranger, s)) {
            assertThat(EngineRig.end(rig.place(callee.uri())).kind()).isEqualTo(EndCause.Kind.TRANSPORT);
        }
    }
}
