package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.SubscriptionFigures;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.RawSip.Message;
import io.github.camelvoice.testkit.ScriptedNotifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notifier that is broken or means harm, and strangers: a good NOTIFY after that must still do its work. */
class HostileNotifierTest {

    private static final String DIALOGS = "application/dialog-info+xml";

    @TempDir
    static Path folder;
    private WatchRig ours;
    private ScriptedNotifier theirs;

    @BeforeEach
    void open() {
        ours = WatchRig.start();
        theirs = ScriptedNotifier.open();
    }

    @AfterEach
    void close() {
        theirs.close();
        ours.close();
    }

    private static String dialogs(int version, String state) {
        return "<?xml version=\"1.0\"?><dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version
                + "\" state=\"full\" entity=\"sip:victim@127.0.0.1\"><dialog id=\"d1\"><state>" + state + "</state></dialog></dialog-info>";
    }

    /** Still alive, and still told. */
    private void mustGoOn(String id, Message subscribe, int version) {
        assertThat(theirs.tell(subscribe, DIALOGS, dialogs(version, "confirmed"))).isEqualTo(200);
        ours.await(id, theirs.uri("victim"), "confirmed");
        assertThat(theirs.sip().request("OPTIONS", "sip:127.0.0.1:" + ours.rig.port()).send(ours.rig.port()).code()).isEqualTo(200);
    }

    static Stream<Arguments> bodies() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"" + "&a;".repeat(10) + "\"><!ENTITY c \"" + "&b;".repeat(10) + "\">]>";
        String file = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
        return Stream.of(
                Arguments.of("no XML", DIALOGS, "this is no XML"),
                Arguments.of("cut off", DIALOGS, dialogs(1, "confirmed").substring(0, 120)),
                Arguments.of("an entity bomb", DIALOGS, bomb + "<x>&c;</x>"),
                Arguments.of("a file as an entity", DIALOGS, file
                        + "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"1\" state=\"full\""
                        + " entity=\"sip:x@y\"><dialog id=\"&e;\"><state>early</state></dialog></dialog-info>"),
                Arguments.of("another namespace", DIALOGS, dialogs(1, "early").replace("ns:dialog-info", "ns:other")),
                Arguments.of("a version that is no number", DIALOGS, dialogs(1, "early").replace("version=\"1\" state", "version=\"one\" state")),
                Arguments.of("a version beyond all numbers", DIALOGS, dialogs(1, "early").replace("version=\"1\" state",
                        "version=\"99999999999999999999\" state")),
                Arguments.of("a negative version", DIALOGS, dialogs(1, "early").replace("version=\"1\" state", "version=\"-1\" state")),
                Arguments.of("another state than there is", DIALOGS, dialogs(1, "exploded")),
                Arguments.of("depth", DIALOGS, "<a>".repeat(2000) + "</a>".repeat(2000)),
                Arguments.of("another type", "application/reginfo+xml", dialogs(1, "early")),
                Arguments.of("a type that is none", "/;;=", dialogs(1, "early")),
                Arguments.of("a list without parts", "multipart/related;boundary=b;type=\"application/rlmi+xml\"", "--b--"),
                Arguments.of("a list without a boundary", "multipart/related;type=\"application/rlmi+xml\"", "--b\r\n\r\n--b--"),
                Arguments.of("a list of a thousand empty parts", "multipart/related;boundary=b;type=\"application/rlmi+xml\"",
                        "--b\r\n\r\n".repeat(1000) + "--b--"),
                Arguments.of("zeros", DIALOGS, "\0".repeat(200)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aBrokenBodyIsAnsweredAndPassedOver(String what, String type, String body) {
        String id = ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, DIALOGS, dialogs(0, "early"))).isEqualTo(200);
        ours.await(id, theirs.uri("victim"), "early");
        assertThat(theirs.tell(subscribe, type, body)).as("answer to %s", what).isBetween(200, 499);
        mustGoOn(id, theirs.sip().requests("SUBSCRIBE").get(theirs.sip().requests("SUBSCRIBE").size() - 1), 5);
    }

    @Test
    void whatBelongsToNobodyIsAnswered481() {
        String id = ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, DIALOGS, dialogs(0, "early"))).isEqualTo(200);
        try (RawSip stranger = RawSip.open()) {
            String target = "sip:127.0.0.1:" + ours.rig.port();
            assertThat(notify(stranger, target, "nobody@knows", "a", "b").send(ours.rig.port()).code()).isEqualTo(481);
            assertThat(notify(stranger, target, "nobody@knows", "a", "").send(ours.rig.port()).code()).isEqualTo(481);
            assertThat(notify(stranger, target, subscribe.header("Call-ID"), "raw", "guessed").send(ours.rig.port()).code()).isEqualTo(481);
        }
        mustGoOn(id, subscribe, 1);
        assertThat(ours.figures().notifies()).isEqualTo(2);
    }

    private static RawSip.Request notify(RawSip from, String target, String callId, String ownTag, String theirTag) {
        return from.request("NOTIFY", target).dialog(callId, ownTag, theirTag, 7).with("Event: dialog",
                "Subscription-State: terminated;reason=rejected")
                .body(DIALOGS, dialogs(9, "terminated"));
    }

    @Test
    void anOldOneAgainIsRefused() {
        String id = ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, theirs.notify(subscribe, "active;expires=60", "raw", 50).body(DIALOGS, dialogs(1, "early"))))
                .isEqualTo(200);
        assertThat(theirs.tell(subscribe, theirs.notify(subscribe, "active;expires=60", "raw", 49).body(DIALOGS, dialogs(2, "terminated"))))
                .isEqualTo(500);
        assertThat(theirs.tell(subscribe, theirs.notify(subscribe, "active;expires=60", "raw", 51).body(DIALOGS, dialogs(2, "proceeding"))))
                .isEqualTo(200);
        ours.await(id, theirs.uri("victim"), "proceeding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Event: reg\r\nSubscription-State: active", "Event: dialog", "Subscription-State: active",
            "Event: dialog;id=7\r\nSubscription-State: active",
        "Event: dialog\r\nSubscription-State: ;;;"})
    void headersThatAreMissingOrOfAnother(String lines) {
        String id = ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, DIALOGS, dialogs(0, "early"))).isEqualTo(200);
        RawSip.Request wrong = theirs.sip().request("NOTIFY", "sip:127.0.0.1:" + ours.rig.port())
                .dialog(subscribe.header("Call-ID"), "raw", subscribe.tag("From"), 300).with(lines.split("\r\n")).body(DIALOGS,
                        dialogs(1, "terminated"));
        assertThat(theirs.tell(subscribe, wrong)).isBetween(400, 489);
        assertThat(theirs.tell(subscribe, theirs.notify(subscribe, "active;expires=60", "raw", 301).body(DIALOGS, dialogs(1, "confirmed"))))
                .isEqualTo(200);
        ours.await(id, theirs.uri("victim"), "confirmed");
    }

    /** Times that would be years, or none: we come back when it suits us, and not at once again and again. */
    @ParameterizedTest
    @ValueSource(strings = {"terminated;reason=probation;retry-after=99999999999999", "terminated;reason=giveup;retry-after=-5",
            "terminated;reason=deactivated"})
    void anEndThatIsNoEnd(String state) {
        ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, theirs.notify(subscribe, state))).isIn(200, 400);
        for (int i = 2; i < 5 && state.contains("deactivated"); i++) {
            Message again = theirs.subscribe(i);
            assertThat(theirs.tell(again, theirs.notify(again, state))).isEqualTo(200);
        }
        Awaitility.await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(3)).until(() -> theirs.sip().requests("SUBSCRIBE").size() < 12);
        SubscriptionFigures figures = ours.figures();
        assertThat(figures.subscriptions()).isEqualTo(1);
    }

    @Test
    void aFloodOfForeignOnes() {
        String id = ours.watch("dialog", theirs.uri("victim"));
        Message subscribe = theirs.subscribe(1);
        assertThat(theirs.tell(subscribe, DIALOGS, dialogs(0, "early"))).isEqualTo(200);
        try (RawSip stranger = RawSip.open()) {
            for (int i = 0; i < 3000; i++) {
                stranger.send(ours.rig.port(), notify(stranger, "sip:127.0.0.1:" + ours.rig.port(), "flood" + i, "a", i % 2 == 0 ? "" : "b")
                        .text("z9hG4bKf" + i));
            }
        }
        mustGoOn(id, subscribe, 1);
        assertThat(ours.figures().notifies()).isEqualTo(2);
    }
}
