package io.github.camelvoice.store;

import static io.github.camelvoice.store.SubscriptionSamples.START;
import static io.github.camelvoice.store.SubscriptionSamples.info;
import static io.github.camelvoice.store.SubscriptionSamples.instance;
import static io.github.camelvoice.store.SubscriptionSamples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.subscription.Ownership;
import io.github.camelvoice.subscription.SubscriptionEdit;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.SubscriptionRequest.Resource;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.subscription.SubscriptionStore.Asked;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every database does with subscriptions that several nodes share. */
public abstract class SharedContract extends SessionContract {

    private static final String A = "sip:a@example.com";
    private static final int PART = Ownership.partition("s");

    private DirectLog leftLog;
    private SubscriptionStore left;
    private SubscriptionStore right;

    private void twoNodes(boolean shared) {
        leftLog = log("left");
        left = keeper(leftLog, shared);
        right = keeper(log("right"), shared);
        SubscriptionRequest request = request("s", "acme", A);
        left.put(info(request, 1, START), request).toCompletableFuture().join();
        left.keep("s", 2, A, instance("x", 2, "from the left"));
    }

    @Test
    void nodesThatDoNotShareLeaveEachOthersAlone() throws Exception {
        twoNodes(false);
        assertThat(right.load(PART)).isEmpty();
        assertThat(right.partitionsOfOthers()).isEmpty();
        assertThat(left.load(PART)).hasSize(1);
    }

    @Test
    void anotherNodeTakesOverAndWhatTheFormerOneStillSaysIsIgnored() throws Exception {
        twoNodes(true);
        assertThat(right.partitionsOfOthers()).isEqualTo(Set.of());
        leftLog.gathers = true;
        left.keep("s", 9, A, instance("x", 9, "said by the left before it died, not fed yet"));
        left.told("s", 9);
        SubscriptionRequest changed = request("s", "acme", "sip:other@example.com");
        left.put(info(changed, 10, START), changed);
        left.remove("s");

        // A node is known to the store from its first beat on.
        right.beat();
        assertThat(right.partitionsOfOthers()).containsExactly(PART);
        assertThat(states(right.load(PART).get(0))).isEqualTo("ax=from the left@2");
        assertThat(right.partitionsOfOthers()).isEmpty();
        right.keep("s", 3, A, instance("x", 3, "from the right"));
        leftLog.feed();
        assertThat(states(find(right, "s"))).isEqualTo("ax=from the right@3");
        assertThat(find(right, "s").info().owner()).isEqualTo("right");
        assertThat(find(right, "s").info().told()).isZero();
        assertThat(find(left, "s")).isEqualTo(find(right, "s"));
        assertThat(left.partitionsOfOthers()).containsExactly(PART);

        assertThat(left.load(PART)).hasSize(1);
        leftLog.gathers = false;
        left.keep("s", 4, A, instance("x", 4, "back on the left"));
        right.keep("s", 5, A, instance("x", 5, "late"));
        assertThat(states(find(right, "s"))).isEqualTo("ax=back on the left@4");
    }

    @Test
    void whatADeadNodeHadWrittenLocallyIsFoundWhenItsLogComes() throws Exception {
        leftLog = log("left");
        left = keeper(leftLog, true);
        right = keeper(log("right"), true);
        leftLog.gathers = true;
        SubscriptionRequest request = request("s", "acme", A);
        left.put(info(request, 1, START), request);
        right.beat();
        assertThat(right.load(PART)).isEmpty();
        leftLog.feed();
        assertThat(right.partitionsOfOthers()).containsExactly(PART);
        assertThat(right.load(PART)).hasSize(1);
    }

    @Test
    void theOwnerHearsWhatOthersWereAsked() throws Exception {
        twoNodes(true);
        SubscriptionEdit edit = new SubscriptionEdit(List.of(new Resource(A, "n\u00e4me"), new Resource("sip:b@example.com", null)),
                START.plusSeconds(99), "https://example.com/b");
        right.ask("s", edit).toCompletableFuture().join();
        right.ask("s", new SubscriptionEdit(null, null, null)).toCompletableFuture().join();
        right.ask("s", null).toCompletableFuture().join();
        List<Asked> asked = left.asked(10);
        assertThat(asked).extracting(Asked::edit).containsExactly(edit, new SubscriptionEdit(null, null, null), null);
        assertThat(asked).allSatisfy(each -> assertThat(each.subscriptionId()).isEqualTo("s"));
        assertThat(left.asked(2)).hasSize(2);
        left.answered(asked.get(0));
        left.answered(asked.get(2));
        assertThat(left.asked(10)).containsExactly(asked.get(1));
        store.purge(Instant.now().plusSeconds(60), 10);
        assertThat(left.asked(10)).isEmpty();
        assertThatThrownBy(() -> right.ask("no id", null).toCompletableFuture().join()).hasMessageContaining("not an id");
    }

    @Test
    void nodesAreCountedByTheirBeats() throws Exception {
        twoNodes(true);
        left.beat();
        right.beat();
        assertThat(left.beat().values()).containsExactlyInAnyOrder(2L, 1L);
        assertThat(left.beat().values()).containsExactlyInAnyOrder(3L, 1L);
        store.purge(Instant.now().plusSeconds(60), 10);
        assertThat(right.beat().values()).containsExactly(1L);
    }

    @Test
    void aRowThatIsBrokenDoesNotHoldUpTheOthers() throws Exception {
        twoNodes(true);
        String other = SubscriptionSamples.idIn(PART, "other");
        store.apply("left", 900_000, List.of(new SubscriptionEntry.Put(1, other, "acme", 1, START, new byte[] {9, 9, 9}),
                new SubscriptionEntry.State(2, "s", 3, A, "y", new byte[] {2, 77, 12}), new SubscriptionEntry.State(3, "s", 4, A, "z", new byte[0])));
        assertThat(left.load(PART)).hasSize(1);
        assertThat(states(left.load(PART).get(0))).isEqualTo("ax=from the left@2");
        assertThat(left.list(null, 10)).hasSize(1);
        assertThat(left.find(other)).isEmpty();
    }

    @Test
    void aBatchWithOthersThatComesAgainChangesNothing() throws Exception {
        twoNodes(true);
        SubscriptionEntry.Asked asked = new SubscriptionEntry.Asked(77, "s", START, null);
        CallbackEntry settled = new CallbackEntry.Replayed(5, START);
        store.apply("left", 900_000, List.of(asked, settled));
        store.apply("left", 900_001, List.of(asked, settled));
        assertThat(left.asked(10)).hasSize(1);
    }
}
