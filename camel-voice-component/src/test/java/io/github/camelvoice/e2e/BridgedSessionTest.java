package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two SIPps with a bridge between them: what one does, and what reaches the other. */
@Tag("peer")
class BridgedSessionTest {

    private static final String RELAY = "Content-Type: application/dtmf-relay";

    @TempDir
    static Path folder;
    private static EngineRig rig;
    private static final AtomicReference<Call> PLACED = new AtomicReference<>();

    @BeforeAll
    static void open() {
        rig = EngineRig.start(config -> config);
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static void connect(Call caller, int port) {
        try {
            Call called = rig.engine.calls().place(new PlaceCall(new OutboundLeg("sip:phone@127.0.0.1:" + port, null, null, null, null, null, 0, null),
                    List.of("PCMU", "PCMA"), Duration.ofSeconds(20), Duration.ofMinutes(2)));
            PLACED.set(called);
            called.reached(Milestone.ANSWERED).thenCompose(now -> caller.execute(ANSWER))
                    .thenCompose(now -> caller.execute(new CallCommand.Bridge(called.id())));
        } catch (CallException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The caller's scenario ends with its BYE; the called side must have taken everything by then. */
    private static void play(SippScenario caller, SippScenario called) {
        try (Sipp bob = Sipp.in(folder).answer(called)) {
            rig.on("bridge", call -> connect(call, bob.port()));
            Sipp.in(folder).call("bridge", rig.port(), caller).mustSucceed();
            bob.mustSucceed();
            Call call = rig.inbound();
            EngineRig.end(call);
            EngineRig.end(PLACED.get());
            rig.mustBeWhole(call);
            rig.mustBeWhole(PLACED.get());
        }
    }

    private static SippScenario calling(SippScenario s) {
        return s.invite().maybe(100).expect(200).ack().pause(400);
    }

    private static SippScenario answering(SippScenario s) {
        return s.takeInvite().respondWith("200 OK", s.sdp("sendrecv")).takeRequest("ACK");
    }

    private static SippScenario ended(SippScenario s) {
        return s.takeRequest("BYE").respond("200 OK");
    }

    private static SippScenario accepts(SippScenario s, String offered, String answer) {
        return s.takeRequest("INVITE", "a=" + offered).respondWith("200 OK", s.sdp(answer)).takeRequest("ACK");
    }

    @Test
    void aHoldReachesTheOtherAndSoDoesTheResume() {
        SippScenario a = calling(SippScenario.start());
        a.request("INVITE", a.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack().pause(600)
                .request("INVITE", a.sdp("sendrecv")).maybe(100).expectText(200, "a=sendrecv").ack().pause(600).endCaller();
        play(a, ended(accepts(accepts(answering(SippScenario.start()), "sendonly", "recvonly"), "sendrecv", "sendrecv")));
        assertThat(rig.told(PLACED.get(), VoiceEvent.Held.class)).hasSize(1);
        assertThat(rig.told(PLACED.get(), VoiceEvent.Resumed.class)).hasSize(1);
    }

    @Test
    void theCalledSideMayHoldToo() {
        SippScenario a = calling(SippScenario.start());
        String held = a.sdp("recvonly");
        String back = a.sdp("sendrecv");
        a.takeRequest("INVITE", "a=sendonly").respondWith("200 OK", held).takeRequest("ACK").takeRequest("INVITE", "a=sendrecv")
                .respondWith("200 OK", back).takeRequest("ACK").pause(100).endCaller();
        SippScenario b = answering(SippScenario.start()).pause(600);
        b.request("INVITE", b.sdp("inactive")).maybe(100).expectText(200, "a=inactive").ack().pause(600)
                .request("INVITE", b.sdp("sendrecv")).maybe(100).expectText(200, "a=sendrecv").ack();
        play(a, ended(b));
    }

    @Test
    void aHoldByUpdateReachesTheOther() {
        SippScenario a = calling(SippScenario.start());
        a.request("UPDATE", a.sdp("inactive")).expectText(200, "a=inactive").pause(600)
                .request("UPDATE", a.sdp("sendrecv")).expectText(200, "a=sendrecv").pause(600).endCaller();
        play(a, ended(accepts(accepts(answering(SippScenario.start()), "sendonly", "recvonly"), "sendrecv", "sendrecv")));
    }

    @Test
    void whoRefusesAHoldBreaksNothing() {
        SippScenario a = calling(SippScenario.start());
        a.request("INVITE", a.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack().pause(600)
                .request("INVITE", a.sdp("sendrecv")).maybe(100).expectText(200, "a=sendrecv").ack().pause(600).endCaller();
        play(a, ended(answering(SippScenario.start()).takeRequest("INVITE", "a=sendonly").respond("488 Not Acceptable Here").takeRequest("ACK")));
        assertThat(rig.told(PLACED.get(), VoiceEvent.Held.class)).isEmpty();
    }

    @Test
    void offersCrossAtTheOtherSide() {
        SippScenario a = calling(SippScenario.start());
        a.request("INVITE", a.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack().pause(4_000).endCaller();
        SippScenario b = answering(SippScenario.start()).takeRequest("INVITE", "a=sendonly").respond("491 Request Pending").takeRequest("ACK");
        // before ours comes again: taken, and answered with the hold that ours wanted
        b.request("INVITE", b.sdp("sendrecv")).maybe(100).expectText(200, "a=sendonly").ack();
        play(a, ended(b));
        assertThat(rig.told(PLACED.get(), VoiceEvent.Held.class)).hasSize(1);
    }

    @Test
    void a491IsTriedAgain() {
        SippScenario a = calling(SippScenario.start());
        a.request("INVITE", a.sdp("sendonly")).maybe(100).expectText(200, "a=recvonly").ack().pause(5_000).endCaller();
        SippScenario b = answering(SippScenario.start()).takeRequest("INVITE", "a=sendonly").respond("491 Request Pending").takeRequest("ACK");
        play(a, ended(accepts(b, "sendonly", "recvonly")));
    }

    @Test
    void anotherCodecIsOfferedToTheOther() {
        SippScenario a = SippScenario.start().formats("0 101").invite().maybe(100).expect(200).ack().pause(400).formats("8 101");
        a.request("INVITE", a.sdp("sendrecv")).maybe(100).expectText(200, "RTP/AVP 8 ").ack().pause(600).endCaller();
        SippScenario b = answering(SippScenario.start().formats("0 101")).formats("8 101");
        play(a, ended(b.takeRequest("INVITE", "RTP/AVP 8 0 ").respondWith("200 OK", b.sdp("sendrecv")).takeRequest("ACK")));
        assertThat(PLACED.get().snapshot().media().codec()).isEqualTo("PCMA");
    }

    @Test
    void keysByInfoGoOnAsInfoWhereThereAreNoEvents() {
        SippScenario a = SippScenario.start().formats("0").invite().maybe(100).expect(200).ack().pause(400);
        for (char digit : "15#".toCharArray()) {
            a.request("INFO", "Signal=" + digit + "\nDuration=160\n", RELAY).expect(200);
        }
        SippScenario b = answering(SippScenario.start().formats("0"));
        for (char digit : "15#".toCharArray()) {
            b.takeRequest("INFO", "Signal=" + digit).respond("200 OK");
        }
        play(a.pause(300).endCaller(), ended(b));
    }

    @Test
    void eventsBecomeInfoEachOnce() {
        SippScenario b = answering(SippScenario.start().formats("0"));
        for (char digit : "4426".toCharArray()) {
            b.takeRequest("INFO", "Signal=" + digit).respond("200 OK");
        }
        try (Sipp bob = Sipp.in(folder).answer(ended(b)); Baresip phone = Baresip.start(folder, TestPki.create(folder), "PCMU", "auto")) {
            rig.on("bridge", call -> connect(call, bob.port()));
            phone.dial("sip:bridge@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            rig.event(rig.inbound(), VoiceEvent.Bridged.class);
            int pressed = 0;
            for (String digit : "4426".split("")) {
                phone.press(digit);
                assertThat(rig.event(rig.inbound(), VoiceEvent.DtmfReceived.class, ++pressed).digit()).isEqualTo(digit);
            }
            phone.hangup();
            bob.mustSucceed();
            EngineRig.end(PLACED.get());
        }
    }

    @Test
    void infoBecomesEventsEachOnce() {
        SippScenario a = SippScenario.start().formats("0").invite().maybe(100).expect(200).ack().pause(1_000);
        for (char digit : "7700*".toCharArray()) {
            a.request("INFO", "Signal=" + digit + "\nDuration=120\n", RELAY).expect(200).pause(200);
        }
        try (Baresip phone = Baresip.start(folder, TestPki.create(folder), "PCMU", "auto")) {
            rig.on("bridge", call -> connect(call, phone.port()));
            Sipp.in(folder).call("bridge", rig.port(), a.pause(800).endCaller()).mustSucceed();
            phone.awaitEvent("CALL_DTMF_START", 5);
            assertThat(phone.parameters("CALL_DTMF_START")).containsExactly("7", "7", "0", "0", "*");
            EngineRig.end(PLACED.get());
        }
    }
}
