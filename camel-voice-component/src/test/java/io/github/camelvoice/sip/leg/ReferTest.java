package io.github.camelvoice.sip.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.FakeDoor;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REFER and its NOTIFYs within a call, in both directions (RFC 3515, 3892, 4488, 5589). */
class ReferTest {

    private static final ReferRequest BLIND = new ReferRequest("sip:carol@127.0.0.1:5070", null, null, null, null, null);

    private final Rig rig = new Rig();

    @AfterEach
    void nothingIsLeft() {
        rig.claimed.abandon();
        rig.assertNothingLeft();
    }

    private void answered() {
        rig.invite(Rig.OFFER).send();
        rig.claimed.accept(Rig.ANSWER, Rig.NONE);
        rig.ack(1, null).send();
        rig.events.clear();
    }

    private FakeDoor.Sent refer(ReferRequest request) {
        answered();
        rig.claimed.refer(request);
        return rig.door.last("REFER");
    }

    private Rig.Asked notify(String state, String fragment, String... more) {
        String event = more.length == 0 ? "refer" : more[0];
        return rig.inDialog("NOTIFY", fragment, "Event: " + event, "Subscription-State: " + state, "Content-Type: message/sipfrag;version=2.0").send();
    }

    private void byeOfTheirs() {
        rig.inDialog("BYE", null).send();
        rig.claimed.confirmBye();
    }

    private SignalEvent.ReferProgress news() {
        return rig.event(SignalEvent.ReferProgress.class);
    }

    // ---- ours

    @Test
    void aBlindTransferIsAcceptedAndItsResultIsTold() {
        FakeDoor.Sent refer = refer(new ReferRequest("sip:carol@127.0.0.1:5070;transport=tcp", null, null, null, null, SipHeaders.of("X-Why", "lunch")));
        assertThat(Messages.value(refer.request, "Refer-To")).isEqualTo("<sip:carol@127.0.0.1:5070;transport=tcp>");
        assertThat(Messages.value(refer.request, "Referred-By")).isEqualTo("<sip:bob@127.0.0.1>");
        assertThat(Messages.value(refer.request, "Contact")).contains("sip:voice@127.0.0.1:5060");
        assertThat(Messages.value(refer.request, "X-Why")).isEqualTo("lunch");
        refer.respond(202, null, null);
        assertThat(notify("active;expires=60", "SIP/2.0 100 Trying\r\n").code()).isEqualTo(200);
        assertThat(notify("active;expires=60", "SIP/2.0 180 Ringing\r\n").code()).isEqualTo(200);
        assertThat(notify("terminated;reason=noresource", "SIP/2.0 200 OK\r\n").code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("ReferAnswered", "ReferProgress", "ReferProgress", "ReferProgress");
        assertThat(rig.event(SignalEvent.ReferAnswered.class)).isEqualTo(new SignalEvent.ReferAnswered(202, "Accepted", true));
        assertThat(news()).isEqualTo(new SignalEvent.ReferProgress(200, "OK"));
    }

    @Test
    void anAttendedTransferNamesTheOtherDialog() {
        FakeDoor.Sent refer = refer(new ReferRequest("sip:carol@127.0.0.1:5070", new Replaces("a=b@c", "t1", "f1", false), "sip:boss@127.0.0.1",
                null, null, null));
        assertThat(Messages.value(refer.request, "Refer-To"))
                .isEqualTo("<sip:carol@127.0.0.1:5070?Replaces=a%3Db%40c%3Bto-tag%3Dt1%3Bfrom-tag%3Df1>");
        assertThat(Messages.value(refer.request, "Referred-By")).isEqualTo("<sip:boss@127.0.0.1>");
        refer.respond(603, null, null);
        assertThat(rig.event(SignalEvent.ReferAnswered.class).code()).isEqualTo(603);
    }

    @Test
    void aRefusalLeavesTheCallAsItWas() {
        refer(BLIND).respond(405, null, null);
        assertThat(rig.told()).containsExactly("ReferAnswered");
        assertThat(rig.inDialog("INFO", null).send().code()).isEqualTo(200);
        rig.claimed.refer(BLIND);
        assertThat(rig.door.count("REFER")).as("another try").isEqualTo(2);
    }

    @Test
    void silenceDoesNotEndTheCallAndAnUnknownDialogDoes() {
        FakeDoor.Sent refer = refer(BLIND);
        refer.timeout();
        assertThat(rig.event(SignalEvent.ReferAnswered.class).code()).isEqualTo(408);
        assertThat(rig.told()).containsExactly("ReferAnswered");
        rig.claimed.refer(BLIND);
        rig.door.last("REFER").respond(481, null, null);
        assertThat(rig.told()).containsExactly("ReferAnswered", "ReferAnswered", "Lost", "Closed");
    }

    @Test
    void oneAtATime() {
        refer(BLIND);
        assertThatThrownBy(() -> rig.claimed.refer(BLIND)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void challengesAreAnsweredWithTheCredentialsOfTheRequest() {
        FakeDoor.Sent refer = refer(new ReferRequest("sip:carol@127.0.0.1", null, null, "alice", "secret", null));
        refer.respond(407, null, null, new RawHeader("Proxy-Authenticate", "Digest realm=\"one\", nonce=\"n1\", qop=\"auth\""));
        assertThat(rig.door.count("REFER")).isEqualTo(2);
        SIPRequest second = rig.door.last("REFER").request;
        assertThat(Messages.value(second, "Proxy-Authorization")).contains("username=\"alice\"").doesNotContain("secret");
        rig.door.last("REFER").respond(202, null, null);
        assertThat(notify("terminated", "SIP/2.0 200 OK\r\n", "refer;id=" + second.getCSeq().getSeqNumber()).code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("ReferAnswered", "ReferProgress");
    }

    @Test
    void withoutASubscriptionNothingIsWaitedFor() {
        refer(BLIND).respond(202, null, null, new RawHeader("Refer-Sub", "false"));
        assertThat(rig.event(SignalEvent.ReferAnswered.class).told()).isFalse();
    }

    @Test
    void aNotifyMayOvertakeTheAnswer() {
        FakeDoor.Sent refer = refer(BLIND);
        notify("terminated", "SIP/2.0 486 Busy Here\r\n");
        refer.respond(202, null, null);
        assertThat(rig.told()).containsExactly("ReferProgress", "ReferAnswered");
        assertThat(news().code()).isEqualTo(486);
    }

    @Test
    void aTerminatedNotifyWithoutABodyEndsItWithoutAResult() {
        refer(BLIND).respond(202, null, null);
        Rig.Asked notify = rig.inDialog("NOTIFY", null, "Event: refer", "Subscription-State: terminated;reason=noresource").send();
        assertThat(notify.code()).isEqualTo(200);
        assertThat(news().code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIP/2.0", "SIP/2.0 999 x", "HTTP/1.1 200 OK", "SIP/2.0 20 OK", "\r\nSIP/2.0 200 OK", "SIP/2.0 2000 OK"})
    void aFragmentThatCannotBeReadSaysNothing(String fragment) {
        refer(BLIND).respond(202, null, null);
        assertThat(notify("active", fragment + "\r\n").code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("ReferAnswered");
    }

    @Test
    void ofAHugeFragmentTheFirstLineIsRead() {
        refer(BLIND).respond(202, null, null);
        notify("terminated", "SIP/2.0 503 " + "x".repeat(300) + "\r\n" + "A: b\r\n".repeat(5000));
        assertThat(news().code()).isEqualTo(503);
        assertThat(news().phrase()).hasSize(128);
        rig.events.clear();
        assertThat(rig.inDialog("BYE", null).send().code()).isZero();
        rig.claimed.confirmBye();
    }

    @Test
    void aNotifyOfAnUnknownSubscriptionGets481() {
        answered();
        assertThat(notify("active", "SIP/2.0 200 OK\r\n").code()).isEqualTo(481);
        rig.claimed.refer(BLIND);
        assertThat(notify("active", "SIP/2.0 200 OK\r\n", "refer;id=77").code()).isEqualTo(481);
        assertThat(notify("active", "SIP/2.0 200 OK\r\n", "presence").code()).isEqualTo(489);
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void theResultMayComeBehindTheBye() {
        refer(BLIND).respond(202, null, null);
        byeOfTheirs();
        assertThat(rig.told()).containsExactly("ReferAnswered", "ByeReceived");
        assertThat(rig.inDialog("INFO", null).send().code()).isEqualTo(481);
        // Sent before the BYE, and overtaken by it.
        Rig.Asked late = rig.request("NOTIFY", ";tag=" + rig.tag(), "a1", 1, "SIP/2.0 200 OK\r\n", "Event: refer", "Subscription-State: terminated",
                "Content-Type: message/sipfrag").send();
        assertThat(late.code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("ReferAnswered", "ByeReceived", "ReferProgress", "Closed");
        assertThat(notify("terminated", "SIP/2.0 200 OK\r\n").code()).isEqualTo(481);
    }

    @Test
    void theResultIsNotWaitedForForever() {
        refer(BLIND).respond(202, null, null);
        rig.claimed.bye(null, Rig.NONE);
        rig.door.last("BYE").respond(200, null, null);
        assertThat(rig.told()).containsExactly("ReferAnswered");
        rig.pass(4_000);
        assertThat(rig.told()).containsExactly("ReferAnswered", "Closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil", "tel:+49123", "sip:", "carol", "sip:carol@host\r\nVia: x", "sip:carol@host>;x=<y"})
    void whoIsNoSipUriIsNotNamed(String target) {
        answered();
        assertThatThrownBy(() -> rig.claimed.refer(new ReferRequest(target, null, null, null, null, null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("transfer target");
        assertThatThrownBy(() -> rig.claimed.refer(new ReferRequest("sip:a@b", null, null, null, null, SipHeaders.of("Refer-To", "<sip:x@y>"))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Refer-To");
        assertThat(rig.door.sent).isEmpty();
    }

    // ---- theirs

    private Rig.Asked asked(String... headers) {
        answered();
        return rig.inDialog("REFER", null, headers).send();
    }

    @Test
    void anAcceptedReferIsToldHowItGoes() {
        Rig.Asked refer = asked("Refer-To: Carol <sip:carol@127.0.0.1:5070?X-Account=7&Replaces=a%40b%3Bto-tag%3Dt%3Bfrom-tag%3Df&Require=replaces>",
                "Referred-By: <sip:alice@127.0.0.1>");
        assertThat(refer.codes()).isEmpty();
        SignalEvent.ReferReceived wish = rig.event(SignalEvent.ReferReceived.class);
        assertThat(wish.target()).isEqualTo("sip:carol@127.0.0.1:5070");
        assertThat(wish.replaces()).isEqualTo(new Replaces("a@b", "t", "f", false));
        assertThat(wish.uriHeaders()).isEqualTo(SipHeaders.of("x-account", "7"));
        assertThat(wish.referredBy()).contains("sip:alice@127.0.0.1");
        rig.claimed.answerRefer(202, null);
        assertThat(refer.code()).isEqualTo(202);
        assertThat(Messages.value(refer.last(), "Contact")).contains("voice@");
        FakeDoor.Sent trying = rig.door.last("NOTIFY");
        assertThat(Messages.body(trying.request)).isEqualTo("SIP/2.0 100 Trying\r\n");
        assertThat(Messages.value(trying.request, "Event")).isEqualTo("refer");
        assertThat(Messages.value(trying.request, "Subscription-State")).startsWith("active;expires=");
        rig.claimed.notifyRefer(180, null);
        rig.claimed.notifyRefer(183, null);
        assertThat(rig.door.count("NOTIFY")).as("one at a time").isEqualTo(1);
        trying.respond(200, null, null);
        assertThat(Messages.body(rig.door.last("NOTIFY").request)).startsWith("SIP/2.0 183");
        rig.claimed.notifyRefer(200, null);
        rig.door.last("NOTIFY").respond(200, null, null);
        FakeDoor.Sent last = rig.door.last("NOTIFY");
        assertThat(Messages.body(last.request)).isEqualTo("SIP/2.0 200 OK\r\n");
        assertThat(Messages.value(last.request, "Subscription-State")).isEqualTo("terminated;reason=noresource");
        assertThat(rig.told()).containsExactly("ReferReceived");
        last.respond(200, null, null);
        assertThat(rig.told()).containsExactly("ReferReceived", "ReferNotified");
        assertThat(rig.door.count("NOTIFY")).isEqualTo(3);
    }

    @Test
    void aRefusedReferChangesNothing() {
        Rig.Asked refer = asked("Refer-To: <sip:carol@127.0.0.1>");
        assertThat(rig.inDialog("REFER", null, "Refer-To: <sip:dave@127.0.0.1>").send().code()).isEqualTo(491);
        rig.claimed.answerRefer(603, null);
        assertThat(refer.codes()).containsExactly(603);
        rig.claimed.notifyRefer(180, null);
        assertThat(rig.door.sent).isEmpty();
    }

    @Test
    void theSecondReferOfADialogHasItsNumber() {
        asked("Refer-To: <sip:carol@127.0.0.1>");
        rig.claimed.answerRefer(603, null);
        rig.inDialog("REFER", null, "r: <sip:dave@127.0.0.1>").send();
        rig.claimed.answerRefer(202, null);
        assertThat(Messages.value(rig.door.last("NOTIFY").request, "Event")).isEqualTo("refer;id=" + rig.seq());
    }

    @Test
    void whoWantsNoSubscriptionGetsNone() {
        Rig.Asked refer = asked("Refer-To: <sip:carol@127.0.0.1>", "Refer-Sub: false");
        rig.claimed.answerRefer(202, null);
        assertThat(refer.code()).isEqualTo(200);
        assertThat(Messages.value(refer.last(), "Refer-Sub")).isEqualTo("false");
        rig.claimed.notifyRefer(200, null);
        assertThat(rig.door.sent).isEmpty();
        assertThat(rig.told()).endsWith("ReferNotified");
    }

    @Test
    void theResultIsToldBehindTheByeToo() {
        asked("Refer-To: <sip:carol@127.0.0.1>");
        rig.claimed.answerRefer(202, null);
        rig.door.last("NOTIFY").respond(200, null, null);
        byeOfTheirs();
        assertThat(rig.told()).containsExactly("ReferReceived", "ByeReceived", "Closed");
        rig.claimed.notifyRefer(200, null);
        assertThat(Messages.body(rig.door.last("NOTIFY").request)).isEqualTo("SIP/2.0 200 OK\r\n");
        assertThat(rig.env.legs().live()).isEqualTo(1);
        rig.door.last("NOTIFY").respond(481, null, null);
        assertThat(rig.env.legs().live()).isZero();
        assertThat(rig.told()).endsWith("Closed");
    }

    @Test
    void aReferThatNobodyDecidedAboutIsAnsweredWhenTheCallEnds() {
        Rig.Asked refer = asked("Refer-To: <sip:carol@127.0.0.1>");
        byeOfTheirs();
        assertThat(refer.codes()).containsExactly(487);
    }

    @ParameterizedTest
    @CsvSource({
        "Refer-To: <tel:+49123>,416", "Refer-To: <http://evil/x>,416", "Refer-To: <sip:carol@h?Replaces=a%0d%0aVia:x>,400",
        "Refer-To: <sip:carol@h?Subject=a%0d%0aVia:%20x>,400", "Refer-To: <sip:carol@h?Via=x>,400", "Refer-To: <sip:carol@h?Route=%3Csip:x%3E>,400",
        "Refer-To: <sip:carol@h?Replaces=nothing>,400", "Refer-To: <sip:carol@h?Replaces=%zz>,400", "Refer-To: <sip:carol@h;method=BYE>,501",
        "X-Nothing: here,400"})
    void whatMayNotBeReferredToIsRefused(String header, int code) {
        assertThat(asked(header).codes()).containsExactly(code);
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void aReferOutsideADialogIsForbidden() {
        answered();
        assertThat(rig.request("REFER", "", "a9", 1, null, "Refer-To: <sip:carol@127.0.0.1>").send().codes()).containsExactly(403);
        assertThat(rig.request("REFER", ";tag=guess", "a1", 1, null, "Refer-To: <sip:carol@127.0.0.1>").send().codes()).containsExactly(481);
        assertThat(rig.inDialog("REFER", null, "Refer-To: <sip:carol@127.0.0.1>").from("127.0.0.9").send().codes()).containsExactly(481);
        assertThat(rig.told()).isEmpty();
    }

    @Test
    void whetherTheFarEndTakesReferIsKnownFromItsAllow() {
        rig.invite(Rig.OFFER, "Allow: INVITE, ACK, BYE").send();
        assertThat(rig.claimed.dialog().takesRefer()).isFalse();
        rig.claimed.reject(486, null, Rig.NONE);
        Rig other = new Rig();
        other.invite(Rig.OFFER).send();
        assertThat(other.claimed.dialog().takesRefer()).isTrue();
        assertThat(other.claimed.dialog().isMeantBy(new Replaces("call1", other.tag(), "a1", false))).isTrue();
        assertThat(other.claimed.dialog().isMeantBy(new Replaces("call1", "a1", other.tag(), false))).isFalse();
        other.claimed.abandon();
    }

    @Test
    void headersForTheTargetStandInTheUri() {
        FakeDoor.Sent refer = refer(new ReferRequest("sip:carol@127.0.0.1:5070", null, null, null, null, null,
                SipHeaders.of("X-Case", "a&b=c?", "X-Name", "J\u00fcrgen, 1")));
        assertThat(Messages.value(refer.request, "Refer-To"))
                .isEqualTo("<sip:carol@127.0.0.1:5070?X-Case=a%26b%3Dc%3F&X-Name=J%C3%BCrgen%2C%201>");
        refer.respond(603, null, null);
        byeOfTheirs();
    }
}
