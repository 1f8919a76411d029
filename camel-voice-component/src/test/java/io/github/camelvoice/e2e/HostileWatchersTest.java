package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.RawSip.Message;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who watch us, or publish to us, and mean harm. */
class HostileWatchersTest {

    private static final String PASSWORD = "correct horse";
    private EngineRig rig;
    private RawSip alice;
    private RawSip stranger;

    @BeforeEach
    void open() {
        rig = EngineRig.start(config -> config.digestUsers(Map.of("alice", PASSWORD, "bob", PASSWORD)).requireAuth(true));
        alice = RawSip.open();
        stranger = RawSip.open();
    }

    @AfterEach
    void close() {
        alice.close();
        stranger.close();
        rig.close();
    }

    private String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + rig.port();
    }

    private RawSip.Request subscribe(RawSip from, String user, String event) {
        return from.request("SUBSCRIBE", uri(user)).from(uri("alice")).with("Event: " + event, "Expires: 300");
    }

    private int publish(String user, String ifMatch, String body) {
        RawSip.Request publish = alice.request("PUBLISH", uri(user)).from(uri("alice")).as("alice", PASSWORD)
                .with("Event: presence", "Expires: 300");
        if (ifMatch != null) {
            publish.with("SIP-If-Match: " + ifMatch);
        }
        Message answer = (body.isEmpty() ? publish : publish.body("application/pidf+xml", body)).send(rig.port());
        return answer == null ? 0 : answer.code();
    }

    private static String pidf(String note) {
        return "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:alice@127.0.0.1\"><tuple id=\"t\"><status>"
                + "<basic>open</basic></status><note>" + note + "</note></tuple></presence>";
    }

    private int watchers() {
        return rig.engine.notifier().figures().watchers();
    }

    /** Still there, for somebody who may. */
    private void mustGoOn() {
        int before = watchers();
        assertThat(subscribe(alice, "bob", "dialog").as("alice", PASSWORD).send(rig.port()).code()).isEqualTo(200);
        Awaitility.await("a NOTIFY").atMost(Duration.ofSeconds(10)).until(() -> !alice.requests("NOTIFY").isEmpty());
        assertThat(watchers()).isEqualTo(before + 1);
    }

    @Test
    void strangersLeaveNothingBehind() {
        for (int i = 0; i < 2000; i++) {
            stranger.send(rig.port(), subscribe(stranger, "u" + i, "dialog").text("z9hG4bKs" + i));
            stranger.send(rig.port(), stranger.request("PUBLISH", uri("u" + i)).with("Event: presence").body("application/pidf+xml", pidf("x"))
                    .text("z9hG4bKp" + i));
        }
        // What was sent above may have filled the socket: a datagram that is lost is sent again, as a phone would.
        Message answer = null;
        for (int i = 0; i < 5 && answer == null; i++) {
            answer = subscribe(stranger, "alice", "dialog").as("alice", "wrong").send(rig.port());
        }
        assertThat(answer).isNotNull();
        assertThat(answer.code()).isIn(401, 403);
        assertThat(watchers()).isZero();
        mustGoOn();
    }

    /** Others' presence, and publications that are not their own. */
    @Test
    void nobodyPublishesForOthers() {
        assertThat(publish("bob", null, pidf("bob is away"))).isEqualTo(403);
        assertThat(publish("alice", "no-such-tag", "")).isEqualTo(412);
        assertThat(publish("alice", null, "")).isEqualTo(400);
        assertThat(publish("alice", null, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")).isEqualTo(400);
        assertThat(publish("alice", null, pidf("I am here"))).isEqualTo(200);
        mustGoOn();
    }

    /** One user, one resource, a new publication each time: they are bounded, and so is their memory. */
    @Test
    void publicationsOfOneUserAreBounded() {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            int code = publish("alice", null, pidf("x".repeat(8_000) + i));
            assertThat(code).isIn(200, 403, 503);
            taken += code == 200 ? 1 : 0;
        }
        assertThat(taken).as("publications of one resource").isBetween(10, 50);
        mustGoOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expires: 99999999999999", "Expires: -1", "Expires: soon", "Event: dialog\r\nEvent: reg", "Accept: */*;;;",
        "Require: magic", "Content-Type: application/resource-lists+xml\r\nRequire: recipient-list-subscribe", "Content-Length: 4294967296",
        "Contact: <sip:x@127.0.0.1>,<sip:y@127.0.0.1>"})
    void oddHeaders(String lines) {
        RawSip.Request odd = alice.request("SUBSCRIBE", uri("bob")).from(uri("alice")).as("alice", PASSWORD).with("Event: dialog")
                .with(lines.split("\r\n"));
        Message answer = odd.send(rig.port());
        assertThat(answer == null ? 0 : answer.code()).isLessThan(500);
        mustGoOn();
    }

    @Test
    void aListOfEveryoneAndAListOfLists() {
        StringBuilder many = new StringBuilder("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>");
        for (int i = 0; i < 400; i++) {
            many.append("<entry uri=\"sip:").append(i).append("@127.0.0.1\"/>");
        }
        assertThat(list(many + "</list></resource-lists>")).isLessThan(500);
        assertThat(list("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">" + "<list>".repeat(500) + "</list>".repeat(500)
                + "</resource-lists>")).isBetween(400, 499);
        assertThat(list("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><resource-lists>&e;</resource-lists>")).isBetween(400, 499);
        assertThat(list("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list/></resource-lists>")).isBetween(400, 499);
        mustGoOn();
    }

    private int list(String document) {
        Message answer = alice.request("SUBSCRIBE", "sip:127.0.0.1:" + rig.port()).from(uri("alice")).as("alice", PASSWORD)
                .with("Event: dialog", "Expires: 300", "Require: recipient-list-subscribe", "Supported: eventlist",
                        "Content-Disposition: recipient-list", "Accept: application/dialog-info+xml, application/rlmi+xml, multipart/related")
                .body("application/resource-lists+xml", document).send(rig.port());
        return answer == null ? 0 : answer.code();
    }

    /** Somebody else's SUBSCRIBE in the dialog of a watcher, and an old one of its own. */
    @Test
    void aDialogBelongsToItsWatcher() {
        RawSip.Request first = subscribe(alice, "bob", "dialog").as("alice", PASSWORD).dialog("c1@raw", "a1", "", 1);
        Message answer = first.send(rig.port());
        assertThat(answer.code()).isEqualTo(200);
        String tag = answer.tag("To");
        assertThat(stranger.request("SUBSCRIBE", uri("bob")).dialog("c1@raw", "guessed", tag, 9).with("Event: dialog", "Expires: 0")
                .send(rig.port()).code()).isIn(401, 481);
        assertThat(subscribe(alice, "bob", "dialog").dialog("c1@raw", "a1", tag, 1).send(rig.port()).code()).isEqualTo(500);
        assertThat(subscribe(alice, "bob", "reg").dialog("c1@raw", "a1", tag, 20).send(rig.port()).code()).isBetween(400, 489);
        assertThat(watchers()).isEqualTo(1);
    }

    /** A watcher that says that it knows nothing of it is not told again. */
    @Test
    void whoDoesNotWantToBeToldIsForgotten() {
        stranger.answering(request -> request.answer(481, "What", ""));
        assertThat(stranger.request("SUBSCRIBE", uri("bob")).from(uri("alice")).as("alice", PASSWORD).with("Event: dialog", "Expires: 300")
                .send(rig.port()).code()).isEqualTo(200);
        Awaitility.await("forgotten").atMost(Duration.ofSeconds(10)).until(() -> watchers() == 0);
        assertThat(stranger.requests("NOTIFY")).hasSize(1);
    }
}
