package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions to an engine over the wire (RFC 6665), by a bare user agent. */
class WatchedEngineTest {

    private WatcherRig rig;

    @BeforeEach
    void start() throws EngineStartException {
        rig = WatcherRig.standard();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void restart(java.util.function.UnaryOperator<NotifierOptions> options) throws EngineStartException {
        rig.close();
        rig = new WatcherRig(options, config -> config);
    }

    private int code(RawSip.Request request) {
        return request.send(rig.port()).code();
    }

    private void assertNobodyWatches() {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(rig.notifier().watchers()).isEmpty();
            assertThat(rig.engine.figures().watcherDialogs()).isZero();
        });
    }

    @Test
    void fullStateAtOnceAndEachChange() {
        rig.mail("alice", 2);
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600, "Accept: " + WatcherRig.SUMMARY);
        assertThat(mine.accepted.header("Expires")).isEqualTo("600");
        assertThat(mine.accepted.header("Contact")).contains("127.0.0.1");
        RawSip.Message first = mine.notify(1);
        assertThat(first.header("Event")).isEqualTo("message-summary");
        assertThat(first.header("Subscription-State")).matches("active;expires=(600|599)");
        assertThat(first.header("Content-Type")).isEqualTo(WatcherRig.SUMMARY);
        assertThat(first.body()).isEqualTo("Messages-Waiting: yes\r\nVoice-Message: 2/0\r\n");
        rig.mail("alice", 3);
        assertThat(mine.notify(2).body()).contains("Voice-Message: 3/0");
        rig.notifier().publish("message-summary", "alice", null, null, 0);
        assertThat(mine.notify(3).body()).isEqualTo("Messages-Waiting: no\r\n");
        assertThat(rig.notifier().watchers()).singleElement().satisfies(watcher -> {
            assertThat(watcher.user()).isEqualTo("alice");
            assertThat(watcher.event()).isEqualTo("message-summary");
            assertThat(watcher.pending()).isFalse();
        });
    }

    @Test
    void nobodyIsServedWithoutCredentials() {
        assertThat(code(rig.subscribe("alice", "message-summary", 600))).isEqualTo(401);
        assertThat(code(rig.subscribe("alice", "message-summary", 600).as("alice", "wrong"))).isEqualTo(401);
        assertThat(code(rig.subscribe("nobody", "message-summary", 600))).isEqualTo(401);
        assertNobodyWatches();
    }

    @Test
    void othersMailIsNobodysBusiness() {
        rig.mail("bob", 7);
        RawSip.Message known = rig.subscribe("bob", "message-summary", 600).as("alice", "secret").send(rig.port());
        RawSip.Message unknown = rig.subscribe("nobody", "message-summary", 600).as("alice", "secret").send(rig.port());
        assertThat(known.code()).isEqualTo(403);
        assertThat(unknown.code()).isEqualTo(403);
        assertNobodyWatches();
    }

    @Test
    void unknownUsersLookLikeKnownOnes() {
        String known = rig.watch("bob", "dialog", 600).notify(1).body();
        String unknown = rig.watch("xyz", "dialog", 600).notify(1).body();
        assertThat(unknown.replace("xyz", "bob")).isEqualTo(known).contains("<dialog-info").contains("version=\"0\"");
    }

    @Test
    void refreshTellsEverythingAgain() {
        rig.mail("alice", 1);
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        mine.notify(1);
        RawSip.Message refreshed = mine.again(900, "Event: message-summary");
        assertThat(refreshed.code()).isEqualTo(200);
        assertThat(refreshed.header("Expires")).isEqualTo("900");
        assertThat(mine.notify(2).header("Subscription-State")).matches("active;expires=(900|899)");
        assertThat(mine.notify(2).body()).contains("1/0");
        assertThat(rig.notifier().watchers()).hasSize(1);
    }

    @Test
    void unsubscribed() {
        rig.mail("alice", 1);
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        mine.notify(1);
        assertThat(mine.again(0, "Event: message-summary").code()).isEqualTo(200);
        assertThat(mine.notify(2).header("Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(mine.notify(2).body()).contains("1/0");
        assertNobodyWatches();
        assertThat(mine.again(600, "Event: message-summary").code()).isEqualTo(401);
    }

    @Test
    void fetched() {
        rig.mail("alice", 4);
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 0);
        assertThat(mine.accepted.header("Expires")).isEqualTo("0");
        assertThat(mine.notify(1).header("Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertThat(mine.notify(1).body()).contains("4/0");
        assertNobodyWatches();
        assertThat(mine.notifies()).hasSize(1);
    }

    @Test
    void expired() {
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 1);
        assertThat(mine.notify(2).header("Subscription-State")).isEqualTo("terminated;reason=timeout");
        assertNobodyWatches();
        assertThat(rig.notifier().figures().expired()).isEqualTo(1);
    }

    @Test
    void refusals() throws EngineStartException {
        restart(options -> options.withExpires(60, 3600));
        RawSip.Message unknownEvent = rig.subscribe("alice", "weather", 600).as("alice", "secret").send(rig.port());
        assertThat(unknownEvent.code()).isEqualTo(489);
        assertThat(unknownEvent.header("Allow-Events")).contains("dialog").contains("message-summary").contains("reg");
        assertThat(code(rig.phone.request("SUBSCRIBE", rig.uri("alice")).as("alice", "secret"))).as("without Event").isEqualTo(489);
        assertThat(code(rig.subscribe("alice", "dialog", 600).with("Accept: text/plain").as("alice", "secret"))).isEqualTo(406);
        RawSip.Message brief = rig.subscribe("alice", "dialog", 5).as("alice", "secret").send(rig.port());
        assertThat(brief.code()).isEqualTo(423);
        assertThat(brief.header("Min-Expires")).isEqualTo("60");
        assertThat(code(rig.phone.request("SUBSCRIBE", rig.uri("alice")).with("Event: dialog", "Expires: soon").as("alice", "secret"))).isEqualTo(400);
        assertThat(rig.watch("alice", "dialog", 99_999).accepted.header("Expires")).isEqualTo("3600");
        WatcherRig.Subscription unsaid = rig.new Subscription(rig.phone.request("SUBSCRIBE", rig.uri("alice"))
                .with("Event: message-summary").as("alice", "secret").send(rig.port()));
        assertThat(unsaid.accepted.header("Expires")).isEqualTo("3600");
        assertThat(unsaid.again(5, "Event: message-summary").code()).as("refresh that is too brief").isEqualTo(423);
    }

    @Test
    void usersOfOtherDomainsAreNotOurs() throws EngineStartException {
        rig.close();
        rig = new WatcherRig(options -> options, config -> config.domains(List.of("example.com")));
        assertThat(code(rig.phone.request("SUBSCRIBE", "sip:alice@elsewhere.net").with("Event: message-summary", "Expires: 600").as("alice", "secret"))).isEqualTo(404);
        assertThat(code(rig.phone.request("SUBSCRIBE", "sip:alice@Example.COM").with("Event: message-summary", "Expires: 600").as("alice", "secret"))).isEqualTo(200);
        rig.mail("sip:alice@example.com", 1);
        assertThat(rig.watch("alice", "message-summary", 600).notify(1).body()).contains("1/0");
        assertThat(rig.notifier().publish("message-summary", "sip:alice@elsewhere.net", WatcherRig.SUMMARY, new byte[1], 0).toCompletableFuture())
                .isCompletedExceptionally();
    }

    @Test
    void requestsThatDoNotBelongToTheDialog() {
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        mine.notify(1);
        assertThat(mine.again(600, "Event: dialog").code()).as("a second subscription in the dialog").isEqualTo(403);
        assertThat(mine.send("SUBSCRIBE", 1, 600, "Event: message-summary").code()).as("out of order").isEqualTo(500);
        assertThat(mine.send("INFO", 30, 600).code()).isEqualTo(405);
        assertThat(rig.notifier().watchers()).hasSize(1);
    }

    @Test
    void watcherThatKnowsNothingIsForgotten() {
        rig.phone.answering(request -> request.answer(481, "Gone", ""));
        rig.watch("alice", "message-summary", 600);
        assertNobodyWatches();
        assertThat(rig.notifier().figures().lost()).isEqualTo(1);
    }

    @Test
    void watcherThatIsBusyIsToldLater() {
        List<String> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
        rig.phone.answering(request -> {
            answers.add(request.method());
            return answers.size() == 1 ? request.answer(503, "Later", "Retry-After: 1\r\n") : request.answer(200, "OK", "");
        });
        rig.mail("alice", 1);
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        assertThat(mine.notify(2).body()).contains("1/0");
        assertThat(rig.notifier().watchers()).hasSize(1);
    }

    @Test
    void newestStateWinsWhileOneIsUnderWay() {
        java.util.concurrent.CountDownLatch answer = new java.util.concurrent.CountDownLatch(1);
        rig.phone.answering(request -> {
            try {
                answer.await(5, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return request.answer(200, "OK", "");
        });
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        mine.notify(1);
        for (int i = 1; i <= 50; i++) {
            rig.mail("alice", i);
        }
        answer.countDown();
        await().atMost(Duration.ofSeconds(5)).until(() -> mine.notifies().stream().anyMatch(each -> each.body().contains("50/0")));
        assertThat(mine.notifies().stream().map(each -> each.header("CSeq")).distinct()).as("NOTIFYs, repetitions left out").hasSize(2);
    }

    @Test
    void notSoOften() throws EngineStartException {
        restart(options -> options.withInterval(Duration.ofMillis(700)));
        WatcherRig.Subscription mine = rig.watch("alice", "message-summary", 600);
        mine.notify(1);
        await().pollDelay(Duration.ofMillis(100)).until(() -> rig.notifier().watchers().get(0).told() == 1);
        for (int i = 1; i <= 20; i++) {
            rig.mail("alice", i);
        }
        assertThat(mine.notify(2).body()).contains("20/0");
        assertThat(mine.notifies()).hasSize(2);
    }

    @Test
    void limits() throws EngineStartException {
        restart(options -> options.withLimits(3, 2, 10));
        rig.watch("alice", "dialog", 600);
        rig.watch("bob", "dialog", 600);
        RawSip.Message third = rig.subscribe("carol", "dialog", 600).as("alice", "secret").send(rig.port());
        assertThat(third.code()).isEqualTo(503);
        assertThat(third.header("Retry-After")).isNotEmpty();
        assertThat(code(rig.subscribe("carol", "dialog", 600).as("bob", "hidden"))).isEqualTo(200);
        assertThat(code(rig.subscribe("carol", "dialog", 600).as("bob", "hidden"))).isEqualTo(503);
        assertThat(rig.notifier().watchers()).hasSize(3);
    }

    @Test
    void stoppedEngineSaysSo() {
        WatcherRig.Subscription mine = rig.watch("alice", "dialog", 600);
        mine.notify(1);
        rig.engine.stop();
        assertThat(mine.notify(2).header("Subscription-State")).isEqualTo("terminated;reason=deactivated");
    }

    @Test
    void aHandlerDecides() {
        Map<String, WatcherDecision> decisions = Map.of("yes", WatcherDecision.ACCEPT, "later", WatcherDecision.PEND, "no",
                WatcherDecision.reject(486, "Not Now"));
        rig.notifier().onWatcher(new WatcherHandler() {
            @Override
            public boolean wants(WatcherRequest request) {
                return request.event().equals("message-summary");
            }

            @Override
            public void asked(WatcherRequest request, java.util.function.Consumer<WatcherDecision> decision) {
                decision.accept(decisions.get(request.resource().replaceAll("sip:(.*)@.*", "$1")));
            }
        });
        rig.mail("yes", 5);
        rig.mail("later", 6);
        assertThat(rig.watch("yes", "message-summary", 600).notify(1).body()).contains("5/0");
        assertThat(code(rig.subscribe("no", "message-summary", 600).as("alice", "secret"))).isEqualTo(486);
        WatcherRig.Subscription pending = rig.watch("later", "message-summary", 600);
        assertThat(pending.notify(1).header("Subscription-State")).startsWith("pending;expires=");
        assertThat(pending.notify(1).body()).isEmpty();
        rig.mail("later", 8);
        String id = rig.notifier().watchers().stream().filter(WatcherInfo::pending).findFirst().orElseThrow().id();
        rig.notifier().decide(id, WatcherDecision.ACCEPT);
        assertThat(pending.notify(2).header("Subscription-State")).startsWith("active;");
        assertThat(pending.notify(2).body()).contains("8/0");
        rig.notifier().decide(id, WatcherDecision.reject(403, null));
        assertThat(pending.notify(3).header("Subscription-State")).isEqualTo("terminated;reason=rejected");
        assertThat(pending.notify(3).body()).isEmpty();
        assertThat(rig.notifier().decide("unknown", WatcherDecision.ACCEPT)).isFalse();
    }
}
