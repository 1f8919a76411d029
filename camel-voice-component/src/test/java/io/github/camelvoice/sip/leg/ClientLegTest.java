package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientLegTest {

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.assertNothingLeft();
    }

    private FakeDoor.Sent invited() {
        rig.outbound().invite(Rig.OFFER);
        return rig.door.last("INVITE");
    }

    private FakeDoor.Sent answered() {
        FakeDoor.Sent invite = invited();
        invite.respond(200, "b1", Rig.ANSWER);
        return invite;
    }

    private void hangUp() {
        rig.claimed.bye(null, Rig.NONE);
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).endsWith("Closed");
    }

    @Test
    void aPlacedCallThatWeEnd() {
        SignallingLeg leg = rig.outbound(new OutboundLeg("sip:bob@127.0.0.1:5099", "sip:alice@example.com", "Alice \"A\"", null, null,
                "sip:proxy@127.0.0.1:5070", 0, SipHeaders.of("X-Ours", "1", "X-Ours", "2")));
        assertThat(leg.localParty().user()).isEqualTo("alice");
        assertThat(leg.remoteParty().uri()).isEqualTo("sip:bob@127.0.0.1:5099");
        leg.invite(Rig.OFFER);
        FakeDoor.Sent invite = rig.door.last("INVITE");
        assertThat(invite.request.getCallId().getCallId()).isEqualTo(leg.sipCallId());
        assertThat(invite.request.encode()).contains("From: \"Alice \\\"A\\\"\" <sip:alice@example.com>;tag=")
                .contains("Route: <sip:proxy@127.0.0.1:5070;lr>").contains("X-Ours: 1\r\nX-Ours: 2\r\n")
                .contains("Supported: 100rel, timer").contains("Session-Expires: 1800\r\n");
        invite.respond(100, null, null);
        invite.respond(180, "b1", null);
        invite.respond(180, "b1", null);
        invite.respond(183, "b1", Rig.ANSWER);
        invite.respond(200, "b1", Rig.ANSWER, new RawHeader("X-Theirs", "yes"));
        assertThat(rig.told()).containsExactly("Provisional", "Provisional", "Accepted");
        SignalEvent.Accepted accepted = rig.event(SignalEvent.Accepted.class);
        assertThat(accepted.sdp()).isEqualTo(Rig.ANSWER);
        assertThat(accepted.headers().first("x-theirs")).contains("yes");
        assertThat(rig.door.acks).hasSize(1);
        assertThat(rig.door.acks.get(0).getRequestURI().toString()).isEqualTo("sip:bob@127.0.0.1:5099");
        assertThat(rig.door.acks.get(0).getCSeq().getSeqNumber()).isEqualTo(1);
        hangUp();
    }

    @Test
    void theCalleeHangsUp() {
        FakeDoor.Sent invite = answered();
        Rig.Asked bye = rig.fromCallee(invite.request, "b1", "BYE", 77, null).send();
        assertThat(bye.codes()).isEmpty();
        rig.claimed.confirmBye();
        assertThat(bye.codes()).containsExactly(200);
        assertThat(rig.told()).containsExactly("Accepted", "ByeReceived", "Closed");
    }

    @Test
    void aRepeated200IsAcknowledgedAgain() {
        FakeDoor.Sent invite = answered();
        invite.respond(200, "b1", Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(2);
        assertThat(rig.told()).containsExactly("Accepted");
        hangUp();
    }

    @Test
    void theFirst200OfAForkWinsAndTheOthersAreReleased() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        invite.respond(180, "b2", null);
        invite.respond(200, "b2", Rig.ANSWER);
        invite.respond(200, "b1", Rig.ANSWER);
        invite.respond(200, "b1", Rig.ANSWER);
        assertThat(rig.told()).containsExactly("Provisional", "Provisional", "Accepted");
        assertThat(rig.door.acks).extracting(a -> a.getToTag()).containsExactly("b2", "b1", "b1");
        assertThat(rig.door.count("BYE")).isEqualTo(1);
        assertThat(rig.door.last("BYE").request.getToTag()).isEqualTo("b1");
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).doesNotContain("Closed");
        hangUp();
    }

    @Test
    void rejectedAndRedirected() {
        FakeDoor.Sent invite = invited();
        invite.respond(302, "b1", null, new RawHeader("Contact", "<sip:c@x>;q=0.5", "<sip:d@x>;q=0.9"));
        SignalEvent.Rejected rejected = rig.event(SignalEvent.Rejected.class);
        assertThat(rejected.code()).isEqualTo(302);
        assertThat(rejected.contacts()).containsExactly("sip:d@x", "sip:c@x");
        assertThat(rig.told()).containsExactly("Rejected", "Closed");
    }

    @Test
    void cancelWaitsForAProvisionalResponse() {
        FakeDoor.Sent invite = invited();
        rig.claimed.cancel("SIP;cause=200");
        assertThat(invite.cancels).isZero();
        invite.respond(100, null, null);
        assertThat(invite.cancels).isEqualTo(1);
        assertThat(invite.cancelReason).isEqualTo("SIP;cause=200");
        invite.respond(487, "b1", null);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void a200ThatCrossesTheCancelIsAcknowledgedAndEnded() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        rig.claimed.cancel(null);
        invite.respond(200, "b1", Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(1);
        invite.respond(200, "b1", Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(2);
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Provisional", "Closed");
    }

    @Test
    void aCancelledInviteThatIsNeverAnsweredIsForgotten() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        rig.claimed.cancel(null);
        rig.pass(32_000);
        assertThat(invite.terminated).isTrue();
        assertThat(rig.told()).containsExactly("Provisional", "Closed");
    }

    @Test
    void noResponse() {
        invited().timeout();
        EndCause cause = rig.event(SignalEvent.Lost.class).cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void transportFailure() {
        invited().fail();
        EndCause cause = rig.event(SignalEvent.Lost.class).cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.TRANSPORT);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TRANSPORT);
    }

    @Test
    void lateOfferIsAnsweredInTheAck() {
        rig.outbound().invite(null);
        FakeDoor.Sent invite = rig.door.last("INVITE");
        assertThat(invite.request.encode()).doesNotContain("100rel").doesNotContain("Content-Type");
        invite.respond(200, "b1", Rig.OFFER);
        assertThat(rig.event(SignalEvent.Accepted.class).sdp()).isEqualTo(Rig.OFFER);
        invite.respond(200, "b1", Rig.OFFER);
        assertThat(rig.door.acks).isEmpty();
        rig.claimed.ack(Rig.ANSWER);
        assertThat(Messages.sdp(rig.door.acks.get(0))).isEqualTo(Rig.ANSWER);
        invite.respond(200, "b1", Rig.OFFER);
        assertThat(Messages.sdp(rig.door.acks.get(1))).isEqualTo(Rig.ANSWER);
        hangUp();
    }

    @Test
    void lateOfferThatWeCannotAnswer() {
        rig.outbound().invite(null);
        rig.door.last("INVITE").respond(200, "b1", Rig.OFFER);
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.door.acks).hasSize(1);
        rig.door.last("BYE").respond(200, null, null);
    }

    @Test
    void reliableProvisionalResponsesAreAcknowledgedInOrder() {
        FakeDoor.Sent invite = invited();
        invite.respond(183, "b1", Rig.ANSWER, Messages.REQUIRE_100REL, new RawHeader("RSeq", "9"));
        FakeDoor.Sent prack = rig.door.last("PRACK");
        assertThat(Messages.value(prack.request, "RAck")).isEqualTo("9 1 INVITE");
        assertThat(prack.request.getToTag()).isEqualTo("b1");
        assertThat(prack.request.getCSeq().getSeqNumber()).isEqualTo(2);
        invite.respond(183, "b1", Rig.ANSWER, Messages.REQUIRE_100REL, new RawHeader("RSeq", "9"));
        invite.respond(180, "b1", null, Messages.REQUIRE_100REL, new RawHeader("RSeq", "11"));
        assertThat(rig.door.count("PRACK")).isEqualTo(1);
        invite.respond(180, "b1", null, Messages.REQUIRE_100REL, new RawHeader("RSeq", "10"));
        assertThat(Messages.value(rig.door.last("PRACK").request, "RAck")).isEqualTo("10 1 INVITE");
        assertThat(rig.told()).containsExactly("Provisional", "Provisional");
        invite.respond(200, "b1", null);
        assertThat(rig.door.acks.get(0).getCSeq().getSeqNumber()).isEqualTo(1);
        assertThat(rig.event(SignalEvent.Accepted.class).sdp()).isNull();
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.door.last("BYE").request.getCSeq().getSeqNumber()).isEqualTo(4);
        rig.door.last("BYE").respond(200, null, null);
    }

    @Test
    void theEarlyAnswerOfTheBranchThatWonIsToldAgainIfAnotherCameBetween() {
        FakeDoor.Sent invite = invited();
        invite.respond(183, "b1", Rig.ANSWER);
        invite.respond(183, "b2", Rig.ANSWER.replace("5000", "6000"));
        invite.respond(200, "b1", null);
        assertThat(rig.event(SignalEvent.Accepted.class).sdp()).isEqualTo(Rig.ANSWER);
        hangUp();
    }

    @Test
    void aLongerSessionIsOfferedAfter422() {
        FakeDoor.Sent first = invited();
        first.respond(422, "b1", null, new RawHeader("Min-SE", "3600"));
        FakeDoor.Sent second = rig.door.last("INVITE");
        assertThat(second.request.getCSeq().getSeqNumber()).isEqualTo(2);
        assertThat(second.request.getCallId()).isEqualTo(first.request.getCallId());
        assertThat(Messages.value(second.request, "Session-Expires")).isEqualTo("3600");
        assertThat(Messages.value(second.request, "Min-SE")).isEqualTo("3600");
        second.respond(422, "b1", null, new RawHeader("Min-SE", "3600"));
        assertThat(rig.event(SignalEvent.Rejected.class).code()).isEqualTo(422);
    }

    @Test
    void aByeBeforeTheAnswerIsRefused() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        assertThat(rig.fromCallee(invite.request, "b1", "BYE", 5, null).send().codes()).containsExactly(481);
        invite.respond(480, "b1", null);
        assertThat(rig.told()).containsExactly("Provisional", "Rejected", "Closed");
    }

    @Test
    void hangingUpWhileItRingsCancels() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        rig.claimed.bye(null, Rig.NONE);
        assertThat(invite.cancels).isEqualTo(1);
        invite.respond(487, "b1", null);
    }

    @Test
    void wrongCallsAreRefusedAtOnce() {
        assertThatThrownBy(() -> rig.outbound(new OutboundLeg("bob", null, null, null, null, null, 0, null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("target").hasMessageContaining("bob");
        assertThatThrownBy(() -> rig.outbound(new OutboundLeg("sip:b@h;transport=sctp", null, null, null, null, null, 0, null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("sctp");
        assertThatThrownBy(() -> rig.outbound(new OutboundLeg("sips:b@h", null, null, null, null, null, 0, null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tls");
        assertThatThrownBy(() -> rig.outbound(new OutboundLeg("sip:b@h", null, null, null, null, null, 0, SipHeaders.of("Via", "x"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Via");
        assertThatThrownBy(() -> rig.outbound(new OutboundLeg("sip:b@h", "sip:a@b\r\nX: y", null, null, null, null, 0, null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("from");
    }

    @Test
    void aLegThatIsNeverUsedIsGivenBack() {
        rig.outbound().cancel(null);
        assertThat(rig.told()).containsExactly("Closed");
        assertThat(rig.door.sent).isEmpty();
    }

    @Test
    void theRouteIsReversedForTheCaller() {
        FakeDoor.Sent invite = invited();
        invite.respond(200, "b1", Rig.ANSWER, new RawHeader("Record-Route", "<sip:p1@127.0.0.1:7001;lr>", "<sip:p2@127.0.0.1:7002;lr>"));
        assertThat(Messages.value(rig.door.acks.get(0), "Route")).isEqualTo("<sip:p2@127.0.0.1:7002;lr>, <sip:p1@127.0.0.1:7001;lr>");
        hangUp();
    }
}
