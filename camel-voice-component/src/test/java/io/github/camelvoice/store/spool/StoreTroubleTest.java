package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.TraceEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log with a store that is down, slow, hung, or refuses. */
class StoreTroubleTest {

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private SpoolLog log;

    @BeforeEach
    void open() {
        log = new SpoolLog(store, Entries.quick(folder), EngineClock.SYSTEM);
    }

    @AfterEach
    void close() {
        CountDownLatch latch = store.hang;
        store.hang = null;
        if (latch != null) {
            latch.countDown();
        }
        log.close();
    }

    private void stored() throws Exception {
        await().until(() -> log.figures().storeTrouble() == null);
        log.stored().toCompletableFuture().get(20, SECONDS);
    }

    private void append(List<TraceEntry> entries) {
        entries.forEach(entry -> assertThat(log.append(entry)).isTrue());
    }

    private void assertStored(List<TraceEntry> given) {
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
    }

    @Test
    void aStoreThatIsDownDoesNotHinderTheStart() throws Exception {
        store.down = true;
        log.start();
        List<TraceEntry> given = Entries.random(new Random(1), 3_000);
        append(given);
        log.durable().toCompletableFuture().get(10, SECONDS);
        assertThat(log.trouble()).isNull();
        await().until(() -> log.figures().storeTrouble() != null);
        assertThat(log.figures().storeTrouble()).isEqualTo("the database is down");
        assertThat(log.figures().waitingEntries()).isEqualTo(3_000);
        store.down = false;
        stored();
        assertStored(given);
        assertThat(log.figures().storeTrouble()).isNull();
        assertThat(store.batches.size()).isLessThan(20);
    }

    @Test
    void comesAndGoesWithoutALossOrADouble() throws Exception {
        log.start();
        Random random = new Random(42);
        List<TraceEntry> given = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            List<TraceEntry> some = Entries.random(random, random.nextInt(60));
            given.addAll(some);
            append(some);
            log.durable().toCompletableFuture().get(10, SECONDS);
            if (round % 3 == 0) {
                store.down = !store.down;
            }
            if (round % 4 == 0) {
                store.answersToLose = random.nextInt(3);
            }
        }
        store.down = false;
        stored();
        assertStored(given);
    }

    @Test
    void anAnswerThatGotLostWasAYes() throws Exception {
        log.start();
        store.answersToLose = 1;
        List<TraceEntry> given = Entries.random(new Random(3), 50);
        append(given);
        stored();
        assertStored(given);
    }

    @Test
    void aHungStoreStopsNobodyButItsReaders() throws Exception {
        log = new SpoolLog(store, Entries.quick(folder, Duration.ofMillis(500)), EngineClock.SYSTEM);
        log.start();
        append(Entries.wholeCall(1));
        stored();
        CountDownLatch latch = new CountDownLatch(1);
        store.hang = latch;
        List<TraceEntry> given = new ArrayList<>(Entries.wholeCall(1));
        List<TraceEntry> more = Entries.wholeCall(2);
        append(more);
        given.addAll(more);
        CompletableFuture<Void> reader = log.stored().toCompletableFuture();
        log.durable().toCompletableFuture().get(10, SECONDS);
        assertThatThrownBy(() -> reader.get(20, SECONDS)).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(StoreException.class);
        assertThat(log.figures().storeTrouble()).startsWith("the store has not answered for ");
        assertThat(log.trouble()).isNull();
        await().untilAsserted(() -> assertThatThrownBy(() -> log.stored().toCompletableFuture().get(2, SECONDS)).hasMessageContaining("answered"));
        store.hang = null;
        latch.countDown();
        await().until(() -> log.figures().storeTrouble() == null);
        stored();
        assertStored(given);
    }

    @Test
    void whatIsRefusedForGoodIsSetAside() throws Exception {
        List<TraceEntry> given = Entries.random(new Random(9), 900);
        List<TraceEntry> bad = List.of(given.get(0), given.get(450), given.get(451), given.get(899));
        store.refuses = entry -> bad.stream().anyMatch(one -> Entries.same(one, entry));
        log.start();
        append(given);
        stored();
        List<TraceEntry> good = new ArrayList<>(given);
        bad.forEach(one -> good.removeIf(entry -> Entries.same(one, entry)));
        assertStored(good);
        assertThat(log.rejected()).isEqualTo(given.size() - good.size()).isGreaterThanOrEqualTo(4);
        assertThat(folder.resolve("rejected")).isNotEmptyFile();
        assertThat(log.figures().waitingEntries()).isZero();
        assertThat(log.figures().storeTrouble()).isNull();
    }

    @Test
    void aBugOfTheStoreThatPassesLosesNothing() throws Exception {
        log.start();
        store.bug = new IllegalStateException("pool is closed");
        List<TraceEntry> given = Entries.wholeCall(1);
        append(given);
        await().until(() -> log.figures().storeTrouble() != null);
        store.bug = null;
        stored();
        assertStored(given);
        assertThat(log.rejected()).isZero();
    }

    @Test
    void closingDoesNotWaitForAHungStore() throws Exception {
        log.start();
        store.hang = new CountDownLatch(1);
        append(Entries.wholeCall(1));
        CompletableFuture<Void> reader = log.stored().toCompletableFuture();
        await().until(() -> log.figures().waitingBytes() > 0);
        log.close();
        assertThat(log.append(Entries.opened(3))).isFalse();
        assertThat(reader).isCompletedExceptionally();
    }
}
