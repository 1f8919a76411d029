package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 401 and 407 to requests of ours (RFC 3261, section 22). */
class ChallengedLegTest {

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private FakeDoor.Sent invited(String user) {
        rig.outbound(new OutboundLeg("sip:bob@127.0.0.1:5099", null, null, user, user == null ? null : "secret", null, 0, null)).invite(Rig.OFFER);
        return rig.door.last("INVITE");
    }

    private static RawHeader challenge(String name, String realm, String nonce, String more) {
        return new RawHeader(name, "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", qop=\"auth\"" + more);
    }

    @Test
    void theInviteIsRepeatedWithCredentialsAndTheAckHasTheSame() {
        FakeDoor.Sent first = invited("alice");
        first.respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n1", ""));
        FakeDoor.Sent second = rig.door.last("INVITE");
        assertThat(second.request.getCSeq().getSeqNumber()).isEqualTo(2);
        assertThat(second.request.getFromTag()).isEqualTo(first.request.getFromTag());
        String credentials = Messages.value(second.request, "Authorization");
        assertThat(credentials).contains("username=\"alice\"").contains("realm=\"one\"").contains("nc=00000001").doesNotContain("secret");
        second.respond(200, "b1", Rig.ANSWER);
        assertThat(Messages.value(rig.door.acks.get(0), "Authorization")).isEqualTo(credentials);
        rig.claimed.bye(null, Rig.NONE);
        rig.door.last("BYE").respond(407, null, null, challenge("Proxy-Authenticate", "two", "n2", ""));
        assertThat(rig.door.count("BYE")).isEqualTo(2);
        assertThat(Messages.value(rig.door.last("BYE").request, "Proxy-Authorization")).contains("realm=\"two\"");
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("Accepted", "Closed");
    }

    @Test
    void severalRealmsOneAfterTheOther() {
        invited("alice").respond(407, "b0", null, challenge("Proxy-Authenticate", "proxy", "n1", ""));
        rig.door.last("INVITE").respond(401, "b0", null, challenge("WWW-Authenticate", "home", "n2", ""));
        FakeDoor.Sent third = rig.door.last("INVITE");
        assertThat(Messages.value(third.request, "Proxy-Authorization")).contains("realm=\"proxy\"");
        assertThat(Messages.value(third.request, "Authorization")).contains("realm=\"home\"");
    }

    @Test
    void wrongCredentialsAreTriedOnce() {
        invited("alice").respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n1", ""));
        rig.door.last("INVITE").respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n2", ""));
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
        assertThat(rig.event(SignalEvent.Rejected.class).code()).isEqualTo(401);
    }

    @Test
    void aStaleNonceIsReplaced() {
        invited("alice").respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n1", ""));
        rig.door.last("INVITE").respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n2", ", stale=true"));
        assertThat(Messages.value(rig.door.last("INVITE").request, "Authorization")).contains("nonce=\"n2\"");
    }

    @Test
    void withoutCredentialsTheChallengeIsARejection() {
        invited(null).respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n1", ""));
        assertThat(rig.event(SignalEvent.Rejected.class).code()).isEqualTo(401);
        assertThat(rig.door.count("INVITE")).isEqualTo(1);
    }

    @Test
    void aCancelledCallDoesNotAnswerChallenges() {
        FakeDoor.Sent invite = invited("alice");
        rig.claimed.cancel(null);
        invite.respond(401, "b0", null, challenge("WWW-Authenticate", "one", "n1", ""));
        assertThat(rig.door.count("INVITE")).isEqualTo(1);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }
}
