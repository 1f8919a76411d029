package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine calls SIPp over UDP: what can happen within a call. */
@Tag("peer")
class OutboundSessionTest {

    @TempDir
    static Path folder;
    private static EngineRig rig;

    @BeforeAll
    static void open() {
        rig = EngineRig.start(config -> config);
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static Call call(Sipp callee, int sessionExpires) {
        return rig.place(new OutboundLeg("sip:bob@127.0.0.1:" + callee.port(), null, null, null, null, null, sessionExpires, SipHeaders.none()),
                Duration.ofSeconds(20));
    }

    private static Call play(SippScenario scenario) {
        try (Sipp callee = Sipp.in(folder).answer(scenario)) {
            Call call = call(callee, 0);
            EngineRig.end(call);
            callee.mustSucceed();
            rig.mustBeWhole(call);
            return call;
        }
    }

    @Test
    void earlyMedia() {
        SippScenario s = SippScenario.start();
        String sdp = s.sdp("sendrecv");
        Call call = play(s.takeInvite().respondWith("183 Session Progress", sdp).pause(100).respondWith("200 OK", sdp).takeRequest("ACK")
                .pause(50).bye().expect(200));
        assertThat(rig.told(call, VoiceEvent.CallRinging.class)).singleElement().satisfies(ringing -> {
            assertThat(ringing.sipCode()).isEqualTo(183);
            assertThat(ringing.earlyMedia()).isTrue();
        });
    }

    @Test
    void reliableProvisionalResponsesAreAcknowledged() {
        SippScenario s = SippScenario.start();
        String sdp = s.sdp("sendrecv");
        play(s.takeInvite("Supported:.*100rel").respondWith("183 Session Progress", sdp, "Require: 100rel", "RSeq: 17")
                .takeRequest("PRACK", "RAck: *17 [0-9]+ INVITE").respond("200 OK").respondToInvite("180 Ringing", "", "Require: 100rel", "RSeq: 18")
                .takeRequest("PRACK", "RAck: *18 [0-9]+ INVITE").respond("200 OK").respondToInvite("200 OK", sdp).takeRequest("ACK").pause(50)
                .bye().expect(200));
    }

    @Test
    void theCalleeHoldsAndResumes() {
        SippScenario s = SippScenario.start();
        Call call = play(s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK").pause(100)
                .request("INVITE", s.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack().pause(100)
                .request("INVITE", s.sdp("sendrecv")).maybe(100).expectText(200, "a=sendrecv").ack().pause(100).bye().expect(200));
        assertThat(rig.told(call, VoiceEvent.Held.class)).singleElement().extracting(VoiceEvent.Held::by).isEqualTo(EndCause.Origin.REMOTE);
        assertThat(rig.told(call, VoiceEvent.Resumed.class)).hasSize(1);
    }

    @Test
    void reInviteWithoutAnOffer() {
        SippScenario s = SippScenario.start();
        play(s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK").pause(100).request("INVITE", "").maybe(100)
                .expectText(200, "m=audio [1-9]").ack(s.sdp("sendrecv")).pause(100).bye().expect(200));
    }

    @Test
    void glareOfTwoReInvites() {
        SippScenario s = SippScenario.start();
        s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK").takeRequest("INVITE", "a=sendonly").respond("491 Request Pending")
                .takeRequest("ACK").takeRequest("INVITE", "a=sendonly").respondWith("200 OK", s.sdp("recvonly")).takeRequest("ACK")
                .takeRequest("BYE").respond("200 OK");
        try (Sipp callee = Sipp.in(folder).answer(s)) {
            Call call = call(callee, 0);
            EngineRig.answered(call);
            EngineRig.run(call, new CallCommand.Hold());
            EngineRig.run(call, EngineRig.HANG_UP);
            callee.mustSucceed();
        }
    }

    @Test
    void aRefusedHoldLeavesTheCallAsItWas() {
        SippScenario s = SippScenario.start();
        s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK").takeRequest("INVITE", "a=sendonly")
                .respond("488 Not Acceptable Here").takeRequest("ACK").takeRequest("BYE").respond("200 OK");
        try (Sipp callee = Sipp.in(folder).answer(s)) {
            Call call = call(callee, 0);
            EngineRig.answered(call);
            assertThat(call.execute(new CallCommand.Hold()).toCompletableFuture()).failsWithin(EngineRig.PATIENCE);
            assertThat(call.snapshot().held()).isFalse();
            EngineRig.run(call, EngineRig.HANG_UP);
            callee.mustSucceed();
        }
    }

    @Test
    void aLongerSessionIntervalIsAgreed() {
        SippScenario s = SippScenario.start();
        s.takeInvite("Session-Expires: *90").respond("422 Session Interval Too Small", "Min-SE: 120").takeRequest("ACK")
                .takeInvite("Session-Expires: *120").respondWith("200 OK", s.sdp("sendrecv"), "Require: timer", "Session-Expires: 120;refresher=uac")
                .takeRequest("ACK").pause(50).bye().expect(200);
        try (Sipp callee = Sipp.in(folder).answer(s)) {
            Call call = call(callee, 90);
            EngineRig.end(call);
            callee.mustSucceed();
        }
    }

    /** Both sides of RFC 4028 at once, for they take real minutes: we refresh at half of 90 s, and we hang up where nobody refreshes. */
    @Test
    void sessionsAreRefreshedOrExpire() {
        SippScenario ours = SippScenario.start();
        ours.takeInvite().respondWith("200 OK", ours.sdp("sendrecv"), "Require: timer", "Session-Expires: 90;refresher=uac", "Allow: INVITE, ACK, BYE")
                .takeRequest("ACK").takeRequest("INVITE", "Session-Expires: *90;refresher=uac")
                .respondWith("200 OK", ours.sdp("sendrecv"), "Require: timer", "Session-Expires: 90;refresher=uac").takeRequest("ACK").bye()
                .expect(200);
        SippScenario theirs = SippScenario.start();
        theirs.takeInvite().respondWith("200 OK", theirs.sdp("sendrecv"), "Require: timer", "Session-Expires: 90;refresher=uas").takeRequest("ACK")
                .takeRequest("BYE").respond("200 OK");
        try (EngineRig patient = EngineRig.start(config -> config.deadMedia(Duration.ofMinutes(5)));
                Sipp refreshed = Sipp.in(folder).answer(ours); Sipp silent = Sipp.in(folder).answer(theirs)) {
            Call first = patient.place("sip:bob@127.0.0.1:" + refreshed.port());
            Call second = patient.place("sip:bob@127.0.0.1:" + silent.port());
            refreshed.mustSucceed();
            silent.mustSucceed();
            assertThat(EngineRig.end(first).endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(EngineRig.end(second).kind()).isEqualTo(EndCause.Kind.SESSION_EXPIRED);
            patient.awaitNoCalls();
        }
    }

    @Test
    void theScenarioThatSippBringsAlong() {
        try (Sipp callee = Sipp.in(folder).answerBuiltIn("uas")) {
            Call call = call(callee, 0);
            EngineRig.answered(call);
            EngineRig.run(call, EngineRig.HANG_UP);
            assertThat(EngineRig.end(call).kind()).isEqualTo(EndCause.Kind.NORMAL);
            // the scenario never ends by itself: it is needed until it has answered the BYE
            rig.awaitNoCalls();
        }
    }
}
