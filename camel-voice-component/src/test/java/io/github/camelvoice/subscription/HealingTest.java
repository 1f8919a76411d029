package io.github.camelvoice.subscription;

import static io.github.camelvoice.subscription.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.subscription.FakeSignalling.FakeUsage;
import io.github.camelvoice.subscription.state.DialogInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was missed is asked for; what cannot be read is told. */
class HealingTest {

    private final Rig rig = new Rig();
    private final SubscriptionInfo made = rig.create("dialog", ALICE);
    private final FakeUsage first = rig.notifiers.last().accept();

    private static FakeUsage calls(FakeUsage usage, long version, boolean full, String... calls) {
        return usage.active("d1", DialogInfo.TYPE, document(version, full, calls));
    }

    /** @param calls each as {@code ID STATE} */
    static String document(long version, boolean full, String... calls) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?><dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version
                + "\" state=\"" + (full ? "full" : "partial") + "\" entity=\"" + ALICE + "\">");
        for (String call : calls) {
            String[] words = call.split(" ");
            text.append("<dialog id=\"").append(words[0]).append("\"><state>").append(words[1]).append("</state></dialog>");
        }
        return text.append("</dialog-info>").toString();
    }

    private String known() {
        DialogInfo known = (DialogInfo) rig.instance(made.id()).full();
        return known.dialogs().stream().map(dialog -> dialog.id() + " " + dialog.state()).toList().toString();
    }

    @Test
    void aGapIsHealedByARefresh() {
        calls(first, 0, true, "a early");
        calls(first, 2, false, "b early");
        assertThat(first.refreshes).isEqualTo(1);
        assertThat(rig.subscriptions().figures().gaps()).isEqualTo(1);
        calls(first, 3, true, "a confirmed", "b early");
        assertThat(known()).isEqualToIgnoringCase("[a confirmed, b early]");
        assertThat(rig.subscriptions().figures().healed()).isEqualTo(1);
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.notifiers.sent).hasSize(1);
    }

    @Test
    void whatFollowsAGapInOrderDoesNotCloseIt() {
        calls(first, 0, true, "a early");
        calls(first, 2, false, "b early");
        calls(first, 3, false, "c early");
        assertThat(known()).isEqualToIgnoringCase("[a early, b early, c early]");
        assertThat(rig.subscriptions().figures().healed()).isZero();
        calls(first, 4, true, "b confirmed");
        assertThat(known()).isEqualToIgnoringCase("[b confirmed]");
        assertThat(rig.subscriptions().figures().gaps()).isEqualTo(1);
        assertThat(rig.subscriptions().figures().healed()).isEqualTo(1);
    }

    @Test
    void aGapThatStaysIsHealedByAnotherSubscription() {
        calls(first, 0, true, "a early");
        calls(first, 2, false, "b early");
        rig.pass(Duration.ofSeconds(19));
        assertThat(rig.notifiers.sent).hasSize(1);
        rig.pass(Duration.ofSeconds(1));
        assertThat(first.ended).isTrue();
        assertThat(rig.notifiers.sent).hasSize(2);
        calls(rig.notifiers.last().accept(), 0, true, "a confirmed");
        assertThat(known()).isEqualToIgnoringCase("[a confirmed]");
        assertThat(rig.info(made.id()).resources().get(0).instances()).hasSize(1);
        assertThat(rig.info(made.id()).resources().get(0).trouble()).isNull();
    }

    @Test
    void aNotifierThatLeavesGapsForEverIsNotAskedAllTheTime() {
        rig.notifiers.answer = usage -> calls(usage.accept(), 7, false, "a early");
        calls(first, 5, false, "a early");
        rig.pass(Duration.ofHours(2));
        assertThat(rig.notifiers.sent.size()).isBetween(15, 45);
    }

    @Test
    void oldVersionsAreNotTakenAndManyOfThemAreAGap() {
        calls(first, 9, true, "a confirmed");
        calls(first, 3, false, "b early");
        calls(first, 4, false, "b early");
        assertThat(known()).isEqualToIgnoringCase("[a confirmed]");
        assertThat(first.refreshes).isZero();
        calls(first, 5, false, "b early");
        assertThat(first.refreshes).isEqualTo(1);
        assertThat(rig.subscriptions().figures().stale()).isEqualTo(2);
    }

    @Test
    void aBodyThatCannotBeReadIsToldAndCounted() {
        calls(first, 0, true, "a early");
        first.active("d1", DialogInfo.TYPE, "<dialog-info");
        first.active("d1", DialogInfo.TYPE, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><dialog-info>&e;</dialog-info>");
        assertThat(rig.subscriptions().figures().broken()).isEqualTo(2);
        assertThat(rig.info(made.id()).resources().get(0).trouble()).contains("cannot be read");
        assertThat(known()).isEqualToIgnoringCase("[a early]");
        assertThat(rig.changes).hasSize(1);
        calls(first, 1, false, "a confirmed");
        assertThat(rig.info(made.id()).resources().get(0).trouble()).isNull();
        assertThat(known()).isEqualToIgnoringCase("[a confirmed]");
    }

    @Test
    void versionsBeginAnewWithANewSubscription() {
        calls(first, 40, true, "a early");
        first.terminated("deactivated", -1);
        calls(rig.notifiers.last().accept(), 0, true, "a early");
        assertThat(rig.changes).hasSize(1);
        calls(rig.notifiers.last(), 1, false, "a confirmed");
        assertThat(known()).isEqualToIgnoringCase("[a confirmed]");
        assertThat(rig.notifiers.last().refreshes).isZero();
    }

    @Test
    void somebodyWhoHearsChangesAndFailsHurtsNobody() {
        rig.subscriptions().follow(ChangeFilter.ALL, change -> {
            throw new IllegalStateException("broken");
        });
        calls(first, 0, true, "a early");
        calls(first, 1, false, "a confirmed");
        assertThat(rig.changes).hasSize(2);
    }
}
