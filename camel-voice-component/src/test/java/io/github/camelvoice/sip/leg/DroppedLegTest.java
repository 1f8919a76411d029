package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call is over at once for us; the far end is told once, and is left in no call of its own. */
class DroppedLegTest {

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.assertNothingLeft();
    }

    private FakeDoor.Sent invited() {
        rig.outbound().invite(Rig.OFFER);
        return rig.door.last("INVITE");
    }

    @Test
    void anAnsweredCallIsLeftWithOneBye() {
        invited().respond(200, "b1", Rig.ANSWER);
        rig.claimed.drop("SIP;cause=200", Rig.NONE);
        assertThat(rig.told()).containsExactly("Accepted", "Closed");
        assertThat(rig.door.once).singleElement().satisfies(bye -> {
            assertThat(bye.getMethod()).isEqualTo("BYE");
            assertThat(Messages.value(bye, "Reason")).isEqualTo("SIP;cause=200");
        });
        assertThat(rig.env.legs().live()).isZero();
        assertThat(rig.fromCallee(rig.door.last("INVITE").request, "b1", "BYE", 77, null).send().codes()).containsExactly(481);
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.door.once).hasSize(1);
    }

    @Test
    void aRingingCallIsCancelledOnceAndA200ThatCrossesIsEnded() {
        FakeDoor.Sent invite = invited();
        invite.respond(180, "b1", null);
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.told()).containsExactly("Provisional", "Closed");
        assertThat(invite.cancels).isEqualTo(1);
        assertThat(invite.cancelledOnce).isTrue();
        invite.respond(200, "b1", Rig.ANSWER);
        assertThat(rig.door.acks).hasSize(1);
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Provisional", "Closed");
    }

    @Test
    void aCallThatNobodyAnsweredYetIsCancelledAsSoonAsThatMayBe() {
        FakeDoor.Sent invite = invited();
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.told()).containsExactly("Closed");
        assertThat(invite.cancels).isZero();
        invite.respond(180, "b1", null);
        assertThat(invite.cancels).isEqualTo(1);
        invite.respond(487, "b1", null);
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void afterASoftHangUp() {
        invited().respond(200, "b1", Rig.ANSWER);
        rig.claimed.bye(null, Rig.NONE);
        assertThat(rig.told()).containsExactly("Accepted");
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.told()).containsExactly("Accepted", "Closed");
        assertThat(rig.door.once).isEmpty();
        rig.door.last("BYE").timeout();
    }

    @Test
    void theByeOfACalledSideWaitsForTheAck() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.told()).containsExactly("Closed");
        assertThat(rig.door.sent).isEmpty();
        rig.ack(1, null).send();
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Closed");
    }

    @Test
    void theCallerHangsUpMeanwhile() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.claimed.drop(null, Rig.NONE);
        assertThat(rig.inDialog("BYE", null).send().codes()).containsExactly(200);
    }

    @Test
    void anUnansweredCallIsRefused() {
        Rig.Asked invite = rig.invite(Rig.OFFER).send();
        rig.claimed.drop(null, Rig.NONE);
        assertThat(invite.codes()).containsExactly(480);
        assertThat(rig.told()).containsExactly("Closed");
    }
}
