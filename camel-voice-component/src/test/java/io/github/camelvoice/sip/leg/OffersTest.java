package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** re-INVITE, UPDATE and INFO in both directions. */
class OffersTest {

    private static final String HOLD = Rig.OFFER + "a=sendonly\r\n";

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private void inbound(String... headers) {
        rig.invite(Rig.OFFER, headers).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        rig.events.clear();
    }

    private FakeDoor.Sent outbound() {
        rig.outbound().invite(Rig.OFFER);
        FakeDoor.Sent invite = rig.door.last("INVITE");
        invite.respond(200, "b1", Rig.ANSWER, Messages.ALLOW);
        rig.events.clear();
        return invite;
    }

    @Test
    void theirReInvite() {
        inbound();
        Rig.Asked again = rig.inDialog("INVITE", HOLD, "Contact: <sip:alice@127.0.0.1:5555>").send();
        assertThat(rig.event(SignalEvent.OfferReceived.class).sdp()).isEqualTo(HOLD);
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(again.codes()).containsExactly(200);
        assertThat(Messages.sdp(again.last())).isEqualTo(Rig.ANSWER);
        rig.pass(500);
        assertThat(again.codes()).containsExactly(200, 200);
        rig.legs.repeatedInvite(again);
        assertThat(again.codes()).containsExactly(200, 200, 200);
        rig.ack(rig.seq(), null).send();
        rig.pass(40_000);
        assertThat(again.codes()).hasSize(3);
        assertThat(rig.told()).containsExactly("OfferReceived");
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.door.last("BYE").request.getRequestURI().toString()).isEqualTo("sip:alice@127.0.0.1:5555");
    }

    @Test
    void theirReInviteWithoutAnOffer() {
        inbound();
        rig.inDialog("INVITE", null).send();
        assertThat(rig.event(SignalEvent.OfferReceived.class).sdp()).isNull();
        rig.claimed.answerOffer(Rig.OFFER);
        rig.ack(rig.seq(), Rig.ANSWER).send();
        assertThat(rig.event(SignalEvent.Acked.class).sdp()).isEqualTo(Rig.ANSWER);
    }

    @Test
    void theirReInviteRefused() {
        inbound();
        Rig.Asked again = rig.inDialog("INVITE", HOLD).send();
        rig.claimed.refuseOffer(488, null);
        assertThat(again.codes()).containsExactly(488);
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(again.codes()).containsExactly(488);
    }

    @Test
    void aReInviteWithoutAckEndsTheCall() {
        inbound();
        rig.inDialog("INVITE", HOLD).send();
        rig.claimed.answerOffer(Rig.ANSWER);
        rig.pass(32_000);
        assertThat(rig.event(SignalEvent.Lost.class).cause().kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        assertThat(rig.door.count("BYE")).isEqualTo(1);
    }

    @Test
    void overlappingOffersOfTheirs() {
        inbound();
        Rig.Asked first = rig.inDialog("INVITE", HOLD).send();
        Rig.Asked second = rig.inDialog("INVITE", HOLD).send();
        Rig.Asked update = rig.inDialog("UPDATE", HOLD).send();
        assertThat(second.code()).isEqualTo(500);
        assertThat(Integer.parseInt(Messages.value(second.last(), "Retry-After"))).isBetween(0, 10);
        assertThat(update.code()).isEqualTo(500);
        assertThat(first.codes()).isEmpty();
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(first.codes()).containsExactly(200);
        assertThat(rig.inDialog("INVITE", HOLD).send().code()).isEqualTo(500);
    }

    @Test
    void aReInviteBeforeTheAckOfTheFirstHasToWait() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        assertThat(rig.inDialog("INVITE", HOLD).send().code()).isEqualTo(500);
    }

    @Test
    void cancelOfAReInvite() {
        inbound();
        Rig.Asked again = rig.inDialog("INVITE", HOLD).send();
        Rig.Asked cancel = rig.request("CANCEL", ";tag=" + rig.tag(), "a1", rig.seq(), null);
        cancel.cancelled = again;
        cancel.send();
        assertThat(cancel.codes()).containsExactly(200);
        assertThat(again.codes()).containsExactly(487);
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(again.codes()).containsExactly(487);
    }

    @Test
    void byeWhileTheirReInviteWaits() {
        inbound();
        Rig.Asked again = rig.inDialog("INVITE", null).send();
        rig.inDialog("BYE", null).send();
        rig.claimed.confirmBye();
        assertThat(again.codes()).containsExactly(487);
    }

    @Test
    void aReInviteAfterOurByeFindsNoDialog() {
        inbound();
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.inDialog("INVITE", null).send().code()).isEqualTo(481);
        assertThat(rig.inDialog("UPDATE", HOLD).send().code()).isEqualTo(481);
        assertThat(rig.inDialog("BYE", null).send().code()).isEqualTo(200);
        rig.door.last("BYE").respond(481, null, null);
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void theirUpdate() {
        inbound();
        Rig.Asked update = rig.inDialog("UPDATE", HOLD).send();
        rig.claimed.answerOffer(Rig.ANSWER);
        rig.pass(40_000);
        assertThat(update.codes()).containsExactly(200);
        assertThat(rig.told()).containsExactly("OfferReceived");
    }

    @Test
    void anUpdateWithoutAnOfferIsAnsweredAtOnce() {
        inbound();
        Rig.Asked update = rig.inDialog("UPDATE", null, "Session-Expires: 600;refresher=uac", "Supported: timer").send();
        assertThat(update.codes()).containsExactly(200);
        assertThat(Messages.value(update.last(), "Session-Expires")).isEqualTo("600;refresher=uac");
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void anUpdateWithAnOfferBeforeTheAnswerHasToWait() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        assertThat(rig.inDialog("UPDATE", HOLD).send().code()).isEqualTo(500);
        rig.inDialog("PRACK", null, "RAck: " + Messages.value(invite.last(), "RSeq") + " 1 INVITE").send();
        Rig.Asked update = rig.inDialog("UPDATE", HOLD).send();
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(update.codes()).containsExactly(200);
    }

    @Test
    void ourReInvite() {
        outbound();
        rig.claimed.modify(HOLD, false);
        FakeDoor.Sent again = rig.door.last("INVITE");
        assertThat(again.request.getToTag()).isEqualTo("b1");
        assertThat(again.request.getCSeq().getSeqNumber()).isEqualTo(2);
        assertThat(Messages.sdp(again.request)).isEqualTo(HOLD);
        again.respond(200, null, Rig.ANSWER);
        assertThat(rig.door.acks.get(1).getCSeq().getSeqNumber()).isEqualTo(2);
        again.respond(200, null, Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(3);
        assertThat(rig.event(SignalEvent.OfferAnswered.class).sdp()).isEqualTo(Rig.ANSWER);
        assertThat(rig.told()).hasSize(1);
    }

    @Test
    void ourUpdateFallsBackToReInvite() {
        outbound();
        rig.claimed.modify(HOLD, true);
        rig.door.last("UPDATE").respond(405, null, null);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
        assertThat(rig.told()).containsExactly("OfferAnswered");
    }

    @Test
    void ourOfferRefused() {
        outbound();
        rig.claimed.modify(HOLD, false);
        rig.door.last("INVITE").respond(488, null, null);
        assertThat(rig.event(SignalEvent.OfferRefused.class).code()).isEqualTo(488);
    }

    @Test
    void glareIsRepeatedAfter21To4SecondsByTheOwnerOfTheCallId() {
        outbound();
        rig.claimed.modify(HOLD, false);
        rig.door.last("INVITE").respond(491, null, null);
        rig.pass(2099);
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
        rig.pass(1901);
        assertThat(rig.door.count("INVITE")).isEqualTo(3);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
        assertThat(rig.told()).containsExactly("OfferAnswered");
    }

    @Test
    void glareIsRepeatedWithin2SecondsByTheOther() {
        inbound();
        rig.claimed.modify(HOLD, false);
        rig.door.last("INVITE").respond(491, null, null);
        rig.pass(2000);
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
        assertThat(rig.told()).containsExactly("OfferAnswered");
    }

    @Test
    void glareThatDoesNotEndIsRefused() {
        outbound();
        rig.claimed.modify(HOLD, false);
        for (int i = 0; i < 6; i++) {
            rig.door.last("INVITE").respond(491, null, null);
            rig.pass(4000);
        }
        assertThat(rig.event(SignalEvent.OfferRefused.class).code()).isEqualTo(491);
    }

    @Test
    void theirOffersDuringOurs() {
        FakeDoor.Sent invite = outbound();
        rig.claimed.modify(HOLD, false);
        assertThat(rig.fromCallee(invite.request, "b1", "INVITE", 5, HOLD).send().code()).isEqualTo(491);
        assertThat(rig.fromCallee(invite.request, "b1", "UPDATE", 6, HOLD).send().code()).isEqualTo(491);
        assertThat(rig.fromCallee(invite.request, "b1", "UPDATE", 7, null).send().code()).isEqualTo(200);
        // Between a 491 and the next try nothing of ours is under way: theirs goes first.
        rig.door.last("INVITE").respond(491, null, null);
        Rig.Asked theirs = rig.fromCallee(invite.request, "b1", "INVITE", 8, HOLD).send();
        rig.pass(4000);
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(theirs.code()).isEqualTo(200);
        rig.fromCallee(invite.request, "b1", "ACK", 8, null).send();
        assertThat(rig.door.count("INVITE")).isEqualTo(3);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
        assertThat(rig.told()).containsExactly("OfferReceived", "OfferAnswered");
    }

    @Test
    void theirOfferDuringOurRefreshIsTaken() {
        rig.outbound().invite(Rig.OFFER);
        FakeDoor.Sent invite = rig.door.last("INVITE");
        invite.respond(200, "b1", Rig.ANSWER, Messages.ALLOW, new RawHeader("Session-Expires", "300;refresher=uac"));
        rig.events.clear();
        rig.pass(150_000);
        assertThat(rig.door.count("UPDATE")).isEqualTo(1);
        Rig.Asked theirs = rig.fromCallee(invite.request, "b1", "INVITE", 5, HOLD).send();
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(theirs.code()).isEqualTo(200);
    }

    @Test
    void ourSecondOfferWaitsForTheFirst() {
        outbound();
        rig.claimed.modify(HOLD, false);
        rig.claimed.modify(Rig.OFFER, false);
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
        assertThat(Messages.sdp(rig.door.last("INVITE").request)).isEqualTo(Rig.OFFER);
        rig.door.last("INVITE").respond(200, null, Rig.ANSWER);
    }

    @Test
    void anUnknownDialogEndsTheCallWithoutBye() {
        outbound();
        rig.claimed.modify(HOLD, false);
        rig.door.last("INVITE").respond(481, null, null);
        assertThat(rig.event(SignalEvent.Lost.class).cause().kind()).isEqualTo(EndCause.Kind.DIALOG_LOST);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
        assertThat(rig.door.count("BYE")).isZero();
    }

    @Test
    void silenceToAReInviteEndsTheCallWithBye() {
        outbound();
        rig.claimed.modify(HOLD, false);
        rig.door.last("INVITE").timeout();
        assertThat(rig.event(SignalEvent.Lost.class).cause().kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        rig.door.last("BYE").timeout();
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void byeWhileOurReInviteIsUnderWay() {
        FakeDoor.Sent invite = outbound();
        rig.claimed.modify(HOLD, false);
        FakeDoor.Sent again = rig.door.last("INVITE");
        rig.fromCallee(invite.request, "b1", "BYE", 5, null).send();
        rig.claimed.confirmBye();
        again.respond(200, null, Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(2);
        assertThat(rig.told()).containsExactly("ByeReceived", "Closed");
    }

    @Test
    void infoInBothDirections() {
        FakeDoor.Sent invite = outbound();
        rig.claimed.info("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
        assertThat(rig.door.last("INFO").request.encode()).contains("Content-Type: application/dtmf-relay")
                .contains("Signal=5").contains("CSeq: 2 INFO");
        rig.door.last("INFO").respond(200, null, null);
        Rig.Asked info = rig.fromCallee(invite.request, "b1", "INFO", 5, null).send();
        assertThat(info.code()).isEqualTo(200);
        assertThat(rig.event(SignalEvent.InfoReceived.class).body()).isEmpty();
        rig.claimed.info("text/plain", "x");
        rig.door.last("INFO").respond(481, null, null);
        assertThat(rig.told()).containsExactly("InfoReceived", "Lost", "Closed");
    }
}
