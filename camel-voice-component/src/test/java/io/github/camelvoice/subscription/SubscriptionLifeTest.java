package io.github.camelvoice.subscription;

import static io.github.camelvoice.subscription.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.SubscriptionException.Kind;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A subscription of one resource from its first SUBSCRIBE to its end, and over a restart. */
class SubscriptionLifeTest {

    private final Rig rig = new Rig();

    @Test
    void aNotifyBecomesAChangeAndAState() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().active("on");

        assertThat(made.state()).isEqualTo(SubscriptionInfo.State.PENDING);
        assertThat(rig.notifiers.last().spec.target()).isEqualTo(ALICE);
        assertThat(rig.changes).hasSize(1);
        StateChange change = rig.changes.get(0);
        assertThat(change.resource()).isEqualTo(ALICE);
        assertThat(change.instance().full().document()).isEqualTo("on");
        assertThat(change.instance().last().text()).isEqualTo("on");
        SubscriptionInfo now = rig.info(made.id());
        assertThat(now.state()).isEqualTo(SubscriptionInfo.State.ACTIVE);
        assertThat(now.version()).isEqualTo(change.number()).isEqualTo(change.instance().version()).isEqualTo(2);
        assertThat(rig.subscriptions().figures().active()).isEqualTo(1);
    }

    @Test
    void aPackageIsAskedForByItsRegisteredName() {
        SubscriptionInfo made = rig.create("rtcp-stats", ALICE);
        assertThat(rig.notifiers.last().spec.event()).isEqualTo("vq-rtcpxr");
        assertThat(made.event()).isEqualTo("rtcp-stats");
    }

    @Test
    void whatWasKnownIsNoChange() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().active("on").accept().active("on").active("off").active("off");
        assertThat(rig.changes).extracting(change -> change.instance().full().document()).containsExactly("on", "off");
        assertThat(rig.changes).extracting(StateChange::number).containsExactly(2L, 3L);
        assertThat(rig.info(made.id()).version()).isEqualTo(3);
    }

    @Test
    void anEmptyNotifyMeansThatThereIsNoState() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().active("").active("on").active("");
        assertThat(rig.changes).hasSize(3);
        assertThat(rig.instance(made.id()).full()).isNull();
        assertThat(rig.instance(made.id()).last().text()).isEqualTo("on");
    }

    @Test
    void whileTheNotifierMakesUpItsMindTheStateIsPending() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().pending();
        assertThat(rig.info(made.id()).state()).isEqualTo(SubscriptionInfo.State.PENDING);
        assertThat(rig.instance(made.id()).state()).isEqualTo(UsageEvent.State.PENDING);
        rig.notifiers.last().active("on");
        assertThat(rig.instance(made.id()).state()).isEqualTo(UsageEvent.State.ACTIVE);
        assertThat(rig.info(made.id()).resources().get(0).instances()).hasSize(1);
    }

    @Test
    void eachForkIsAnInstanceOfItsOwn() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().active("d1", "text/plain", "on").active("d2", "text/plain", "off");
        assertThat(rig.info(made.id()).resources().get(0).instances()).extracting(each -> each.full().document()).containsExactly("on", "off");

        rig.notifiers.last().terminate("d1", "timeout", -1, "");
        assertThat(rig.info(made.id()).resources().get(0).instances()).extracting(each -> each.full().document()).containsExactly("off");
        assertThat(rig.changes.get(2).isOver()).isTrue();
        assertThat(rig.notifiers.sent).hasSize(1);
    }

    @Test
    void endingUnsubscribesTellsAndForgets() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        FakeSignalling.FakeUsage usage = rig.notifiers.last().accept().active("on");
        Rig.done(rig.subscriptions().end(made.id()));

        assertThat(usage.ended).isTrue();
        assertThat(rig.said).containsExactly("ended " + made.id());
        assertThat(rig.subscriptions().get(made.id())).isEmpty();
        assertThat(rig.store.find(made.id())).isEmpty();
        assertThat(Rig.refusal(rig.subscriptions().end(made.id()))).isEqualTo(Kind.NOT_FOUND);
        usage.terminated("timeout", -1);
        assertThat(rig.changes).hasSize(1);
        assertThat(rig.time.pending()).isZero();
        assertThat(rig.subscriptions().figures().watches()).isZero();
    }

    @Test
    void itEndsByItselfWhenItsTimeIsOver() {
        SubscriptionInfo made = Rig.done(rig.subscriptions().create(Rig.until(Rig.request("x-lamp", Lists.AUTO, ALICE),
                rig.time.now().plusSeconds(600))));
        assertThat(rig.notifiers.last().spec.expires()).isEqualTo(601);
        rig.notifiers.last().accept().active("on");
        rig.pass(Duration.ofSeconds(599));
        assertThat(rig.said).isEmpty();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.said).containsExactly("ended " + made.id());
        assertThat(rig.notifiers.last().ended).isTrue();
    }

    @Test
    void anotherEndIsAnotherTime() {
        SubscriptionInfo made = Rig.done(rig.subscriptions().create(Rig.until(Rig.request("x-lamp", Lists.AUTO, ALICE),
                rig.time.now().plusSeconds(600))));
        Rig.done(rig.subscriptions().change(made.id(), new SubscriptionEdit(null, rig.time.now().plusSeconds(1_200), null)));
        rig.pass(Duration.ofSeconds(1_199));
        assertThat(rig.said).isEmpty();
        rig.pass(Duration.ofSeconds(1));
        assertThat(rig.said).containsExactly("ended " + made.id());
    }

    @Test
    void nothingIsSentBeforeItIsWrittenDown() {
        rig.store.slow = new CompletableFuture<>();
        CompletionStage<SubscriptionInfo> made = rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, ALICE));
        assertThat(made.toCompletableFuture()).isNotDone();
        assertThat(rig.notifiers.sent).isEmpty();
        assertThat(rig.subscriptions().list(null)).isEmpty();
        rig.store.slow.complete(null);
        assertThat(made.toCompletableFuture()).isDone();
        assertThat(rig.notifiers.sent).hasSize(1);
    }

    @Test
    void whatCannotBeWrittenDownIsRefused() {
        rig.store.failure = new IOException("disk full");
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, ALICE)))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(rig.subscriptions().figures().subscriptions()).isZero();
        assertThat(rig.subscriptions().figures().resources()).isZero();
    }

    @Test
    void afterARestartStatesAreThereAndUnchangedOnesAreNoChange() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().active("on");
        Rig next = rig.restarted();

        assertThat(next.said).containsExactly("taken up " + made.id());
        assertThat(next.info(made.id()).state()).isEqualTo(SubscriptionInfo.State.ACTIVE);
        InstanceInfo before = next.instance(made.id());
        assertThat(before.full().document()).isEqualTo("on");
        next.notifiers.last().accept().active("other-dialog", "text/plain", "on");
        assertThat(next.changes).isEmpty();
        assertThat(next.instance(made.id()).id()).isEqualTo(before.id());
        next.notifiers.last().active("other-dialog", "text/plain", "off");
        assertThat(next.changes).extracting(StateChange::number).containsExactly(3L);
    }

    @Test
    void whatTheReceiverKnowsIsKept() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().active("on");
        rig.subscriptions().told(made.id(), 2);
        assertThat(rig.info(made.id()).told()).isEqualTo(2);
        assertThat(rig.restarted().info(made.id()).told()).isEqualTo(2);
    }

    @Test
    void theSameIdIsTheSameSubscription() {
        SubscriptionRequest request = Rig.withId(Rig.request("x-lamp", Lists.AUTO, ALICE), "lamp");
        Rig.done(rig.subscriptions().create(request));
        rig.notifiers.last().active("on");
        SubscriptionInfo again = Rig.done(rig.subscriptions().create(request));
        assertThat(again.resources().get(0).instances()).hasSize(1);
        assertThat(rig.notifiers.sent).hasSize(1);
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.withId(Rig.request("reg", Lists.AUTO, ALICE), "lamp")))).isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void whoCreatesItWhileItEndsGetsANewOne() {
        SubscriptionRequest request = Rig.withId(Rig.request("x-lamp", Lists.AUTO, ALICE), "lamp");
        CompletableFuture<Void> lastWord = new CompletableFuture<>();
        rig.teller = new SlowTeller(lastWord);
        Rig.done(rig.subscriptions().create(Requests.edited(request, request.resources(), null, "http://localhost/")));
        CompletionStage<Void> ended = rig.subscriptions().end("lamp");
        CompletionStage<SubscriptionInfo> again = rig.subscriptions().create(request);
        assertThat(again.toCompletableFuture()).isNotDone();
        lastWord.complete(null);
        Rig.done(ended);
        assertThat(Rig.done(again).state()).isEqualTo(SubscriptionInfo.State.PENDING);
        assertThat(rig.store.find("lamp")).isPresent();
    }

    private record SlowTeller(CompletableFuture<Void> lastWord) implements Teller {

        @Override
        public void taken(SubscriptionInfo info) {
        }

        @Override
        public void changed(StateChange change) {
        }

        @Override
        public CompletionStage<Void> ended(SubscriptionInfo info) {
            return lastWord;
        }

        @Override
        public void released(String subscriptionId) {
        }
    }

    @Test
    void whatIsAskedForOnceIsKeptNowhere() {
        CompletionStage<SubscriptionInfo> fetched = rig.subscriptions().fetch(Rig.request("x-lamp", Lists.NEVER, ALICE, Rig.BOB));
        assertThat(rig.notifiers.sent).hasSize(2).allMatch(usage -> usage.spec.expires() == 0);
        rig.notifiers.sent.get(0).accept().terminate("d1", "timeout", -1, "on");
        rig.notifiers.sent.get(0).ended(UsageEvent.Why.TERMINATED, 0);
        assertThat(fetched.toCompletableFuture()).isNotDone();
        rig.notifiers.sent.get(1).refuse(404);

        SubscriptionInfo info = Rig.done(fetched);
        assertThat(info.resources().get(0).instances().get(0).full().document()).isEqualTo("on");
        assertThat(info.resources().get(0).trouble()).isNull();
        assertThat(info.resources().get(1).trouble()).isEqualTo("404 No");
        assertThat(rig.time.pending()).isZero();
        assertThat(rig.subscriptions().figures().resources()).isZero();
        assertThat(rig.store.list(null, 10)).isEmpty();
    }

    @Test
    void whatNeverAnswersDoesNotKeepAFetchWaiting() {
        CompletionStage<SubscriptionInfo> fetched = rig.subscriptions().fetch(Rig.request("x-lamp", Lists.NEVER, ALICE));
        rig.notifiers.last().accept();
        rig.pass(Duration.ofSeconds(91));
        assertThat(Rig.done(fetched).resources().get(0).trouble()).isEqualTo("no state came in time");
        assertThat(rig.notifiers.last().closed).isTrue();
    }

    @Test
    void anotherNodeTakesItAndGivesItBack() {
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().active("on");
        rig.subscriptions().start();
        rig.owner.lose();
        assertThat(rig.said).containsExactly("released " + made.id());
        assertThat(rig.notifiers.last().closed).isTrue();
        assertThat(rig.notifiers.last().ended).isFalse();
        assertThat(rig.subscriptions().get(made.id())).isEmpty();
        rig.owner.gain();
        assertThat(rig.said).contains("taken up " + made.id());
        assertThat(rig.notifiers.sent).hasSize(2);
        assertThat(rig.instance(made.id()).full().document()).isEqualTo("on");
    }

    @Test
    void whatAnotherNodeOwnsIsKeptInMindAndAsked() {
        rig.subscriptions().start();
        rig.owner.lose();
        SubscriptionInfo mine = Rig.done(rig.subscriptions().create(Rig.withId(Rig.request("x-lamp", Lists.AUTO, ALICE), "lamp")));
        assertThat(mine.owner()).isNull();
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, ALICE)))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(rig.notifiers.sent).isEmpty();
        rig.owner.gain();
        assertThat(rig.info("lamp").owner()).isEqualTo("n1");
        assertThat(rig.notifiers.sent).hasSize(1);

        rig.owner.lose();
        Rig.done(rig.subscriptions().end("lamp"));
        assertThat(rig.store.asked).extracting(SubscriptionStore.Asked::subscriptionId).containsExactly("lamp");
    }

    @Test
    void credentialsAreAskedForByDomainAndNeverKept() {
        rig.credentials = (account, domain) -> domain.equals("example.com") ? new WatcherCredentials.Access("watcher", "secret") : null;
        SubscriptionInfo made = rig.create("x-lamp", ALICE);
        assertThat(rig.notifiers.last().spec.username()).isEqualTo("watcher");
        assertThat(rig.notifiers.last().spec.password()).isEqualTo("secret");
        rig.notifiers.last().refuse(401);
        WatcherCredentials.Access better = new WatcherCredentials.Access("watcher", "better");
        Rig.done(rig.subscriptions().create(Requests.withAccess(Rig.withId(Rig.request("x-lamp", Lists.AUTO, ALICE), made.id()), better)));
        assertThat(rig.notifiers.last().spec.password()).isEqualTo("better");
        assertThat(rig.store.find(made.id()).orElseThrow().request().access()).isNull();
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        List<CompletionStage<SubscriptionInfo>> refused = List.of(rig.subscriptions().create(Rig.request("x lamp", Lists.AUTO, ALICE)),
                rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO)),
                rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, "mailto:alice@example.com")),
                rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, "sip:")),
                rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, "sip:alice@exam ple.com")),
                rig.subscriptions().create(Rig.request("x-lamp", Lists.AUTO, "sip:alice@example.com\r\nEvil: yes")),
                rig.subscriptions().create(Rig.until(Rig.request("x-lamp", Lists.AUTO, ALICE), rig.time.now().minusSeconds(1))));
        assertThat(refused).allSatisfy(each -> assertThat(Rig.refusal(each)).isEqualTo(Kind.BAD_REQUEST));
        assertThat(rig.subscriptions().figures().subscriptions()).isZero();
    }

    @Test
    void quotasHold() {
        rig.settings = SubscriptionSettings.DEFAULT.withQuotas(2, 3, 4);
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, "sip:a@x", "sip:b@x", "sip:c@x", "sip:d@x"))))
                .isEqualTo(Kind.TOO_MANY);
        SubscriptionInfo first = Rig.done(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, "sip:a@x", "sip:b@x", "sip:c@x", "sip:a@X")));
        assertThat(first.size()).isEqualTo(3);
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, "sip:a@x", "sip:b@x")))).isEqualTo(Kind.TOO_MANY);
        rig.create("x-lamp", "sip:d@x");
        Rig.done(rig.subscriptions().end(first.id()));
        rig.create("x-lamp", "sip:e@x");
        assertThat(Rig.refusal(rig.subscriptions().create(Rig.request("x-lamp", Lists.NEVER, "sip:f@x")))).isEqualTo(Kind.TOO_MANY);
    }
}
