package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.Nat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerLegTest {

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.assertNothingLeft();
    }

    private Rig.Asked answered() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        return invite;
    }

    private void hangUp() {
        rig.inDialog("BYE", null).send();
        rig.claimed.confirmBye();
    }

    @Test
    void anAnsweredCallThatTheCallerEnds() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.provisional(180, null, null, false, Rig.NONE);
        rig.claimed.accept(Rig.ANSWER, SipHeaders.of("X-Ours", "1"));
        assertThat(invite.codes()).containsExactly(180, 200);
        assertThat(invite.responses).allSatisfy(r -> assertThat(r.getToTag()).isEqualTo(rig.tag()));
        assertThat(Messages.sdp(invite.last())).isEqualTo(Rig.ANSWER);
        assertThat(Messages.value(invite.last(), "X-Ours")).isEqualTo("1");
        assertThat(Messages.value(invite.last(), "Contact")).isEqualTo("<sip:voice@127.0.0.1:5060>");
        rig.ack(1, null).send();
        Rig.Asked bye = rig.inDialog("BYE", null, "Reason: Q.850;cause=16").send();
        assertThat(bye.codes()).isEmpty();
        assertThat(rig.event(SignalEvent.ByeReceived.class).headers().first("Reason")).contains("Q.850;cause=16");
        rig.claimed.confirmBye();
        assertThat(bye.codes()).containsExactly(200);
        assertThat(rig.told()).containsExactly("Acked", "ByeReceived", "Closed");
    }

    @Test
    void aCallThatWeEnd() {
        answered();
        rig.claimed.bye("SIP;cause=200;text=\"done\"", SipHeaders.of("X-Why", "done"));
        FakeDoor.Sent bye = rig.door.last("BYE");
        assertThat(bye.request.getRequestURI().toString()).isEqualTo("sip:alice@127.0.0.1:5099");
        assertThat(bye.request.getFromTag()).isEqualTo(rig.tag());
        assertThat(bye.request.getToTag()).isEqualTo("a1");
        assertThat(Messages.value(bye.request, "X-Why")).isEqualTo("done");
        assertThat(Messages.value(bye.request, "Reason")).isEqualTo("SIP;cause=200;text=\"done\"");
        assertThat(rig.told()).containsExactly("Acked");
        bye.respond(200, null, null);
        assertThat(rig.told()).containsExactly("Acked", "Closed");
    }

    @Test
    void the200IsRepeatedUntilTheAckComes() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.pass(500 + 1000 + 2000 + 4000 + 4000);
        assertThat(invite.codes()).containsExactly(200, 200, 200, 200, 200, 200);
        rig.ack(1, null).send();
        rig.ack(1, null).send();
        rig.pass(20_000);
        assertThat(invite.codes()).hasSize(6);
        assertThat(rig.told()).containsExactly("Acked");
        hangUp();
    }

    @Test
    void aRepeatedInviteGetsThe200Again() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.legs.repeatedInvite(invite);
        assertThat(invite.codes()).containsExactly(200, 200);
        rig.ack(1, null).send();
        rig.legs.repeatedInvite(invite);
        assertThat(invite.codes()).hasSize(2);
        hangUp();
    }

    @Test
    void withoutAckTheCallEndsWithBye() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.pass(31_999);
        assertThat(rig.told()).isEmpty();
        rig.pass(1);
        EndCause cause = rig.event(SignalEvent.Lost.class).cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
        rig.door.last("BYE").respond(481, null, null);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void hangingUpBeforeTheAckWaitsForIt() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.door.sent).isEmpty();
        rig.ack(1, null).send();
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void hangingUpWithoutAnyAckSendsByeInTheEnd() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.claimed.bye(null, Rig.NONE);
        rig.pass(32_000);
        rig.door.last("BYE").timeout();
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void everyByeWaitsUntilTheCallConfirms() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        List<Rig.Asked> byes = Stream.generate(() -> rig.inDialog("BYE", null).send()).limit(6).toList();
        assertThat(byes).extracting(Rig.Asked::codes).startsWith(List.of(), List.of(), List.of(), List.of(), List.of()).endsWith(List.of(503));
        rig.claimed.confirmBye();
        assertThat(byes).extracting(Rig.Asked::code).containsExactly(200, 200, 200, 200, 200, 503);
        assertThat(rig.told()).containsExactly("Acked", "ByeReceived", "Closed");
    }

    @Test
    void whereBothHangUpTheirByeWaitsToo() {
        rig.recordIsWritten = false;
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        rig.claimed.bye(null, Rig.NONE);
        List<Rig.Asked> byes = Stream.generate(() -> rig.inDialog("BYE", null).send()).limit(2).toList();
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Acked", "ByeHeld", "Closed");
        assertThat(byes).extracting(Rig.Asked::codes).containsOnly(List.of());
        rig.claimed.confirmBye();
        assertThat(byes).extracting(Rig.Asked::codes).containsOnly(List.of(200));
    }

    @Test
    void byeBeforeTheAnswerWaitsForTheRecord() {
        rig.recordIsWritten = false;
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.provisional(180, null, null, false, Rig.NONE);
        Rig.Asked bye = rig.inDialog("BYE", null).send();
        assertThat(invite.codes()).containsExactly(180, 487);
        assertThat(rig.told()).containsExactly("Cancelled", "ByeHeld", "Closed");
        assertThat(bye.codes()).isEmpty();
        rig.claimed.confirmBye();
        assertThat(bye.codes()).containsExactly(200);
    }

    @Test
    void byeBeforeTheAck() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        hangUp();
        rig.pass(40_000);
        assertThat(invite.codes()).containsExactly(200);
        assertThat(rig.told()).containsExactly("ByeReceived", "Closed");
    }

    @Test
    void cancelBeforeTheAnswer() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.provisional(180, null, null, false, Rig.NONE);
        Rig.Asked cancel = cancel(invite);
        assertThat(cancel.codes()).containsExactly(200);
        assertThat(invite.codes()).containsExactly(180, 487);
        assertThat(rig.event(SignalEvent.Cancelled.class).headers().first("Reason")).contains("SIP;cause=200");
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        assertThat(invite.codes()).containsExactly(180, 487);
        assertThat(rig.told()).containsExactly("Cancelled", "Closed");
    }

    @Test
    void cancelThatCrossesThe200() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        Rig.Asked cancel = cancel(invite);
        assertThat(cancel.codes()).containsExactly(200);
        assertThat(invite.codes()).containsExactly(200);
        rig.ack(1, null).send();
        assertThat(rig.told()).containsExactly("Acked");
        hangUp();
    }

    @Test
    void cancelAfterTheRejectionIsStillAnswered() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.reject(486, null, Rig.NONE);
        assertThat(cancel(invite).codes()).containsExactly(200);
        assertThat(invite.codes()).containsExactly(486);
    }

    private Rig.Asked cancel(Rig.Asked invite) {
        Rig.Asked cancel = rig.request("CANCEL", "", "a1", 1, null, "Reason: SIP;cause=200");
        cancel.cancelled = invite;
        return cancel.send();
    }

    @Test
    void rejectedWithHeaders() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.reject(486, "Busy, really", SipHeaders.of("Retry-After", "10"));
        assertThat(invite.last().getReasonPhrase()).isEqualTo("Busy, really");
        assertThat(Messages.value(invite.last(), "Retry-After")).isEqualTo("10");
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void redirected() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.redirect(List.of("sip:carol@example.com", "sip:dave@example.com;transport=tcp"), Rig.NONE);
        assertThat(invite.code()).isEqualTo(302);
        assertThat(Redirects.contacts(invite.last())).containsExactly("sip:carol@example.com", "sip:dave@example.com;transport=tcp");
    }

    @Test
    void lateOfferIsAnsweredInTheAck() {
        Rig.Asked invite = rig.invite(null).send();
        assertThat(rig.invitation.offer()).isNull();
        rig.claimed.provisional(183, null, Rig.OFFER, true, Rig.NONE);
        rig.claimed.accept(Rig.OFFER, Rig.NONE);
        assertThat(Messages.sdp(invite.responses.get(0))).isNull();
        rig.ack(1, Rig.ANSWER).send();
        assertThat(rig.event(SignalEvent.Acked.class).sdp()).isEqualTo(Rig.ANSWER);
        hangUp();
    }

    @Test
    void requestsOutOfOrderOrOfStrangers() {
        answered();
        rig.inDialog("INFO", null).send();
        Rig.Asked old = rig.request("INFO", ";tag=" + rig.tag(), "a1", 1, null).send();
        assertThat(old.codes()).containsExactly(500);
        assertThat(rig.request("BYE", ";tag=" + rig.tag(), "other", 9, null).send().codes()).containsExactly(481);
        assertThat(rig.request("BYE", ";tag=nobody", "a1", 9, null).send().codes()).containsExactly(481);
        assertThat(rig.inDialog("BYE", null).from("127.0.0.9").send().codes()).containsExactly(481);
        assertThat(rig.env.legs().unknownDialogs() + rig.dispatcher.unknownDialogs()).isEqualTo(3);
        assertThat(rig.told()).containsExactly("Acked", "InfoReceived");
        hangUp();
    }

    @Test
    void otherRequestsInTheDialog() {
        answered();
        Rig.Asked options = rig.inDialog("OPTIONS", null).send();
        assertThat(options.code()).isEqualTo(200);
        assertThat(Messages.value(options.last(), "Allow")).contains("UPDATE");
        assertThat(rig.inDialog("SUBSCRIBE", null, "Event: refer").send().code()).isEqualTo(405);
        assertThat(rig.inDialog("FETCH", null).send().code()).isEqualTo(501);
        assertThat(rig.inDialog("NOTIFY", null, "Event: dialog").send().code()).isEqualTo(489);
        assertThat(rig.inDialog("NOTIFY", null, "Event: refer").send().code()).isEqualTo(481);
        assertThat(rig.inDialog("NOTIFY", null).send().code()).isEqualTo(489);
        assertThat(rig.inDialog("PRACK", null, "RAck: 1 1 INVITE").send().code()).isEqualTo(481);
        hangUp();
    }

    @Test
    void coreHeadersMayNotBeSet() {
        rig.invite(Rig.OFFER).send();
        assertThatThrownBy(() -> rig.claimed.accept(Rig.ANSWER, SipHeaders.of("Call-ID", "x")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Call-ID");
        assertThatThrownBy(() -> rig.claimed.accept(Rig.ANSWER, SipHeaders.of("X-A", "a\r\nVia: b")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("X-A");
        rig.claimed.reject(500, null, Rig.NONE);
    }

    @Test
    void theRouteOfTheInviteIsKept() {
        rig.invite(Rig.OFFER, "Record-Route: <sip:p2@127.0.0.1:7002;lr>", "Record-Route: <sip:p1@127.0.0.1:7001;lr>").send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        rig.claimed.bye(null, Rig.NONE);
        FakeDoor.Sent bye = rig.door.last("BYE");
        assertThat(Messages.value(bye.request, "Route")).isEqualTo("<sip:p2@127.0.0.1:7002;lr>, <sip:p1@127.0.0.1:7001;lr>");
        bye.respond(200, null, null);
    }

    @Test
    void aContactBehindANatIsReplacedByWhereTheCallCameFrom() {
        rig.invite(Rig.OFFER, "Contact: <sip:alice@192.168.1.7:5060;ob>").from("203.0.113.9").send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).from("203.0.113.9").send();
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.door.last("BYE").request.getRequestURI().toString()).isEqualTo("sip:alice@203.0.113.9:5099;ob");
        rig.door.last("BYE").respond(200, null, null);
    }

    @Test
    void aContactThatCanBeReachedIsKept() {
        assertThat(Nat.hides("192.168.1.7", java.net.InetAddress.getLoopbackAddress())).isFalse();
        assertThat(Nat.hides("phone.example.com", address("203.0.113.9"))).isFalse();
        assertThat(Nat.hides("203.0.113.10", address("203.0.113.9"))).isFalse();
        assertThat(Nat.hides("100.64.0.1", address("203.0.113.9"))).isTrue();
        assertThat(Nat.hides("[fd00::1]", address("2001:db8::1"))).isTrue();
        assertThat(Nat.hides("10.0.0.1", address("192.168.0.1"))).isFalse();
    }

    private static java.net.InetAddress address(String literal) {
        return new java.net.InetSocketAddress(literal, 1).getAddress();
    }

    @Test
    void aCallThatFailsOnAnEventDoesNotStopItsLeg() {
        rig.reaction = event -> {
            throw new IllegalStateException("call");
        };
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        assertThat(cancel(invite).codes()).containsExactly(200);
        assertThat(invite.codes()).containsExactly(487);
        assertThat(rig.told()).containsExactly("Cancelled", "Closed");
    }

    @Test
    void abandonedWithoutAWord() {
        answered();
        rig.claimed.abandon();
        assertThat(rig.door.sent).isEmpty();
        assertThat(rig.told()).containsExactly("Acked", "Closed");
    }

    @Test
    void aByeThatNobodyConfirmsIsAnsweredInTheEnd() {
        answered();
        Rig.Asked bye = rig.inDialog("BYE", null).send();
        rig.pass(20_000);
        assertThat(bye.codes()).containsExactly(200);
        assertThat(rig.told()).endsWith("Closed");
    }
}
