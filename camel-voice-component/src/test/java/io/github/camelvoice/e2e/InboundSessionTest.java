package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIPp calls the engine over UDP: what can happen within a call, and the answers RFC 3261 wants to what makes no sense. */
@Tag("peer")
class InboundSessionTest {

    @TempDir
    static Path folder;
    private static EngineRig rig;

    @BeforeAll
    static void open() {
        rig = EngineRig.start(config -> config);
        rig.on("answer", ANSWER);
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static Call call(String user, SippScenario scenario) {
        Sipp.in(folder).call(user, rig.port(), scenario).mustSucceed();
        Call call = rig.inbound();
        EngineRig.end(call);
        rig.mustBeWhole(call);
        return call;
    }

    private static void ask(String user, SippScenario scenario) {
        Sipp.in(folder).call(user, rig.port(), scenario).mustSucceed();
    }

    private static SippScenario answered(String... headers) {
        return SippScenario.start().invite(headers).maybe(100).expect(200).ack();
    }

    @Test
    void theCallerHoldsAndResumes() {
        SippScenario s = answered();
        Call call = call("answer", s.pause(100).request("INVITE", s.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack()
                .pause(100).request("INVITE", s.sdp("sendrecv")).maybe(100).expectText(200, "a=sendrecv").ack().pause(100).endCaller());
        assertThat(rig.told(call, VoiceEvent.Held.class)).singleElement().extracting(VoiceEvent.Held::by).isEqualTo(EndCause.Origin.REMOTE);
        assertThat(rig.told(call, VoiceEvent.Resumed.class)).hasSize(1);
    }

    @Test
    void theCallerHoldsByUpdate() {
        SippScenario s = answered();
        Call call = call("answer", s.pause(100).request("UPDATE", s.sdp("inactive")).expectText(200, "a=inactive").pause(100)
                .request("UPDATE", s.sdp("sendrecv")).expectText(200, "a=sendrecv").pause(100).endCaller());
        assertThat(rig.told(call, VoiceEvent.Held.class)).hasSize(1);
        assertThat(rig.told(call, VoiceEvent.Resumed.class)).hasSize(1);
    }

    @Test
    void reInviteWithoutAnOfferGetsOurs() {
        SippScenario s = answered();
        call("answer", s.pause(100).request("INVITE", "").maybe(100).expectText(200, "m=audio [1-9]").ack(s.sdp("sendrecv")).pause(100).endCaller());
    }

    @Test
    void weHoldAndResume() {
        rig.on("we-hold", ANSWER, new CallCommand.Hold(), new CallCommand.Resume(), EngineRig.HANG_UP);
        SippScenario s = answered();
        String hold = s.sdp("recvonly");
        String resume = s.sdp("sendrecv");
        Call call = call("we-hold", s.takeRequest("INVITE", "a=sendonly").respondWith("200 OK", hold).takeRequest("ACK")
                .takeRequest("INVITE", "a=sendrecv").respondWith("200 OK", resume).takeRequest("ACK").takeRequest("BYE").respond("200 OK"));
        assertThat(rig.told(call, VoiceEvent.Held.class)).singleElement().extracting(VoiceEvent.Held::by).isEqualTo(EndCause.Origin.LOCAL);
    }

    @Test
    void earlyMedia() {
        rig.on("early", new CallCommand.Ring(183, true, false, List.of(), SipHeaders.none()), ANSWER);
        call("early", SippScenario.start().invite().maybe(100).expectText(183, "m=audio [1-9]").expectText(200, "m=audio [1-9]").ack().pause(50)
                .endCaller());
    }

    @Test
    void reliableRinging() {
        rig.on("reliable", new CallCommand.Ring(180, false, true, List.of(), SipHeaders.none()));
        SippScenario s = SippScenario.start().invite("Supported: 100rel").maybe(100).expectReliable(180).prack().expect(200);
        call("reliable", s.pause(200).cancel().expect(200).expect(487).ackFailure());
    }

    @Test
    void sessionIntervalTooSmall() {
        ask("answer", SippScenario.start().invite("Supported: timer", "Session-Expires: 30").maybe(100).expect(422, "Min-SE", "90").ackFailure());
    }

    @Test
    void sessionTimerAgreedAndRefreshedByTheCaller() {
        SippScenario s = SippScenario.start().invite("Supported: timer", "Session-Expires: 90;refresher=uac").maybe(100)
                .expect(200, "Session-Expires", "90;refresher=uac").ack();
        call("answer", s.request("UPDATE", "", "Supported: timer", "Session-Expires: 90;refresher=uac").expect(200, "Session-Expires", "90")
                .pause(50).endCaller());
    }

    @Test
    void digitsByInfo() {
        SippScenario s = answered();
        Call call = call("answer", s.request("INFO", "Signal=5\nDuration=160\n", "Content-Type: application/dtmf-relay").expect(200).endCaller());
        assertThat(rig.told(call, VoiceEvent.DtmfReceived.class)).singleElement().extracting(VoiceEvent.DtmfReceived::digit).isEqualTo("5");
    }

    @Test
    void unknownRequire() {
        ask("answer", SippScenario.start().invite("Require: teleportation").maybe(100).expect(420, "Unsupported", "teleportation").ackFailure());
    }

    @Test
    void nothingInCommonIsNotAcceptable() {
        ask("answer", SippScenario.start().formats("99").invite().maybe(100).expect(488).ackFailure());
    }

    @Test
    void unknownDialog() {
        ask("answer", SippScenario.start().strayBye().expect(481));
    }

    @Test
    void options() {
        ask("answer", SippScenario.start().options().expect(200, "Allow", "INVITE"));
    }

    @Test
    void callersAreChallengedAndWrongPasswordsKeptOut() {
        try (EngineRig guarded = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("alice", "right")))) {
            guarded.on("answer", ANSWER);
            Sipp.in(folder).call("answer", guarded.port(), SippScenario.start().invite().maybe(100).expectChallenge(401).ackFailure()
                    .inviteAuthenticated("alice", "right").maybe(100).expect(200).ack().pause(50).endCaller()).mustSucceed();
            assertThat(guarded.inbound().snapshot().authenticatedUser()).isEqualTo("alice");
            Sipp.in(folder).call("answer", guarded.port(), SippScenario.start().invite().maybe(100).expectChallenge(401).ackFailure()
                    .inviteAuthenticated("alice", "wrong").maybe(100).expect(401).ackFailure()).mustSucceed();
            guarded.awaitNoCalls();
        }
    }

    @Test
    void theScenarioThatSippBringsAlong() {
        rig.on("service", RING, ANSWER);
        Sipp.in(folder).calls(20, 20).with("-d", "100").callBuiltIn("uac", "service", rig.port()).mustSucceed();
    }
}
