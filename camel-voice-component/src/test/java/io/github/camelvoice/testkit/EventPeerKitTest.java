package io.github.camelvoice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.RawSip.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio as a notifier, a bare subscriber and phones: what fails here is the kit or the machine, not the engine. */
@Tag("peer")
class EventPeerKitTest {

    private static final String PIDF = """
            <?xml version="1.0"?><presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:alice@phones.invalid"><tuple id="t1"><status>\
            <basic>open</basic></status></tuple></presence>""";

    @TempDir
    static Path folder;
    private static TestPki pki;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    private static Message subscribe(RawSip watcher, KamailioEvents kamailio, String uri, String from, String... lines) {
        return watcher.request("SUBSCRIBE", uri).from(from).with(lines).as("watcher", Kamailio.PASSWORD).send(kamailio.port());
    }

    private static Message notified(RawSip watcher, String what, Predicate<Message> wanted) {
        Awaitility.await(what).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .until(() -> watcher.requests("NOTIFY").stream().anyMatch(wanted));
        return watcher.requests("NOTIFY").stream().filter(wanted).findFirst().orElseThrow();
    }

    @Test
    void registrationsOfAPhoneAreTold() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip watcher = RawSip.open()) {
            Message answer = subscribe(watcher, kamailio, kamailio.uri("alice"), "sip:watcher@secure.invalid", "Event: reg", "Expires: 60");
            assertThat(answer.code()).isEqualTo(200);
            try (Baresip phone = Baresip.registered(folder, pki, "alice", kamailio, "auto")) {
                Message told = notified(watcher, "active", each -> each.body().contains("state=\"active\""));
                assertThat(told.body()).contains("aor=\"" + kamailio.uri("alice") + "\"", "event=\"created\"", "127.0.0.1:" + phone.port());
                XmlLint.mustBeWellFormed(folder, told.body());
            }
            notified(watcher, "terminated", each -> each.body().contains("state=\"terminated\""));
            assertThat(kamailio.taken("SUBSCRIBE", "reg")).isEqualTo(1);
        }
    }

    @Test
    void callsBetweenPhonesAreTold() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip watcher = RawSip.open();
                Baresip alice = Baresip.registered(folder, pki, "alice", kamailio, "auto");
                Baresip bob = Baresip.registered(folder, pki, "bob", kamailio, "manual")) {
            subscribe(watcher, kamailio, kamailio.uri("bob"), kamailio.uri("watcher"), "Event: dialog", "Expires: 60");
            alice.dial(kamailio.uri("bob"));
            notified(watcher, "early", each -> each.body().contains("<state>early"));
            bob.accept();
            Message told = notified(watcher, "confirmed", each -> each.body().contains("<state>confirmed"));
            assertThat(told.body()).contains("direction=\"recipient\"", "call-id=");
            XmlLint.mustBeWellFormed(folder, told.body());
            alice.hangup();
            notified(watcher, "terminated", each -> each.body().contains("<state>terminated"));
        }
    }

    @Test
    void whatIsPublishedIsToldAlsoInAList() {
        String alice = "sip:alice@" + KamailioEvents.DOMAIN;
        try (KamailioEvents kamailio = KamailioEvents.in(folder).list("team", "watcher", "alice", "bob").start();
                RawSip watcher = RawSip.open(); RawSip publisher = RawSip.open()) {
            Message answer = subscribe(watcher, kamailio, "sip:team@" + KamailioEvents.DOMAIN, "sip:watcher@" + KamailioEvents.DOMAIN,
                    "Event: presence", "Expires: 60", "Supported: eventlist", "Accept: application/pidf+xml, application/rlmi+xml, multipart/related");
            assertThat(answer.header("Require")).isEqualTo("eventlist");
            assertThat(notified(watcher, "the list", each -> true).body()).contains("fullState=\"true\"", "sip:bob@");
            String etag = publisher.publish(kamailio.port(), alice, "presence", 60, null, "application/pidf+xml", PIDF);
            assertThat(notified(watcher, "open", each -> each.body().contains("<basic>open")).body()).contains("cid=", "application/pidf+xml");
            assertThat(publisher.publish(kamailio.port(), alice, "presence", 60, etag, "", "")).isNotEmpty();
            subscribe(watcher, kamailio, alice, kamailio.uri("watcher"), "Event: message-summary", "Expires: 60");
            publisher.publish(kamailio.port(), alice, "message-summary", 60, null, "application/simple-message-summary",
                    "Messages-Waiting: yes\r\nMessage-Account: " + alice + "\r\nVoice-Message: 2/8 (0/2)\r\n");
            notified(watcher, "messages", each -> each.body().contains("Voice-Message: 2/8 (0/2)"));
        }
    }

    @Test
    void refusesAsANotifierDoesAndComesBackAfterACrash() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).expires(5, 30).start(); RawSip watcher = RawSip.open()) {
            String bob = kamailio.uri("bob");
            String self = kamailio.uri("watcher");
            assertThat(subscribe(watcher, kamailio, bob, self, "Event: presence", "Expires: 2")).satisfies(answer -> {
                assertThat(answer.code()).isEqualTo(423);
                assertThat(answer.header("Min-Expires")).isEqualTo("5");
            });
            assertThat(subscribe(watcher, kamailio, bob, self, "Event: presence", "Expires: 90").header("Expires")).isEqualTo("30");
            assertThat(subscribe(watcher, kamailio, bob, self, "Event: nonsense").code()).isEqualTo(489);
            assertThat(subscribe(watcher, kamailio, bob, self, "Event: presence", "Require: recipient-list-subscribe").code()).isEqualTo(420);
            assertThat(watcher.request("SUBSCRIBE", bob).from("sip:watcher@secure.invalid").with("Event: presence").as("watcher", "wrong")
                    .send(kamailio.port()).code()).isEqualTo(407);
            kamailio.kill();
            kamailio.restart();
            List<Message> before = watcher.requests("NOTIFY");
            assertThat(subscribe(watcher, kamailio, bob, self, "Event: presence", "Expires: 5").code()).isEqualTo(200);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> watcher.requests("NOTIFY").size() > before.size());
        }
    }
}
