package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.RegInfo;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.KamailioEvents;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What phones and lines do, as Kamailio tells it. */
@Tag("peer")
class WatchedKamailioTest {

    private static final String TEAM = "sip:team@" + KamailioEvents.DOMAIN;
    private static final String ALICE = "sip:alice@" + KamailioEvents.DOMAIN;
    private static final String BOB = "sip:bob@" + KamailioEvents.DOMAIN;

    @TempDir
    static Path folder;
    private static TestPki pki;
    private WatchRig ours;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    @BeforeEach
    void open() {
        ours = WatchRig.start();
    }

    @AfterEach
    void nothingIsLeft() {
        ours.mustBeInOrder(folder);
        ours.close();
    }

    private static String pidf(String entity, String basic) {
        return "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + entity + "\"><tuple id=\"t1\"><status><basic>"
                + basic + "</basic></status></tuple></presence>";
    }

    private static String messages(String account, String counts) {
        return "Messages-Waiting: yes\r\nMessage-Account: " + account + "\r\nVoice-Message: " + counts + "\r\n";
    }

    /**
     * The phone came and went, as it was told. Kamailio withdraws the state when the last phone has left: if it is quick, before it has told that it left.
     */
    private void awaitGone(String id, String uri) {
        Awaitility.await("what became of " + uri).atMost(WatchRig.PATIENCE).untilAsserted(() -> {
            List<String> events = ours.changes(id, uri).stream().map(StateChange::changed).filter(RegInfo.class::isInstance).map(RegInfo.class::cast)
                    .flatMap(changed -> changed.registrations().stream()).flatMap(each -> each.contacts().stream())
                    .map(contact -> contact.event().name()).toList();
            boolean withdrawn = ours.resource(id, uri).instances().stream().allMatch(each -> each.full() == null);
            assertThat(events).isEqualTo(withdrawn && events.size() == 1 ? List.of("CREATED") : List.of("CREATED", "UNREGISTERED"));
        });
    }

    /** Its server refuses a list for one SUBSCRIBE: each entry gets its own. */
    @Test
    void phonesRegisterAndLeave() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start()) {
            String alice = kamailio.uri("alice");
            String bob = kamailio.uri("bob");
            String id = ours.watch("reg", alice, bob);
            ours.awaitFigures("both are watched", figures -> figures.active() == 2);
            assertThat(ours.figures().listsRefused()).isEqualTo(1);
            try (Baresip first = Baresip.registered(folder, pki, "alice", kamailio, "auto")) {
                ours.await(id, alice, "127.0.0.1:" + first.port());
                try (Baresip second = Baresip.registered(folder, pki, "bob", kamailio, "auto")) {
                    ours.await(id, bob, "127.0.0.1:" + second.port());
                }
                awaitGone(id, bob);
            }
            awaitGone(id, alice);
            ours.subscriptions().end(id).toCompletableFuture().join();
            ours.awaitFigures("nothing is watched", figures -> figures.subscriptions() == 0 && figures.watches() == 0);
        }
    }

    @Test
    void aCallBetweenPhones() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start();
                Baresip alice = Baresip.registered(folder, pki, "alice", kamailio, "auto");
                Baresip bob = Baresip.registered(folder, pki, "bob", kamailio, "manual")) {
            String id = ours.watch("dialog", kamailio.uri("bob"));
            ours.awaitFigures("bob is watched", figures -> figures.active() == 1);
            alice.dial(kamailio.uri("bob"));
            ours.await(id, kamailio.uri("bob"), "<state>early");
            bob.accept();
            ours.await(id, kamailio.uri("bob"), "<state>confirmed");
            alice.hangup();
            Awaitility.await("the end of the call").atMost(WatchRig.PATIENCE).untilAsserted(() ->
                    assertThat(ours.changes(id, kamailio.uri("bob"))).last()
                            .satisfies(change -> assertThat(change.changed().document()).contains("terminated")));
        }
    }

    @Test
    void presenceIsPublishedAndExpires() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip publisher = RawSip.open()) {
            String alice = kamailio.uri("alice");
            String id = ours.watch("presence", alice);
            ours.awaitFigures("alice is watched", figures -> figures.active() == 1);
            String tag = publisher.publish(kamailio.port(), alice, "presence", 60, null, "application/pidf+xml", pidf(alice, "open"));
            ours.await(id, alice, "open");
            tag = publisher.publish(kamailio.port(), alice, "presence", 2, tag, "application/pidf+xml", pidf(alice, "closed"));
            assertThat(tag).isNotEmpty();
            ours.await(id, alice, "closed");
            Awaitility.await("the publication is over").atMost(WatchRig.PATIENCE).untilAsserted(() ->
                    assertThat(ours.resource(id, alice).instances())
                            .noneMatch(each -> each.full() != null && each.full().document().contains("closed")));
        }
    }

    @Test
    void messagesWait() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip publisher = RawSip.open()) {
            String alice = kamailio.uri("alice");
            String id = ours.watch("message-summary", alice);
            ours.awaitFigures("alice is watched", figures -> figures.active() == 1);
            String tag = publisher.publish(kamailio.port(), alice, "message-summary", 60, null, "application/simple-message-summary",
                    messages(alice, "2/8 (0/2)"));
            ours.await(id, alice, "Voice-Message: 2/8 (0/2)");
            publisher.publish(kamailio.port(), alice, "message-summary", 60, tag, "application/simple-message-summary", messages(alice, "0/10"));
            ours.await(id, alice, "Voice-Message: 0/10");
        }
    }

    /** RFC 4662: one SUBSCRIBE, one NOTIFY with both. */
    @Test
    void aListOfTheServer() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).list("team", "watcher", "alice", "bob").start();
                RawSip publisher = RawSip.open()) {
            String id = ours.watch(WatchRig.request("presence", 60, "sip:watcher@" + KamailioEvents.DOMAIN, kamailio.proxy(), Kamailio.PASSWORD,
                    List.of(TEAM)));
            ours.awaitFigures("the list is watched", figures -> figures.active() == 1);
            publisher.publish(kamailio.port(), ALICE, "presence", 60, null, "application/pidf+xml", pidf(ALICE, "open"));
            publisher.publish(kamailio.port(), BOB, "presence", 60, null, "application/pidf+xml", pidf(BOB, "closed"));
            ours.await(id, ALICE, "<basic>open");
            ours.await(id, BOB, "<basic>closed");
            assertThat(ours.figures().watches()).isEqualTo(1);
        }
    }

    /** A server that does not know of recipient lists watches nothing for us and does not say so. */
    @Test
    void aServerThatPassesOverTheList() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).passesOverRecipientLists().start(); RawSip publisher = RawSip.open()) {
            String alice = kamailio.uri("alice");
            String bob = kamailio.uri("bob");
            String id = ours.watch("presence", alice, bob);
            ours.awaitFigures("both are watched", figures -> figures.active() == 2);
            publisher.publish(kamailio.port(), alice, "presence", 60, null, "application/pidf+xml", pidf(alice, "open"));
            publisher.publish(kamailio.port(), bob, "presence", 60, null, "application/pidf+xml", pidf(bob, "open"));
            ours.await(id, alice, "<basic>open");
            ours.await(id, bob, "<basic>open");
        }
    }

    @Test
    void tooShortATimeIsAskedForAgain() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).expires(5, 10).start()) {
            ours.watch(WatchRig.request("presence", 2, null, null, Kamailio.PASSWORD, List.of(kamailio.uri("alice"))));
            ours.awaitFigures("alice is watched", figures -> figures.active() == 1);
            Awaitility.await("it is refreshed before it ends").atMost(WatchRig.PATIENCE)
                    .until(() -> kamailio.taken("SUBSCRIBE", "presence") >= 4);
            assertThat(ours.figures().resubscriptions()).isZero();
        }
    }

    @Test
    void credentials() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start()) {
            String from = "sip:watcher@secure.invalid";
            String known = ours.watch(WatchRig.request("presence", 60, from, null, Kamailio.PASSWORD, List.of(kamailio.uri("alice"))));
            ours.awaitFigures("alice is watched", figures -> figures.active() == 1);
            String unknown = ours.watch(WatchRig.request("presence", 60, from, null, "wrong", List.of(kamailio.uri("bob"))));
            Awaitility.await("refused").atMost(WatchRig.PATIENCE)
                    .untilAsserted(() -> assertThat(ours.resource(unknown, kamailio.uri("bob")).trouble()).contains("407"));
            assertThat(ours.info(known).state()).isNotEqualTo(SubscriptionInfo.State.FAILED);
            assertThat(ours.info(unknown).toString()).doesNotContain("wrong");
        }
    }

    @Test
    void theServerCrashesAndComesBack() {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).expires(1, 6).start(); RawSip publisher = RawSip.open()) {
            String alice = kamailio.uri("alice");
            String id = ours.watch("presence", alice);
            ours.awaitFigures("alice is watched", figures -> figures.active() == 1);
            publisher.publish(kamailio.port(), alice, "presence", 60, null, "application/pidf+xml", pidf(alice, "open"));
            ours.await(id, alice, "<basic>open");
            kamailio.kill();
            kamailio.restart();
            ours.awaitFigures("watched anew", figures -> figures.resubscriptions() > 0 && figures.active() == 1);
            publisher.publish(kamailio.port(), alice, "presence", 60, null, "application/pidf+xml", pidf(alice, "closed"));
            ours.await(id, alice, "<basic>closed");
        }
    }
}
