package io.github.camelvoice.sip.event;

import static io.github.camelvoice.sip.event.SubscriberRig.ACTIVE;
import static io.github.camelvoice.sip.event.SubscriberRig.expires;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.spi.UsageSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and what becomes of it. */
class SubscriberTest {

    private final SubscriberRig rig = new SubscriberRig();

    @Test
    void theSubscribeHasAllThatItNeeds() {
        rig.subscribe(new UsageSpec("sip:bob@127.0.0.1:5099", "sip:watcher@example.com", "dialog;call-id=\"a@b\"", List.of("application/dialog-info+xml",
                "application/x"), 600, true, null, "sip:127.0.0.1:5088", null, null, Map.of("X-Trace", "7")));
        String text = rig.last().request.encode();
        assertThat(text).startsWith("SUBSCRIBE sip:bob@127.0.0.1:5099 SIP/2.0\r\n")
                .contains("\r\nEvent: dialog;call-id=\"a@b\"\r\n", "\r\nExpires: 600\r\n", "\r\nSupported: eventlist\r\n", "\r\nX-Trace: 7\r\n",
                        "\r\nAccept: application/dialog-info+xml, application/x, multipart/related, application/rlmi+xml\r\n",
                        "\r\nRoute: <sip:127.0.0.1:5088;lr>\r\n", "\r\nContact: <sip:voice@127.0.0.1:5060>\r\n", "From: <sip:watcher@example.com>;tag=");
    }

    @Test
    void aListOfRecipientsGoesByTcp() {
        byte[] list = ("<resource-lists>" + "x".repeat(900) + "</resource-lists>").getBytes(StandardCharsets.UTF_8);
        rig.subscribe(new UsageSpec("sip:rls@127.0.0.1:5099", null, "reg", List.of("application/reginfo+xml"), 600, false, list, null, null, null, Map.of()));
        String text = rig.last().request.encode();
        assertThat(text).startsWith("SUBSCRIBE sip:rls@127.0.0.1:5099;transport=tcp SIP/2.0\r\n").contains("Require: recipient-list-subscribe",
                "Content-Disposition: recipient-list", "Content-Type: application/resource-lists+xml", "Supported: eventlist", "<resource-lists>",
                "Contact: <sip:voice@127.0.0.1:5060;transport=tcp>");
        rig.last().respond(200, "n1", null, expires(600), new RawHeader("Require", "eventlist"));
        assertThat(rig.events).containsExactly(new UsageEvent.Accepted(600, true));
        assertThat(rig.notify(1, ACTIVE, "Require: eventlist").event("Event: reg").send().code()).isEqualTo(200);
        rig.pass(599);
        assertThat(rig.last().request.encode()).as("refreshed without the list").doesNotContain("Require", "resource-lists>").contains("Supported: eventlist");
    }

    @Test
    void whatIsWrongIsSaid() {
        for (UsageSpec wrong : List.of(
                new UsageSpec("tel:+123", null, "dialog", List.of("a/b"), 60, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1;transport=tls", null, "dialog", List.of("a/b"), 60, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1", null, "dia log", List.of("a/b"), 60, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1", null, "dialog\r\nX: y", List.of("a/b"), 60, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1", null, "dialog", List.of("a/b\r\nX: y"), 60, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1", null, "dialog", List.of("a/b"), -1, false, null, null, null, null, Map.of()),
                new UsageSpec("sip:bob@127.0.0.1", null, "dialog", List.of("a/b"), 60, false, null, null, null, null, Map.of("Contact", "x")))) {
            assertThatThrownBy(() -> rig.subscribe(wrong)).as(wrong.toString()).isInstanceOf(IllegalArgumentException.class);
        }
        rig.assertNothingLeft();
    }

    @Test
    void accepted() {
        Usage usage = rig.subscribe(3600);
        rig.last().respond(202, "n1", null, expires(1800));
        assertThat(rig.notify(1, "pending;expires=1800").send().code()).isEqualTo(200);
        assertThat(rig.notify(2, "active;expires=1799").body("<dialog-info/>").send().code()).isEqualTo(200);
        assertThat(rig.told()).containsExactly("accepted 1800", "n1 pending", "n1 active");
        UsageEvent.Notified told = (UsageEvent.Notified) rig.events.get(2);
        assertThat(told.contentType()).isEqualTo("application/dialog-info+xml");
        assertThat(told.body()).asString(StandardCharsets.UTF_8).isEqualTo("<dialog-info/>");
        assertThat(told.expires()).isEqualTo(1799);
        rig.run(usage::close);
        rig.assertNothingLeft();
        assertThat(rig.notify(3, ACTIVE).send().code()).as("after close").isEqualTo(481);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 403, 404, 405, 415, 420, 480, 481, 489, 494, 500, 503, 600, 603})
    void refused(int code) {
        rig.subscribe(3600);
        rig.last().respond(code, "n1", null, new RawHeader("Retry-After", "30 (busy);duration=5"), new RawHeader("Unsupported", "eventlist, x"));
        assertThat(rig.told()).containsExactly("refused " + code + " after 30");
        assertThat(((UsageEvent.Refused) rig.events.get(0)).unsupported()).containsExactly("eventlist", "x");
        assertThat(rig.door.count("SUBSCRIBE")).as("redirections are not followed").isEqualTo(1);
        rig.assertNothingLeft();
    }

    @Test
    void noAnswer() {
        rig.subscribe(3600);
        rig.last().timeout();
        rig.subscribe(3600);
        rig.last().fail();
        assertThat(rig.told()).containsExactly("refused 408", "refused 503");
        rig.assertNothingLeft();
    }

    @Test
    void noNotify() {
        rig.subscribe(3600);
        rig.last().respond(200, "n1", null, expires(3600));
        rig.pass(31.9);
        assertThat(rig.told()).containsExactly("accepted 3600");
        rig.pass(0.2);
        assertThat(rig.told()).containsExactly("accepted 3600", "ended NO_NOTIFY");
        rig.assertNothingLeft();
    }

    @Test
    void anIntervalThatIsTooBriefIsRaisedOnce() {
        rig.subscribe(60);
        rig.last().respond(423, "n1", null, new RawHeader("Min-Expires", "300"));
        assertThat(rig.lastHeader("Expires")).isEqualTo("300");
        assertThat(rig.lastHeader("CSeq")).isEqualTo("2 SUBSCRIBE");
        rig.last().respond(423, "n1", null, new RawHeader("Min-Expires", "400"));
        assertThat(rig.told()).containsExactly("refused 423");
        rig.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "30", "999999999"})
    void aDemandThatMakesNoSenseIsARefusal(String demanded) {
        rig.subscribe(60);
        rig.last().respond(423, "n1", null, new RawHeader("Min-Expires", demanded));
        assertThat(rig.told()).containsExactly("refused 423");
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(1);
    }

    @Test
    void whoIsAskedSaysWhoHeIs() {
        rig.subscribe(new UsageSpec("sip:bob@127.0.0.1:5099", null, "dialog", List.of("a/b"), 60, false, null, null, "alice", "wonder", Map.of()));
        assertThat(rig.last().request.encode()).doesNotContain("Authorization");
        rig.last().respond(401, "n1", null, new RawHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\", algorithm=MD5, qop=\"auth\""));
        assertThat(rig.last().request.encode()).contains("Authorization: Digest username=\"alice\"", "CSeq: 2 SUBSCRIBE");
        rig.last().respond(200, "n1", null, expires(60));
        assertThat(rig.notify(1, "active;expires=60").send().code()).isEqualTo(200);
        rig.pass(59);
        assertThat(rig.last().request.encode()).as("refresh").contains("nc=00000002", "CSeq: 3 SUBSCRIBE");
    }

    @Test
    void wrongCredentials() {
        rig.subscribe(new UsageSpec("sip:bob@127.0.0.1:5099", null, "dialog", List.of("a/b"), 60, false, null, null, "alice", "wrong", Map.of()));
        for (int i = 0; i < 2; i++) {
            rig.last().respond(401, "n1", null, new RawHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"" + i + "\", algorithm=MD5"));
        }
        assertThat(rig.told()).containsExactly("refused 401");
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(2);
        rig.assertNothingLeft();
    }

    @Test
    void aNotifyBeforeTheAnswer() {
        rig.subscribe(3600);
        assertThat(rig.notify(1, "active;expires=100").send().code()).isEqualTo(200);
        rig.last().respond(200, "n1", null, expires(3600));
        assertThat(rig.told()).containsExactly("n1 active", "accepted 3600");
        rig.pass(61);
        assertThat(rig.door.count("SUBSCRIBE")).as("what the NOTIFY says counts more").isEqualTo(2);
    }

    @Test
    void aNotifyAndNoAnswerIsAnAnswer() {
        rig.subscribe(3600);
        rig.notify(1, ACTIVE).send();
        rig.last().timeout();
        assertThat(rig.told()).containsExactly("n1 active", "accepted 3600");
        assertThat(rig.subscriber.live()).isEqualTo(1);
    }

    @Test
    void aNotifyAndARefusal() {
        rig.subscribe(3600);
        rig.notify(1, ACTIVE).send();
        rig.last().respond(503, "n1", null);
        assertThat(rig.told()).containsExactly("n1 active", "refused 503");
        rig.assertNothingLeft();
    }

    @Test
    void allIsSaidBeforeTheAnswer() {
        rig.subscribe(3600);
        rig.notify(1, "terminated;reason=rejected").send();
        assertThat(rig.told()).containsExactly("n1 terminated rejected");
        rig.last().respond(202, "n1", null, expires(3600));
        assertThat(rig.told()).containsExactly("n1 terminated rejected", "accepted 3600", "ended TERMINATED");
        rig.assertNothingLeft();
    }

    @Test
    void fetched() {
        rig.subscribe(0);
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        rig.last().respond(200, "n1", null, expires(0));
        rig.notify(1, "terminated;reason=timeout").body("<dialog-info/>").send();
        assertThat(rig.told()).containsExactly("accepted 0", "n1 terminated timeout", "ended UNSUBSCRIBED");
        rig.assertNothingLeft();
    }

    @Test
    void fetchedFromWhoSaysActive() {
        rig.subscribe(0);
        rig.last().respond(200, "n1", null, expires(0));
        rig.notify(1, "active").send();
        rig.pass(33);
        assertThat(rig.told()).containsExactly("accepted 0", "n1 active", "ended UNSUBSCRIBED");
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(1);
        rig.assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deactivated", "probation;retry-after=60", "rejected", "timeout", "giveup;retry-after=5", "noresource", "invariant", "whatever"})
    void terminatedForAReason(String reason) {
        rig.open();
        rig.notify(2, "terminated;reason=" + reason).send();
        assertThat(rig.told()).containsExactly("n1 terminated " + reason.replace(";retry-after=", " after "), "ended TERMINATED");
        rig.assertNothingLeft();
    }

    @Test
    void forks() {
        rig.open();
        assertThat(rig.notifyFrom("n2", 1, "active;expires=600", "Contact: <sip:fork@127.0.0.2:5077>").from("127.0.0.2").send().code()).isEqualTo(200);
        rig.pass(561);
        assertThat(rig.last().request.encode()).startsWith("SUBSCRIBE sip:fork@127.0.0.2:5077 ").contains(";tag=n2", "CSeq: 2 SUBSCRIBE");
        rig.last().respond(481, null, null);
        assertThat(rig.told()).as("the other one lives").containsExactly("n2 active", "n2 terminated");
        rig.notify(2, "terminated;reason=timeout").send();
        assertThat(rig.told()).endsWith("n1 terminated timeout", "ended TERMINATED");
        rig.assertNothingLeft();
    }

    @Test
    void forksAreBounded() {
        rig.open();
        for (int i = 2; i <= Forks.MAX; i++) {
            assertThat(rig.notifyFrom("n" + i, 1, ACTIVE).send().code()).isEqualTo(200);
        }
        assertThat(rig.notifyFrom("n99", 1, ACTIVE).send().code()).isEqualTo(481);
    }

    @Test
    void noForksAfterTimerN() {
        rig.open();
        assertThat(rig.notifyFrom("n2", 1, ACTIVE).passes()).isTrue();
        rig.pass(32.1);
        assertThat(rig.notifyFrom("n2", 1, ACTIVE).passes()).isFalse();
        assertThat(rig.notifyFrom("n2", 1, ACTIVE).send().code()).isEqualTo(481);
        assertThat(rig.notify(2, ACTIVE).send().code()).isEqualTo(200);
    }

    @Test
    void unsubscribed() {
        Usage usage = rig.open();
        rig.run(usage::end);
        assertThat(rig.lastHeader("Expires")).isEqualTo("0");
        rig.last().respond(200, null, null, expires(0));
        assertThat(rig.told()).isEmpty();
        rig.notify(2, "terminated;reason=timeout").send();
        assertThat(rig.told()).containsExactly("n1 terminated timeout", "ended UNSUBSCRIBED");
        rig.assertNothingLeft();
    }

    @Test
    void unsubscribedWithoutALastWord() {
        Usage usage = rig.open();
        rig.run(usage::end);
        rig.last().respond(200, null, null, expires(0));
        rig.pass(33);
        assertThat(rig.told()).containsExactly("ended UNSUBSCRIBED");
        rig.assertNothingLeft();
    }

    @Test
    void unsubscribedBeforeAnythingCame() {
        Usage usage = rig.subscribe(3600);
        rig.run(usage::end);
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(1);
        rig.last().respond(200, "n1", null, expires(3600));
        assertThat(rig.notify(1, ACTIVE).send().code()).isEqualTo(200);
        assertThat(rig.lastHeader("Expires")).as("in the dialog, as soon as there is one").isEqualTo("0");
        rig.last().respond(481, null, null);
        assertThat(rig.told()).containsExactly("n1 active", "ended UNSUBSCRIBED");
        rig.assertNothingLeft();
    }

    @Test
    void closedWhileAskedWhoWeAre() {
        Usage usage = rig.subscribe(new UsageSpec("sip:bob@127.0.0.1:5099", null, "dialog", List.of("a/b"), 60, false, null, null, "alice", "wonder",
                Map.of()));
        rig.run(usage::close);
        rig.last().respond(401, "n1", null, new RawHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\", algorithm=MD5"));
        assertThat(rig.door.count("SUBSCRIBE")).isEqualTo(1);
        assertThat(rig.told()).isEmpty();
        rig.assertNothingLeft();
    }

    @Test
    void routesOfProxiesThatMarkedTheSubscribeAlone() {
        rig.subscribe(3600);
        rig.notify(1, ACTIVE).send();
        rig.last().respond(200, "n1", null, expires(3600), new RawHeader("Record-Route", "<sip:p2@127.0.0.1:2;lr>", "<sip:p1@127.0.0.1:1;lr>"));
        rig.pass(3599);
        assertThat(rig.last().request.encode()).contains("Route: <sip:p1@127.0.0.1:1;lr>,<sip:p2@127.0.0.1:2;lr>\r\n");
    }

    @Test
    void routesOfTheNotify() {
        rig.subscribe(3600);
        rig.last().respond(200, "n1", null, expires(3600));
        SubscriberRig.Notify first = rig.notify(1, ACTIVE, "Record-Route: <sip:p1@127.0.0.1:1;lr>", "Record-Route: <sip:p2@127.0.0.1:2;lr>").send();
        assertThat(first.responses.get(0).encode()).contains("Record-Route: <sip:p1@127.0.0.1:1;lr>");
        rig.pass(3599);
        assertThat(rig.last().request.encode()).contains("Route: <sip:p1@127.0.0.1:1;lr>,<sip:p2@127.0.0.1:2;lr>\r\n");
    }
}
