package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.Messages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 3262 of the called side. */
class ReliableProvisionalsTest {

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private Rig.Asked prack(Rig.Asked invite) {
        return rig.inDialog("PRACK", null, "RAck: " + Messages.value(invite.last(), "RSeq") + " 1 INVITE").send();
    }

    @Test
    void onlyIfTheCallerSupportsIt() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        assertThat(Messages.value(invite.last(), "RSeq")).isNull();
        rig.claimed.reject(480, null, Rig.NONE);
    }

    @Test
    void alwaysIfTheCallerRequiresIt() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Require: 100rel").send();
        rig.claimed.provisional(180, null, null, false, Rig.NONE);
        assertThat(Messages.value(invite.last(), "Require")).isEqualTo("100rel");
        assertThat(prack(invite).code()).isEqualTo(200);
        rig.claimed.reject(480, null, Rig.NONE);
    }

    @Test
    void repeatedUntilThePrackComes() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(180, null, null, true, Rig.NONE);
        rig.pass(500 + 1000 + 2000);
        assertThat(invite.codes()).containsExactly(180, 180, 180, 180);
        Rig.Asked wrong = rig.inDialog("PRACK", null, "RAck: 1 1 INVITE").send();
        assertThat(wrong.code()).isEqualTo(481);
        assertThat(prack(invite).code()).isEqualTo(200);
        assertThat(prack(invite).code()).isEqualTo(481);
        rig.pass(60_000);
        assertThat(invite.codes()).hasSize(4);
    }

    @Test
    void oneAfterTheOther() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(180, null, null, true, Rig.NONE);
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        assertThat(invite.codes()).containsExactly(180);
        long first = Long.parseLong(Messages.value(invite.last(), "RSeq"));
        prack(invite);
        assertThat(invite.codes()).containsExactly(180, 183);
        assertThat(Long.parseLong(Messages.value(invite.last(), "RSeq"))).isEqualTo(first + 1);
        prack(invite);
    }

    @Test
    void the200WaitsForThePrackOfAnAnswer() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        assertThat(invite.codes()).containsExactly(183);
        prack(invite);
        assertThat(invite.codes()).containsExactly(183, 200);
        assertThat(Messages.sdp(invite.last())).isNull();
        rig.ack(1, null).send();
        assertThat(rig.told()).containsExactly("Acked");
    }

    @Test
    void the200DoesNotWaitWhereThereWasNoAnswer() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(180, null, null, true, Rig.NONE);
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        assertThat(invite.codes()).containsExactly(180, 200);
        rig.pass(600);
        assertThat(invite.codes()).containsExactly(180, 200, 200);
        Rig.Asked late = rig.inDialog("PRACK", null, "RAck: " + Messages.value(invite.responses.get(0), "RSeq") + " 1 INVITE").send();
        assertThat(late.code()).isEqualTo(200);
    }

    @Test
    void withoutPrackTheCallIsGivenUp() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.pass(32_000);
        assertThat(invite.code()).isEqualTo(504);
        EndCause cause = rig.event(SignalEvent.Lost.class).cause();
        assertThat(cause.sipCode()).isEqualTo(504);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void anOfferInThePrack() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: 100rel").send();
        rig.claimed.provisional(183, null, Rig.ANSWER, true, Rig.NONE);
        Rig.Asked prack = rig.inDialog("PRACK", Rig.OFFER + "a=inactive\r\n",
                "RAck: " + Messages.value(invite.last(), "RSeq") + " 1 INVITE").send();
        assertThat(rig.told()).containsExactly("OfferReceived");
        rig.claimed.answerOffer(Rig.ANSWER);
        assertThat(prack.code()).isEqualTo(200);
        assertThat(Messages.sdp(prack.last())).isEqualTo(Rig.ANSWER);
    }
}
