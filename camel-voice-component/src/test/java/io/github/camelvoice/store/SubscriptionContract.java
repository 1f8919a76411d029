package io.github.camelvoice.store;

import static io.github.camelvoice.store.SubscriptionSamples.START;
import static io.github.camelvoice.store.SubscriptionSamples.idIn;
import static io.github.camelvoice.store.SubscriptionSamples.info;
import static io.github.camelvoice.store.SubscriptionSamples.instance;
import static io.github.camelvoice.store.SubscriptionSamples.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.InstanceInfo;
import io.github.camelvoice.subscription.Ownership;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.SubscriptionStore;
import io.github.camelvoice.subscription.SubscriptionStore.Kept;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with subscriptions of one node. */
public abstract class SubscriptionContract extends CallbackContract {

    private static final String A = "sip:a@example.com";
    private static final String B = "sip:b@example.com";

    protected final DirectLog log(String source) {
        return new DirectLog(source, store, 200_000);
    }

    protected final SubscriptionStore keeper(FedLog log, boolean shared) {
        return new StoredSubscriptions(log, store, EngineClock.SYSTEM, shared);
    }

    protected static Kept find(SubscriptionStore keeper, String id) throws IOException {
        return keeper.find(id).orElseThrow();
    }

    protected static String states(Kept kept) {
        List<String> found = new ArrayList<>();
        kept.info().resources().forEach(resource -> resource.instances().forEach(instance ->
                found.add(resource.uri().substring(4, 5) + instance.id() + "=" + instance.full().document() + "@" + instance.version())));
        return String.join(" ", found.stream().sorted().toList());
    }

    @Test
    void aSubscriptionIsReadAsItWasWithoutItsCredentials() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        SubscriptionRequest request = request("s-1", "acme", A, B);
        keeper.put(info(request, 3, START), request).toCompletableFuture().join();
        InstanceInfo terminated = new InstanceInfo("i2", UsageEvent.State.TERMINATED, "noresource", null, null, 5, START.plusSeconds(5));
        keeper.keep("s-1", 4, A, instance("i1", 4, "on the ph\u00f6ne \ud83d\ude00"));
        keeper.keep("s-1", 5, B, terminated);
        keeper.told("s-1", 4);

        Kept kept = find(keeper, "s-1");
        assertThat(kept.request()).isEqualTo(new SubscriptionRequest("s-1", "acme", request.event(), request.resources(), request.accept(), 1234,
                request.until(), request.receiver(), request.origin(), request.lists(), request.from(), request.outboundProxy(), null));
        SubscriptionInfo info = kept.info();
        assertThat(info).isEqualTo(new SubscriptionInfo("s-1", "acme", request.event(), SubscriptionInfo.State.ACTIVE, 5, START, request.until(),
                request.accept(), request.receiver(), request.origin(), info.resources(), 2, 4, "node"));
        assertThat(info.resources()).extracting("uri", "displayName").containsExactly(
                org.assertj.core.groups.Tuple.tuple(A, "n\u00e4me of " + A), org.assertj.core.groups.Tuple.tuple(B, "n\u00e4me of " + B));
        assertThat(info.resources().get(0).instances()).containsExactly(instance("i1", 4, "on the ph\u00f6ne \ud83d\ude00"));
        assertThat(info.resources().get(1).instances()).containsExactly(terminated);
        assertThat(keeper.load(Ownership.partition("s-1"))).containsExactly(kept);
        assertThat(keeper.find("s-2")).isEmpty();
        assertThat(keeper.find("\u0000\ud800")).isEmpty();
    }

    @Test
    void theNewestStateIsKeptInOneBatchAndInMany() throws Exception {
        DirectLog log = log("node");
        SubscriptionStore keeper = keeper(log, false);
        for (String id : List.of("one", "many")) {
            log.gathers = id.equals("one");
            SubscriptionRequest request = request(id, "acme", A, B);
            keeper.put(info(request, 1, START), request);
            keeper.keep(id, 2, A, instance("x", 2, "first"));
            keeper.keep(id, 3, A, instance("y", 3, "fork"));
            keeper.keep(id, 4, B, instance("x", 4, "other"));
            keeper.keep(id, 5, A, instance("x", 5, "second"));
            keeper.drop(id, 6, A, "y");
            keeper.keep(id, 7, B, instance("z", 7, "more"));
            keeper.drop(id, 8, B, "z");
            keeper.keep(id, 9, B, instance("z", 9, "again"));
            keeper.told(id, 7);
            keeper.told(id, 6);
            if (log.gathers) {
                log.feed();
            }
            assertThat(states(find(keeper, id))).as(id).isEqualTo("ax=second@5 bx=other@4 bz=again@9");
            assertThat(find(keeper, id).info().version()).isEqualTo(9);
            assertThat(find(keeper, id).info().told()).isEqualTo(7);
        }
    }

    @Test
    void whatIsAskedForCanChangeAndItsStatesStay() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        SubscriptionRequest before = request("s", "acme", A);
        keeper.put(info(before, 1, START), before);
        keeper.keep("s", 2, A, instance("x", 2, "here"));
        SubscriptionRequest after = request("s", "acme", B, A);
        keeper.put(info(after, 3, START), after);
        Kept kept = find(keeper, "s");
        assertThat(kept.info().version()).isEqualTo(3);
        assertThat(kept.info().resources()).extracting("uri").containsExactly(B, A);
        assertThat(states(kept)).isEqualTo("ax=here@2");
    }

    @Test
    void whatIsOverIsGoneAndItsIdCanBeUsedAgain() throws Exception {
        DirectLog log = log("node");
        SubscriptionStore keeper = keeper(log, false);
        SubscriptionRequest request = request("s", "acme", A);
        keeper.put(info(request, 1, START), request);
        keeper.keep("s", 2, A, instance("x", 2, "old"));
        keeper.remove("s").toCompletableFuture().join();
        assertThat(keeper.find("s")).isEmpty();
        assertThat(keeper.list(null, 10)).isEmpty();
        assertThat(keeper.load(Ownership.partition("s"))).isEmpty();
        keeper.keep("s", 3, A, instance("x", 3, "late"));
        assertThat(keeper.find("s")).isEmpty();

        keeper.put(info(request, 1, START.plusSeconds(1)), request);
        assertThat(states(find(keeper, "s"))).isEmpty();
        assertThat(find(keeper, "s").info().version()).isEqualTo(1);
        keeper.keep("s", 2, A, instance("x", 2, "new"));
        assertThat(states(find(keeper, "s"))).isEqualTo("ax=new@2");

        log.gathers = true;
        keeper.remove("s");
        keeper.put(info(request, 1, START.plusSeconds(2)), request);
        log.feed();
        assertThat(states(find(keeper, "s"))).isEmpty();
        keeper.remove("s");
        SubscriptionRequest brief = request("brief", "acme", A);
        keeper.put(info(brief, 1, START), brief);
        keeper.keep("brief", 2, A, instance("x", 2, "short"));
        keeper.remove("brief");
        log.feed();
        assertThat(keeper.list(null, 10)).isEmpty();
    }

    @Test
    void listsAreOldestFirstAndByAccount() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        for (int i = 1; i <= 5; i++) {
            SubscriptionRequest request = request("s" + i, i % 2 == 0 ? "even" : "odd", A, B);
            keeper.put(info(request, 1, START.plusSeconds(10 - i)), request);
            keeper.keep("s" + i, 2, A, instance("x", 2, "here"));
        }
        assertThat(keeper.list(null, 4)).extracting(SubscriptionInfo::id).containsExactlyElementsOf(oldestFirst(4));
        assertThat(keeper.list("even", 10)).extracting(SubscriptionInfo::id).containsExactlyInAnyOrder("s4", "s2");
        assertThat(keeper.list("even", 10)).allSatisfy(info -> {
            assertThat(info.resources()).isEmpty();
            assertThat(info.size()).isEqualTo(2);
            assertThat(info.version()).isEqualTo(2);
        });
        assertThat(keeper.list("nobody", 10)).isEmpty();
    }

    /** The store in memory goes by when they came, which is the same where clocks do not jump. */
    protected List<String> oldestFirst(int most) {
        return List.of("s5", "s4", "s3", "s2").subList(0, most);
    }

    @Test
    void eachPartitionIsLoadedForItself() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        List<String> ids = List.of(idIn(0, "x"), idIn(63, "x"), idIn(63, "y"));
        for (String id : ids) {
            SubscriptionRequest request = request(id, "acme", A);
            keeper.put(info(request, 1, START), request);
            keeper.keep(id, 2, A, instance("x", 2, id));
        }
        assertThat(keeper.load(0)).extracting(kept -> kept.info().id()).containsExactly(ids.get(0));
        assertThat(keeper.load(63)).extracting(SubscriptionContract::states).containsExactlyInAnyOrder("ax=" + ids.get(1) + "@2", "ax=" + ids.get(2) + "@2");
        assertThat(keeper.load(1)).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedOrLeftOut() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        java.util.Random random = new java.util.Random(7);
        String noise = random.ints(SubscriptionForm.MOST_STATE + 1, '!', '~').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
        SubscriptionRequest request = request("s", "acme", A);
        keeper.put(info(request, 1, START), request);
        keeper.keep("s", 2, A, instance("x", 2, noise));
        InstanceInfo kept = find(keeper, "s").info().resources().get(0).instances().get(0);
        assertThat(kept.full()).isNull();
        assertThat(kept.last()).isNull();
        assertThat(kept.state()).isEqualTo(UsageEvent.State.ACTIVE);
        keeper.keep("s", 3, A, instance("x", 3, noise.substring(1)));
        assertThat(states(find(keeper, "s"))).isEqualTo("ax=" + noise.substring(1) + "@3");

        String[] many = new String[20_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = "sip:" + Long.toHexString(random.nextLong()) + "@example.com";
        }
        SubscriptionRequest large = request("large", "acme", many);
        keeper.put(info(large, 1, START), large).toCompletableFuture().join();
        assertThat(find(keeper, "large").request().resources()).isEqualTo(large.resources());

        SubscriptionRequest huge = request("huge", "acme", noise, noise.substring(9), noise.substring(10));
        assertThatThrownBy(() -> keeper.put(info(huge, 1, START), huge).toCompletableFuture().join()).hasMessageContaining("too large");
        SubscriptionRequest odd = request("a b", "acme", A);
        assertThatThrownBy(() -> keeper.put(info(odd, 1, START), odd).toCompletableFuture().join()).hasMessageContaining("not an id");
    }

    @Test
    void whatCannotBeWrittenIsSaidAtOnce() {
        DirectLog log = log("node");
        SubscriptionStore keeper = keeper(log, false);
        SubscriptionRequest request = request("s", "acme", A);
        log.trouble = "the disk is full";
        assertThatThrownBy(() -> keeper.put(info(request, 1, START), request).toCompletableFuture().join()).hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("the disk is full");
        log.trouble = null;
        log.full = true;
        assertThatThrownBy(() -> keeper.remove("s").toCompletableFuture().join()).hasMessageContaining("no room");
        keeper.keep("s", 2, A, instance("x", 2, "kept in memory"));
    }

    @Test
    void thoseThatEndedArePurgedWithTheCalls() throws Exception {
        SubscriptionStore keeper = keeper(log("node"), false);
        SubscriptionRequest request = request("s", "acme", A);
        keeper.put(info(request, 1, START), request);
        store.purge(EngineClock.SYSTEM.now().plus(Duration.ofDays(1)), 10);
        assertThat(keeper.find("s")).isPresent();
        keeper.remove("s");
        assertThat(store.purge(EngineClock.SYSTEM.now().plus(Duration.ofDays(1)), 10)).isEqualTo(endedThatAreKept());
        assertThat(store.purge(EngineClock.SYSTEM.now().plus(Duration.ofDays(1)), 10)).isZero();
    }

    /** A store that only one node uses forgets at once. */
    protected int endedThatAreKept() {
        return 1;
    }
}
