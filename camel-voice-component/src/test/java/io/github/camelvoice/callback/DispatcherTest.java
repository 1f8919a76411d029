package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dispatcher on a clock that the test moves, with a courier that is the test. */
@Timeout(20)
class DispatcherTest {

    private static final Terms TERMS = new Terms(Set.of("crm"), 4, Schedule.DEFAULT);
    private static final String URL = "https://a.example/status";

    private final ManualTimers time = new ManualTimers();
    private final FakeOutbox outbox = new FakeOutbox();
    private final List<Delivery> carried = new CopyOnWriteArrayList<>();
    private final SerialPool pool = new SerialPool();
    private Dispatcher dispatcher = started(Receivers.Bounds.DEFAULT);

    /** What earlier runs left is read by a thread of its own: the test begins when that has done with the mailbox. */
    @BeforeEach
    void read() {
        await().until(dispatcher::isRecovered);
        pool.execute(() -> assertThat(carried).isEmpty());
    }

    private Dispatcher started(Receivers.Bounds bounds) {
        Dispatcher made = new Dispatcher(outbox, time, time, pool, new Ids("n1"), url -> {
            if (url.contains("10.0.0.1")) {
                throw new IllegalArgumentException("10.0.0.1 is private");
            }
        }, bounds, () -> 1);
        made.start();
        return made;
    }

    private AutoCloseable attend() {
        return dispatcher.attend(carried::add, TERMS);
    }

    @AfterEach
    void close() {
        dispatcher.close();
    }

    private CompletableFuture<Void> send(String callId, String text) {
        return send(callId, URL, text);
    }

    private CompletableFuture<Void> send(String callId, String target, String text) {
        return dispatcher.send(Callback.json("tap", callId, target, text)).toCompletableFuture();
    }

    private static String text(Delivery delivery) {
        return new String(delivery.callback().body());
    }

    /** What is being carried, taken off. */
    private List<Delivery> take() {
        List<Delivery> now = new ArrayList<>(carried);
        carried.clear();
        return now;
    }

    private List<String> texts() {
        return carried.stream().map(DispatcherTest::text).toList();
    }

    private void fail(String why) {
        take().forEach(each -> each.outcome().accept(new Outcome.Failed(why, null)));
    }

    private void deliver() {
        take().forEach(each -> each.outcome().accept(new Outcome.Delivered()));
    }

    @Test
    void aCallbackLeavesWhenItIsOnTheDiskAndNotBefore() throws Exception {
        attend();
        outbox.slow = true;
        CompletableFuture<Void> sent = send("c1", "one");
        assertThat(sent).isNotDone();
        assertThat(carried).isEmpty();
        outbox.force();
        assertThat(sent).isCompleted();
        assertThat(texts()).containsExactly("one");
        assertThat(carried.get(0).attempt()).isEqualTo(1);
        deliver();
        assertThat(outbox.states()).isEqualTo(Map.of("one", CallbackState.DELIVERED));
        assertThat(dispatcher.figures()).isEqualTo(new CallbackFigures(0, 0, 0, 0, 1, 0, 0, true, null));
    }

    @Test
    void whatCannotBeWrittenDownIsNotDelivered() {
        attend();
        outbox.slow = true;
        CompletableFuture<Void> sent = send("c1", "one");
        outbox.breakDown();
        assertThat(sent).isCompletedExceptionally();
        outbox.full = true;
        assertThatThrownBy(send("c1", "two")::join).isInstanceOf(CompletionException.class).hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the disk is full");
        assertThat(carried).isEmpty();
        assertThat(dispatcher.figures().waiting()).isZero();
    }

    @Test
    void oneCallsCallbacksLeaveOneAfterTheOtherInTheirOrder() {
        attend();
        send("c1", "one");
        send("c1", "two");
        send("c1", "three");
        send("c2", "other call");
        send("c1", "crm", "other receiver");
        assertThat(texts()).containsExactly("one", "other call", "other receiver");
        fail("500");
        time.advance(Duration.ofSeconds(1));
        assertThat(texts()).containsExactly("one", "other call", "other receiver");
        deliver();
        assertThat(texts()).containsExactly("two");
        deliver();
        assertThat(texts()).containsExactly("three");
    }

    @Test
    void itIsTriedThreeTimesQuicklyAndThenLessAndLessUntilItsTimeIsOver() {
        attend();
        send("c1", "one");
        List<Long> seconds = new ArrayList<>();
        Set<String> keys = new java.util.HashSet<>();
        while (!carried.isEmpty()) {
            seconds.add(time.nanos() / 1_000_000_000);
            keys.add(carried.get(0).id());
            assertThat(carried.get(0).attempt()).isEqualTo(seconds.size());
            fail("503 Service Unavailable");
            for (int i = 0; i < 31 && carried.isEmpty(); i++) {
                time.advance(i == 0 ? Duration.ofSeconds(3) : Duration.ofMinutes(1));
            }
        }
        assertThat(seconds).startsWith(0L, 1L + 2, 3L + 3).hasSizeBetween(50, 70);
        assertThat(seconds.get(seconds.size() - 1)).isBetween(23 * 3600L, 24 * 3600L);
        assertThat(keys).hasSize(1);
        StoredCallback stored = outbox.all().get(0);
        assertThat(stored.state()).isEqualTo(CallbackState.GIVEN_UP);
        assertThat(stored.cause()).contains("time was over", "503 Service Unavailable");
        assertThat(stored.attempts()).hasSize(seconds.size());
        assertThat(time.pending()).isZero();
    }

    @Test
    void theThirdAttemptThatSucceedsIsTheLast() {
        attend();
        send("c1", "one");
        fail("500");
        time.advance(Duration.ofSeconds(1));
        fail("500");
        time.advance(Duration.ofMillis(1_999));
        assertThat(carried).isEmpty();
        time.advance(Duration.ofMillis(1));
        deliver();
        StoredCallback stored = outbox.all().get(0);
        assertThat(stored.state()).isEqualTo(CallbackState.DELIVERED);
        assertThat(stored.attempts()).extracting(Attempt::failure).containsExactly("500", "500", null);
        assertThat(time.pending()).isZero();
    }

    @Test
    void oneThatIsRefusedIsGivenUpAndTheNextGetsItsTurn() {
        attend();
        send("c1", "one");
        send("c1", "two");
        take().get(0).outcome().accept(new Outcome.Refused("410 Gone"));
        assertThat(outbox.all().get(0).cause()).isEqualTo("410 Gone");
        assertThat(texts()).containsExactly("two");
    }

    @Test
    void theReceiverMayAskForTime() {
        attend();
        send("c1", "one");
        take().get(0).outcome().accept(new Outcome.Failed("429", Duration.ofSeconds(20)));
        time.advance(Duration.ofSeconds(19));
        assertThat(carried).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(carried).hasSize(1);
    }

    @Test
    void anOutcomeThatIsToldTwiceCountsOnce() {
        attend();
        send("c1", "one");
        Delivery delivery = take().get(0);
        delivery.outcome().accept(new Outcome.Delivered());
        delivery.outcome().accept(new Outcome.Refused("no"));
        assertThat(dispatcher.figures().carried()).isZero();
        assertThat(outbox.states()).containsEntry("one", CallbackState.DELIVERED);
    }

    @Test
    void aReceiverThatIsSlowTakesHalfOfTheSlotsAtMost() {
        attend();
        for (int i = 0; i < 10; i++) {
            send("slow" + i, "https://slow.example/", "slow");
        }
        assertThat(texts()).containsExactly("slow", "slow");
        send("c1", "quick");
        assertThat(texts()).containsExactly("slow", "slow", "quick");
    }

    @Test
    void withoutACourierTheyWait() throws Exception {
        send("c1", "one");
        assertThatThrownBy(() -> dispatcher.check(URL)).hasMessageContaining("voice:callbacks");
        AutoCloseable first = attend();
        assertThat(texts()).containsExactly("one");
        assertThatThrownBy(this::attend).isInstanceOf(IllegalStateException.class).hasMessageContaining("another route");
        first.close();
        take().get(0).outcome().accept(new Outcome.Returned());
        assertThat(carried).isEmpty();
        attend();
        assertThat(carried).extracting(Delivery::attempt).containsExactly(1);
    }

    @Test
    void targetsAreCheckedEarly() {
        attend();
        dispatcher.check(URL);
        dispatcher.check("crm");
        assertThatThrownBy(() -> dispatcher.check("http://10.0.0.1/")).hasMessage("10.0.0.1 is private");
        for (String endpoint : List.of("kafka:calls", "direct:start", "{{secret}}", "${body}", "bean:x?method=y", "file:/etc", "nobody", " ")) {
            assertThatThrownBy(() -> dispatcher.check(endpoint)).as(endpoint).isInstanceOf(IllegalArgumentException.class);
        }
        for (String endpoint : List.of("kafka:calls", "ftp://x/", "{{secret}}", "a b", "exec:ls", "vertx-http://h")) {
            assertThatThrownBy(send("c1", endpoint, "x")::join).as(endpoint).hasCauseInstanceOf(IllegalArgumentException.class);
        }
        assertThat(outbox.entries).isEmpty();
    }

    @Test
    void theNextRunTakesUpWhatIsLeftInOrderWithTheSameIds() {
        attend();
        for (int i = 0; i < 1_200; i++) {
            send("c" + i % 3, "n" + i);
        }
        List<String> ids = new ArrayList<>(outbox.all().stream().map(StoredCallback::id).toList());
        fail("500");
        dispatcher.close();
        take();
        time.advance(Duration.ofHours(1));

        dispatcher = started(Receivers.Bounds.DEFAULT);
        List<String> seen = new CopyOnWriteArrayList<>();
        List<String> order = new CopyOnWriteArrayList<>();
        dispatcher.attend(each -> {
            seen.add(each.id());
            order.add(each.callback().callId() + " " + text(each));
            each.outcome().accept(new Outcome.Delivered());
        }, TERMS);
        await().until(() -> seen.size() >= 1_200 && dispatcher.figures().waiting() == 0);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
        for (int call = 0; call < 3; call++) {
            int own = call;
            assertThat(order.stream().filter(each -> each.startsWith("c" + own)).toList())
                    .isEqualTo(IntStream.range(0, 1_200).filter(i -> i % 3 == own).mapToObj(i -> "c" + own + " n" + i).toList());
        }
        assertThat(outbox.states().values()).containsOnly(CallbackState.DELIVERED);
        assertThat(dispatcher.figures().waiting()).isZero();
    }

    @Test
    void oneWhoseTimeIsOverIsTriedOnceMoreAfterARestart() {
        send("c1", "one");
        dispatcher.close();
        time.advance(Duration.ofDays(2));
        dispatcher = started(Receivers.Bounds.DEFAULT);
        attend();
        await().until(() -> carried.size() == 1);
        fail("500");
        assertThat(outbox.all().get(0).cause()).contains("time was over");
    }

    @Test
    void aDatabaseThatIsDownHoldsUpOnlyWhatIsInIt() {
        send("c1", "old");
        dispatcher.close();
        outbox.down = true;
        dispatcher = started(Receivers.Bounds.DEFAULT);
        attend();
        send("c2", "new");
        assertThat(texts()).containsExactly("new");
        deliver();
        assertThat(dispatcher.figures().trouble()).contains("the database is down");
        outbox.down = false;
        time.advance(Duration.ofSeconds(3));
        await().until(() -> texts().equals(List.of("old")));
        assertThat(dispatcher.figures().trouble()).isNull();
    }

    @Test
    void whatDoesNotFitIntoMemoryStaysInTheStoreAndComesInOrder() {
        dispatcher.close();
        dispatcher = started(new Receivers.Bounds(1_000, 1 << 30, 10, 2));
        send("c0", "blocks");
        for (int i = 0; i < 2_000; i++) {
            send("c1", "n" + i);
        }
        assertThat(dispatcher.figures().waiting()).isEqualTo(2_001);
        List<String> order = new CopyOnWriteArrayList<>();
        dispatcher.attend(each -> {
            order.add(text(each));
            if (order.size() % 100 == 0 && order.size() <= 2_000) {
                send("c1", "late" + order.size());
            }
            each.outcome().accept(new Outcome.Delivered());
        }, TERMS);
        await().until(() -> order.size() >= 2_000 + 1 + 20);
        assertThat(order.stream().filter(each -> each.startsWith("n")).toList())
                .isEqualTo(IntStream.range(0, 2_000).mapToObj(i -> "n" + i).toList());
        assertThat(order.stream().filter(each -> each.startsWith("late")).toList())
                .isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(i -> "late" + i * 100).toList());
        await().until(() -> dispatcher.figures().waiting() == 0);
        assertThat(outbox.states().values()).containsOnly(CallbackState.DELIVERED);
    }

    @Test
    void aReceiverThatIsGoneTakesNoRoomFromOthers() {
        dispatcher.close();
        dispatcher = started(new Receivers.Bounds(20, 1 << 30, 20, 2));
        attend();
        for (int i = 0; i < 100; i++) {
            send("c" + i, "https://gone.example/", "gone");
        }
        send("c1", "here");
        assertThat(texts()).containsExactly("gone", "gone", "here");
    }

    @Test
    void whatWasGivenUpCanBeReplayedWithTheSameId() {
        attend();
        send("c1", "one");
        take().get(0).outcome().accept(new Outcome.Refused("401"));
        StoredCallback stored = outbox.all().get(0);
        time.advance(Duration.ofDays(3));
        assertThat(dispatcher.replay(stored).toCompletableFuture().join()).isTrue();
        assertThat(carried).extracting(Delivery::id).containsExactly(stored.id());
        assertThat(carried).extracting(Delivery::attempt).containsExactly(2);
        assertThat(dispatcher.replay(stored).toCompletableFuture().join()).isFalse();
        fail("500");
        time.advance(Duration.ofSeconds(1));
        deliver();
        assertThat(outbox.all().get(0).state()).isEqualTo(CallbackState.DELIVERED);
        assertThat(outbox.all().get(0).attempts()).hasSize(3);
    }

    @Test
    void whatWaitsCanBeDropped() {
        await().until(dispatcher::isRecovered);
        attend();
        send("c1", "one");
        send("c1", "two");
        send("c1", "three");
        List<StoredCallback> all = outbox.all();
        assertThat(dispatcher.drop(all.get(1).number()).toCompletableFuture().join()).isTrue();
        assertThat(dispatcher.drop(all.get(0).number()).toCompletableFuture().join()).isTrue();
        assertThat(outbox.all().get(0).state()).isEqualTo(CallbackState.WAITING);
        fail("500");
        assertThat(outbox.all().get(0).cause()).isEqualTo("dropped");
        assertThat(outbox.all().get(1).cause()).isEqualTo("dropped");
        assertThat(texts()).containsExactly("three");
        fail("500");
        assertThat(dispatcher.drop(all.get(2).number()).toCompletableFuture().join()).isTrue();
        assertThat(dispatcher.drop(all.get(2).number()).toCompletableFuture().join()).isFalse();
        assertThat(time.pending()).isZero();
        assertThat(dispatcher.figures().givenUp()).isEqualTo(3);
    }

    @Test
    void afterTheEndNothingIsTaken() {
        dispatcher.close();
        assertThatThrownBy(send("c1", "one")::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    private CompletableFuture<Void> idle(String callId) {
        return dispatcher.idle(URL, callId).toCompletableFuture();
    }

    @Test
    void whoHasOneAtATimeUnderWayIsToldWhenItIsOver() {
        attend();
        assertThat(idle("c1")).isCompleted();
        send("c1", "one");
        CompletableFuture<Void> idle = idle("c1");
        assertThat(idle("c2")).isCompleted();
        fail("500");
        assertThat(idle).isNotDone();
        time.advance(Duration.ofSeconds(1));
        deliver();
        assertThat(idle).isCompleted();
        send("c1", "two");
        CompletableFuture<Void> givenUp = idle("c1");
        take().get(0).outcome().accept(new Outcome.Refused("410"));
        assertThat(givenUp).isCompleted();
    }

    @Test
    void whatAnEarlierRunLeftIsUnderWayToo() {
        send("c1", "old");
        dispatcher.close();
        outbox.down = true;
        dispatcher = started(Receivers.Bounds.DEFAULT);
        attend();
        CompletableFuture<Void> idle = idle("c1");
        CompletableFuture<Void> other = idle("c2");
        assertThat(idle).isNotDone();
        assertThat(other).isNotDone();
        outbox.down = false;
        time.advance(Duration.ofSeconds(3));
        await().until(other::isDone);
        assertThat(idle).isNotDone();
        deliver();
        assertThat(idle).isCompleted();
    }

    @Test
    void whatDidNotFitIntoMemoryIsUnderWayToo() {
        dispatcher.close();
        dispatcher = started(new Receivers.Bounds(1_000, 1 << 30, 2, 2));
        await().until(dispatcher::isRecovered);
        attend();
        send("c1", "one");
        send("c1", "two");
        send("c9", "in the store");
        CompletableFuture<Void> idle = idle("c9");
        assertThat(idle).isNotDone();
        deliver();
        await().until(() -> texts().equals(List.of("two", "in the store")));
        assertThat(idle).isNotDone();
        deliver();
        assertThat(idle).isCompleted();
    }
}
