package io.github.camelvoice.subscription;

import static io.github.camelvoice.subscription.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.Resubscription.When;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a watch subscribes again, by what ended it; with a clock that the test moves. */
class ResubscriptionTest {

    private final Rig rig = new Rig();
    private SubscriptionInfo made;

    @BeforeEach
    void subscribe() {
        made = rig.create("x-lamp", ALICE);
        rig.notifiers.last().accept().active("on");
    }

    @ParameterizedTest(name = "{0}, retry-after {1}: {2}")
    @CsvSource({"deactivated,-1,NOW,", "deactivated,30,NOW,", "timeout,-1,NOW,", "probation,90,ASKED,probation", "probation,-1,BACK_OFF,probation",
        "giveup,90,ASKED,giveup", "giveup,-1,BACK_OFF,giveup", "rejected,-1,NEVER,rejected", "rejected,60,NEVER,rejected",
        "noresource,60,NEVER,noresource", "invariant,-1,NEVER,invariant", "'',-1,BACK_OFF,", "'',20,ASKED,", "x-new,-1,BACK_OFF,", "x-new,20,ASKED,"})
    void reasons(String reason, int retryAfter, When when, String told) {
        Resubscription next = Resubscription.terminated(reason, retryAfter);
        assertThat(next.when()).isEqualTo(when);
        assertThat(next.reason()).isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}, Retry-After {1}: {2}")
    @CsvSource({"408,-1,BACK_OFF,", "480,-1,BACK_OFF,", "480,10,ASKED,", "481,-1,BACK_OFF,", "486,-1,BACK_OFF,", "500,-1,BACK_OFF,",
        "503,-1,BACK_OFF,", "503,30,ASKED,", "504,-1,BACK_OFF,", "400,-1,SLOWLY,rejected", "401,-1,SLOWLY,rejected", "403,-1,SLOWLY,rejected",
        "404,-1,SLOWLY,noresource", "405,-1,SLOWLY,rejected", "406,-1,SLOWLY,rejected", "407,-1,SLOWLY,rejected", "410,-1,SLOWLY,noresource",
        "489,-1,SLOWLY,rejected", "501,-1,SLOWLY,rejected", "600,-1,BACK_OFF,", "603,-1,SLOWLY,rejected", "604,-1,SLOWLY,noresource"})
    void refusals(int code, int retryAfter, When when, String told) {
        Resubscription next = Resubscription.refused(code, "No", retryAfter);
        assertThat(next.when()).isEqualTo(when);
        assertThat(next.reason()).isEqualTo(told);
    }

    @Test
    void deactivatedIsSubscribedToAtOnceAndItsStateStands() {
        rig.notifiers.last().terminated("deactivated", -1);
        assertThat(rig.notifiers.sent).hasSize(2);
        assertThat(rig.changes).hasSize(1);
        rig.notifiers.last().active("d2", "text/plain", "on");
        assertThat(rig.changes).hasSize(1);
        assertThat(rig.info(made.id()).resources().get(0).trouble()).isNull();
    }

    @Test
    void whoDeactivatesAgainAndAgainIsAskedLessAndLess() {
        rig.pass(Duration.ofMinutes(2));
        rig.notifiers.answer = usage -> usage.accept().active("on").terminated("deactivated", -1);
        rig.notifiers.last().terminated("deactivated", -1);
        rig.pass(Duration.ofHours(1));
        assertThat(rig.notifiers.sent.size()).isBetween(15, 40);
        assertThat(rig.changes).hasSize(1);
    }

    @Test
    void probationWaitsAsLongAsItIsAsked() {
        rig.notifiers.last().terminated("probation", 90);
        assertThat(rig.changes.get(1).isOver()).isTrue();
        assertThat(rig.changes.get(1).instance().reason()).isEqualTo("probation");
        rig.pass(Duration.ofSeconds(89));
        assertThat(rig.notifiers.sent).hasSize(1);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.notifiers.sent).hasSize(2);
        rig.notifiers.last().accept().active("on");
        assertThat(rig.instance(made.id()).state()).isEqualTo(UsageEvent.State.ACTIVE);
        assertThat(rig.info(made.id()).resources().get(0).instances()).hasSize(1);
    }

    @Test
    void rejectedIsNeverAskedAgain() {
        rig.notifiers.last().terminated("rejected", -1);
        rig.pass(Duration.ofDays(3));
        assertThat(rig.notifiers.sent).hasSize(1);
        assertThat(rig.info(made.id()).state()).isEqualTo(SubscriptionInfo.State.FAILED);
        assertThat(rig.instance(made.id()).reason()).isEqualTo("rejected");
        assertThat(rig.info(made.id()).resources().get(0).trouble()).contains("rejected");
        assertThat(rig.subscriptions().figures().stopped()).isEqualTo(1);
        rig.subscriptions().end(made.id());
        assertThat(rig.notifiers.last().ended).isFalse();
        assertThat(rig.subscriptions().figures().watches()).isZero();
    }

    @Test
    void a481ToARefreshIsANewSubscriptionAtOnceThenLater() {
        rig.notifiers.last().ended(UsageEvent.Why.REFRESH_FAILED, 481);
        assertThat(rig.notifiers.sent).hasSize(2);
        rig.notifiers.last().accept().ended(UsageEvent.Why.REFRESH_FAILED, 481);
        assertThat(rig.notifiers.sent).hasSize(2);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.notifiers.sent).hasSize(3);
        assertThat(rig.changes).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerIsAskedForEverWithGrowingPauses() {
        rig.notifiers.answer = usage -> usage.refuse(408);
        rig.notifiers.last().ended(UsageEvent.Why.REFRESH_FAILED, 408);
        rig.pass(Duration.ofMinutes(10));
        int first = rig.notifiers.sent.size();
        assertThat(first).isBetween(6, 14);
        rig.pass(Duration.ofHours(10));
        int more = rig.notifiers.sent.size() - first;
        assertThat(more).isBetween(120, 240);
        assertThat(rig.info(made.id()).resources().get(0).trouble()).isEqualTo("408 No");
        assertThat(rig.info(made.id()).state()).isEqualTo(SubscriptionInfo.State.ACTIVE);

        rig.notifiers.answer = usage -> usage.accept().active("off");
        rig.pass(Duration.ofMinutes(6));
        assertThat(rig.instance(made.id()).full().document()).isEqualTo("off");
        assertThat(rig.info(made.id()).resources().get(0).trouble()).isNull();
    }

    @Test
    void noNotifyIsAFailure() {
        rig.notifiers.last().ended(UsageEvent.Why.NO_NOTIFY, 0);
        assertThat(rig.notifiers.sent).hasSize(1);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.notifiers.sent).hasSize(2);
    }

    @Test
    void aFinalRefusalIsToldAndTriedOnceAnHour() {
        Rig other = new Rig();
        other.notifiers.answer = usage -> usage.refuse(404);
        SubscriptionInfo refused = other.create("x-lamp", ALICE);
        assertThat(other.changes).hasSize(1);
        assertThat(other.changes.get(0).instance().state()).isEqualTo(UsageEvent.State.TERMINATED);
        assertThat(other.changes.get(0).instance().reason()).isEqualTo("noresource");
        assertThat(other.info(refused.id()).state()).isEqualTo(SubscriptionInfo.State.FAILED);
        other.pass(Duration.ofMinutes(59));
        assertThat(other.notifiers.sent).hasSize(1);
        other.notifiers.answer = usage -> usage.accept().active("on");
        other.pass(Duration.ofMinutes(17));
        assertThat(other.notifiers.sent).hasSize(2);
        assertThat(other.info(refused.id()).state()).isEqualTo(SubscriptionInfo.State.ACTIVE);
        assertThat(other.info(refused.id()).resources().get(0).instances()).hasSize(1);
    }

    @Test
    void whatCannotBeSentIsToldAndNeverTried() {
        Rig other = new Rig();
        SubscriptionInfo wrong = other.create("x-lamp", "sip:malformed@example.com");
        assertThat(other.info(wrong.id()).state()).isEqualTo(SubscriptionInfo.State.FAILED);
        assertThat(other.info(wrong.id()).resources().get(0).trouble()).isEqualTo("the target is malformed");
        assertThat(other.time.pending()).isZero();
    }

    @Test
    void aServerThatIsOverloadedGetsNothingForAWhile() {
        Rig other = new Rig();
        other.create("x-lamp", ALICE);
        other.notifiers.last().refuse(503, 30);
        other.create("x-lamp", Rig.BOB);
        other.create("x-lamp", "sip:carol@elsewhere.example");
        assertThat(other.notifiers.targets()).containsExactly(ALICE, "sip:carol@elsewhere.example");
        other.pass(Duration.ofSeconds(31));
        assertThat(other.notifiers.targets()).contains(Rig.BOB);
    }
}
