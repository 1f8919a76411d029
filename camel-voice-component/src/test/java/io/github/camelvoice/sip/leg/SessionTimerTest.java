package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 4028 in both roles. */
class SessionTimerTest {

    private Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private Rig.Asked inbound(String... headers) {
        Rig.Asked invite = rig.invite(Rig.OFFER, headers).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        rig.events.clear();
        return invite;
    }

    private FakeDoor.Sent outbound(RawHeader... headers) {
        rig.outbound().invite(Rig.OFFER);
        FakeDoor.Sent invite = rig.door.last("INVITE");
        invite.respond(200, "b1", Rig.ANSWER, headers);
        rig.events.clear();
        return invite;
    }

    private static void terms(Rig.Asked invite, String expected) {
        assertThat(Messages.value(invite.last(), "Session-Expires")).isEqualTo(expected);
    }

    @Test
    void theCallerRefreshesAsItAsked() {
        Rig.Asked invite = inbound("Supported: timer", "Session-Expires: 300;refresher=uac");
        terms(invite, "300;refresher=uac");
        assertThat(Messages.value(invite.last(), "Require")).isEqualTo("timer");
        rig.pass(267_999);
        rig.inDialog("UPDATE", null, "Supported: timer", "Session-Expires: 300;refresher=uac").send();
        rig.pass(267_999);
        assertThat(rig.told()).isEmpty();
        rig.pass(1);
        EndCause cause = rig.event(SignalEvent.Lost.class).cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.SESSION_EXPIRED);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
        assertThat(Messages.value(rig.door.last("BYE").request, "Reason")).contains("cause=408");
        rig.door.last("BYE").respond(481, null, null);
        assertThat(rig.told()).containsExactly("Lost", "Closed");
    }

    @Test
    void weRefreshWithUpdateAtHalf() {
        Rig.Asked invite = inbound("Supported: timer", "Session-Expires: 300", "Allow: INVITE, UPDATE");
        terms(invite, "300;refresher=uas");
        rig.pass(150_000);
        FakeDoor.Sent update = rig.door.last("UPDATE");
        assertThat(Messages.sdp(update.request)).isNull();
        assertThat(Messages.value(update.request, "Session-Expires")).isEqualTo("300;refresher=uac");
        update.respond(200, null, null, new RawHeader("Session-Expires", "300;refresher=uac"));
        rig.pass(149_999);
        assertThat(rig.door.count("UPDATE")).isEqualTo(1);
        rig.pass(1);
        assertThat(rig.door.count("UPDATE")).isEqualTo(2);
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void weRefreshWithAReInviteThatSaysTheSame() {
        inbound("Supported: timer", "Session-Expires: 300;refresher=uas");
        rig.pass(150_000);
        FakeDoor.Sent again = rig.door.last("INVITE");
        assertThat(Messages.sdp(again.request)).isEqualTo(Rig.ANSWER);
        again.respond(200, null, Rig.OFFER, new RawHeader("Session-Expires", "300;refresher=uac"));
        assertThat(rig.door.acks).hasSize(1);
        rig.pass(150_000);
        rig.events.clear();
        rig.door.last("INVITE").respond(200, null, Rig.OFFER);
        assertThat(rig.told()).isEmpty();
        // No Session-Expires in the 200: there is no timer from here on.
        rig.pass(1_000_000);
        assertThat(rig.door.count("INVITE")).isEqualTo(2);
    }

    @Test
    void aRefreshThatFailsEndsTheCallWhenTheSessionExpires() {
        inbound("Supported: timer", "Session-Expires: 300", "Allow: UPDATE");
        rig.pass(150_000);
        rig.door.last("UPDATE").respond(500, null, null);
        rig.pass(59_000);
        assertThat(rig.door.count("UPDATE")).isEqualTo(2);
        rig.door.last("UPDATE").respond(500, null, null);
        rig.pass(58_999);
        assertThat(rig.door.count("UPDATE")).isGreaterThan(2);
        assertThat(rig.told()).isEmpty();
        rig.pass(1);
        assertThat(rig.event(SignalEvent.Lost.class).cause().kind()).isEqualTo(EndCause.Kind.SESSION_EXPIRED);
    }

    @Test
    void aRefreshWithoutAnswerEndsTheCall() {
        inbound("Supported: timer", "Session-Expires: 300", "Allow: UPDATE");
        rig.pass(150_000);
        rig.door.last("UPDATE").timeout();
        assertThat(rig.event(SignalEvent.Lost.class).cause().kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        assertThat(rig.door.count("BYE")).isEqualTo(1);
    }

    @Test
    void ourIntervalIsTheLongest() {
        terms(inbound("Supported: timer", "Session-Expires: 7200;refresher=uac"), "1800;refresher=uac");
    }

    @Test
    void theirLeastIntervalCounts() {
        terms(inbound("Supported: timer", "Session-Expires: 7200;refresher=uac", "Min-SE: 3600"), "3600;refresher=uac");
    }

    @Test
    void aCallerThatDoesNotKnowTimersIsLeftAlone() {
        assertThat(Messages.value(inbound().last(), "Session-Expires")).isNull();
        assertThat(rig.timers.pending()).isZero();
    }

    @Test
    void anIntervalThatAProxyAskedForIsOursToRefresh() {
        Rig.Asked invite = inbound("Session-Expires: 300");
        terms(invite, "300;refresher=uas");
        assertThat(Messages.value(invite.last(), "Require")).isNull();
    }

    @Test
    void anIntervalTooBriefIsRefusedWith422() {
        Rig.Asked invite = rig.invite(Rig.OFFER, "Supported: timer", "Session-Expires: 60").send();
        assertThat(invite.code()).isEqualTo(422);
        assertThat(Messages.value(invite.last(), "Min-SE")).isEqualTo("90");
        assertThat(rig.claimed).isNull();
        inbound("Supported: timer", "Session-Expires: 90");
        Rig.Asked update = rig.inDialog("UPDATE", null, "Supported: timer", "Session-Expires: 60").send();
        assertThat(update.code()).isEqualTo(422);
    }

    @Test
    void switchedOff() {
        LegSettings d = Rig.SETTINGS;
        rig = new Rig(new LegSettings(d.t1Millis(), d.t2Millis(), 0, d.minSe(), true, d.identity(), null));
        Rig.Asked invite = inbound("Supported: timer", "Session-Expires: 60");
        assertThat(Messages.value(invite.last(), "Session-Expires")).isNull();
        assertThat(Messages.value(invite.last(), "Supported")).isEqualTo("100rel, replaces");
        Rig.Asked demanding = rig.invite(Rig.OFFER, "Require: timer").send();
        assertThat(demanding.code()).isEqualTo(420);
        assertThat(Messages.value(demanding.last(), "Unsupported")).isEqualTo("timer");
        assertThat(rig.timers.pending()).isZero();
    }

    @Test
    void theCalleeRefreshesOurCall() {
        FakeDoor.Sent invite = outbound(new RawHeader("Session-Expires", "300;refresher=uas"), Messages.REQUIRE_TIMER);
        rig.pass(200_000);
        Rig.Asked refresh = rig.fromCallee(invite.request, "b1", "UPDATE", 5, null, "Supported: timer",
                "Session-Expires: 300;refresher=uac").send();
        assertThat(Messages.value(refresh.last(), "Session-Expires")).isEqualTo("300;refresher=uac");
        rig.pass(267_999);
        assertThat(rig.told()).isEmpty();
        rig.pass(1);
        assertThat(rig.told()).containsExactly("Lost");
    }

    @Test
    void weRefreshOurCall() {
        outbound(new RawHeader("Session-Expires", "300;refresher=uac"), Messages.ALLOW);
        rig.pass(150_000);
        assertThat(rig.door.count("UPDATE")).isEqualTo(1);
        rig.door.last("UPDATE").respond(422, null, null, new RawHeader("Min-SE", "600"));
        FakeDoor.Sent second = rig.door.last("UPDATE");
        assertThat(Messages.value(second.request, "Session-Expires")).isEqualTo("600;refresher=uac");
        second.respond(200, null, null, new RawHeader("Session-Expires", "600;refresher=uac"));
        rig.pass(299_999);
        assertThat(rig.door.count("UPDATE")).isEqualTo(2);
        rig.pass(1);
        assertThat(rig.door.count("UPDATE")).isEqualTo(3);
    }

    @Test
    void aCalleeWithoutTimers() {
        outbound();
        assertThat(rig.timers.pending()).isZero();
    }
}
