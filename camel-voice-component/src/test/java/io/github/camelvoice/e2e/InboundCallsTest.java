package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIPp calls the engine, over every transport: how calls begin and end. */
@Tag("peer")
class InboundCallsTest {

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

    private static void call(Wire wire, String user, SippScenario scenario) {
        wire.call(folder, pki, rig, user, scenario);
    }

    private static EndCause ended() {
        EndCause cause = EngineRig.end(rig.inbound());
        rig.mustBeWhole(rig.inbound());
        return cause;
    }

    @ParameterizedTest
    @EnumSource
    void answeredAndHungUpByTheCaller(Wire wire) {
        rig.on("answer", ANSWER);
        call(wire, "answer", wire.scenario().invite("X-Ticket: 42").maybe(100).expect(200).ack().pause(200).endCaller());
        EndCause cause = ended();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.NORMAL);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        assertThat(rig.inbound().snapshot().transport()).isEqualToIgnoringCase(wire.name());
        assertThat(rig.inbound().snapshot().responseHeaders().first("X-Ticket")).contains("42");
        assertThat(rig.told(rig.inbound(), VoiceEvent.CallAnswered.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void ringsThenAnswersWithHeadersOfOurs(Wire wire) {
        rig.on("ring", RING, new CallCommand.Answer(List.of("PCMA"), SipHeaders.of("X-Desk", "7")));
        call(wire, "ring", wire.scenario().invite().maybe(100).expect(180).expectText(200, "X-Desk: 7").ack().pause(50).endCaller());
        ended();
        assertThat(rig.event(rig.inbound(), VoiceEvent.CallAnswered.class).codec()).isEqualTo("PCMA");
        assertThat(rig.told(rig.inbound(), VoiceEvent.CallRinging.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void hungUpByUsWithAReason(Wire wire) {
        rig.on("goodbye", ANSWER, new CallCommand.Hangup("Q.850;cause=16", SipHeaders.of("X-Why", "done")));
        call(wire, "goodbye", wire.scenario().invite().maybe(100).expect(200).ack().takeRequest("BYE", "Reason: Q.850;cause=16").respond("200 OK"));
        assertThat(ended().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
    }

    @ParameterizedTest
    @EnumSource
    void rejectedWithTheCodeOfTheRoute(Wire wire) {
        rig.on("busy", new CallCommand.Reject(486, "Not now", SipHeaders.of("X-Why", "meeting")));
        call(wire, "busy", wire.scenario().invite().maybe(100).expectText(486, "SIP/2.0 486 Not now").ackFailure());
        assertThat(ended().kind()).isEqualTo(EndCause.Kind.BUSY);
        rig.on("decline", RING, new CallCommand.Reject(603, null, SipHeaders.none()));
        call(wire, "decline", wire.scenario().invite().maybe(100).expect(180).expectText(603, "SIP/2.0 603 Decline").ackFailure());
        assertThat(ended().kind()).isEqualTo(EndCause.Kind.DECLINED);
    }

    @ParameterizedTest
    @EnumSource
    void redirectedInTheOrderGiven(Wire wire) {
        rig.on("moved", new CallCommand.Redirect(List.of("sip:a@192.0.2.1", "sip:b@192.0.2.2"), SipHeaders.none()));
        call(wire, "moved", wire.scenario().invite().maybe(100).expectText(302, "Contact: .*sip:a@192.0.2.1").ackFailure());
        assertThat(ended().kind()).isEqualTo(EndCause.Kind.REDIRECTED);
    }

    @ParameterizedTest
    @EnumSource
    void cancelledByTheCaller(Wire wire) {
        rig.on("slow", RING);
        call(wire, "slow", wire.scenario().invite().maybe(100).expect(180).cancel().expect(200).expect(487).ackFailure());
        EndCause cause = ended();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.CANCELLED);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyThere(Wire wire) {
        call(wire, "nobody", wire.scenario().invite().maybe(100).expect(404).ackFailure());
    }

    @ParameterizedTest
    @EnumSource
    void overItsCap(Wire wire) {
        rig.on("answer", ANSWER);
        rig.busy(true);
        try {
            call(wire, "answer", wire.scenario().invite().maybe(100).expect(503, "Retry-After", "[0-9]+").ackFailure());
        } finally {
            rig.busy(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnOfferWeOffer(Wire wire) {
        rig.on("answer", ANSWER);
        SippScenario late = wire.scenario();
        call(wire, "answer", late.inviteWithoutOffer().maybe(100).expectText(200, "m=audio [1-9]").ack(late.formats("8 101").sdp("sendrecv"))
                .pause(300).endCaller());
        assertThat(ended().kind()).isEqualTo(EndCause.Kind.NORMAL);
    }
}
