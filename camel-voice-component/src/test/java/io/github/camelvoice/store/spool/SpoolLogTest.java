package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.TraceEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log with a store that does what it should. */
class SpoolLogTest {

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private final List<SpoolLog> logs = new ArrayList<>();

    @AfterEach
    void closeLogs() {
        logs.forEach(SpoolLog::close);
    }

    private SpoolLog start(SpoolOptions options) throws StoreException {
        SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM);
        logs.add(log);
        log.start();
        return log;
    }

    private SpoolOptions options() {
        return Entries.quick(folder);
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool")).count();
        }
    }

    @Test
    void whatIsAppendedComesToTheStoreInOrder() throws Exception {
        SpoolLog log = start(options());
        List<TraceEntry> given = Entries.random(new Random(1), 500);
        given.forEach(entry -> assertThat(log.append(entry)).isTrue());
        log.durable().toCompletableFuture().get(10, SECONDS);
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
        assertThat(log.figures().waitingEntries()).isZero();
        assertThat(log.figures().waitingBytes()).isZero();
        assertThat(log.trouble()).isNull();
    }

    @Test
    void aSecondProcessIsToldWhoHasTheFolder() throws Exception {
        start(options());
        assertThatThrownBy(() -> start(options())).isInstanceOf(StoreException.class)
            .hasMessageContaining(folder.toString()).hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void nobodyWaitsForAFeedThatNobodyAskedFor() throws Exception {
        SpoolLog log = start(options());
        log.append(Entries.opened(1));
        await().until(() -> store.entries().size() == 1);
        log.stored().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void goesOnAfterARestartWhereTheStoreIs() throws Exception {
        store.down = true;
        SpoolLog first = start(options());
        String source = first.source();
        long trace = first.nextTrace();
        List<TraceEntry> given = new ArrayList<>(Entries.wholeCall(trace));
        given.forEach(first::append);
        first.close();
        assertThat(store.entries()).isEmpty();

        store.down = false;
        SpoolLog second = start(options());
        assertThat(second.source()).isEqualTo(source);
        assertThat(second.nextTrace()).isGreaterThan(trace);
        List<TraceEntry> more = Entries.wholeCall(second.nextTrace());
        more.forEach(second::append);
        given.addAll(more);
        second.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
        second.close();

        SpoolLog third = start(options());
        third.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(store.entries()).hasSize(given.size());
    }

    @Test
    void callsThatWereUpAreClosedAsInterrupted() throws Exception {
        SpoolLog first = start(options());
        first.append(Entries.opened(7));
        first.append(Entries.opened(8));
        first.append(Entries.ended(7));
        first.stored().toCompletableFuture().get(10, SECONDS);
        first.append(Entries.opened(9));
        first.append(Entries.ended(8));
        store.down = true;
        first.close();
        store.down = false;

        SpoolLog second = start(options());
        second.append(Entries.opened(10));
        await().until(() -> store.entries().stream().anyMatch(TraceEntry.Closed.class::isInstance));
        List<TraceEntry> entries = store.entries();
        assertThat(store.live).containsOnlyKeys("n1-10");
        TraceEntry.Ended ended = entries.stream().filter(entry -> entry.trace() == 9 && entry instanceof TraceEntry.Ended)
            .map(TraceEntry.Ended.class::cast).findFirst().orElseThrow();
        assertThat(ended.call().cause().kind()).isEqualTo(EndCause.Kind.INTERRUPTED);
        assertThat(ended.call().cause().phrase()).isEqualTo("the process stopped while the call was up");
        assertThat(ended.call().endedAt()).isNotNull();
        assertThat(ended.call().createdAt()).isEqualTo(Entries.NOON);
        assertThat(entries.stream().filter(entry -> entry instanceof TraceEntry.Ended)).hasSize(3);
    }

    @Test
    void segmentsRotateAndAreDeletedWhenTheStoreHasThem() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        store.hang = latch;
        SpoolLog log = start(options().withSizes(20_000, 1 << 20));
        List<TraceEntry> given = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<TraceEntry> some = Entries.random(new Random(i), 100);
            given.addAll(some);
            some.forEach(log::append);
            log.durable().toCompletableFuture().get(10, SECONDS);
        }
        assertThat(segments()).isGreaterThanOrEqualTo(5);
        assertThat(log.figures().waitingEntries()).isEqualTo(1000);
        assertThat(log.figures().waitingBytes()).isGreaterThan(100_000);
        store.hang = null;
        latch.countDown();
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
        log.append(Entries.opened(1));
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(segments()).isLessThanOrEqualTo(2);
    }

    @Test
    void thoseWhoWaitAreToldInOrder() throws Exception {
        SpoolLog log = start(options());
        List<Integer> order = new ArrayList<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            log.append(Entries.opened(i));
            waiting.add(log.durable().thenRun(() -> order.add(number)).toCompletableFuture());
        }
        CompletableFuture.allOf(waiting.toArray(new CompletableFuture<?>[0])).get(10, SECONDS);
        assertThat(order).hasSize(200).isSorted();
        assertThat(log.forced()).isLessThan(200);
    }

    @Test
    void listenersHearOfWhatCameToTheStore() throws Exception {
        AtomicInteger early = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        SpoolLog log = new SpoolLog(store, options(), EngineClock.SYSTEM);
        logs.add(log);
        log.onStored(() -> {
            throw new IllegalStateException("a bug of the listener");
        });
        log.onStored(early::incrementAndGet);
        log.start();
        log.onStored(late::incrementAndGet);
        log.append(Entries.opened(1));
        await().untilAsserted(() -> assertThat(early).hasPositiveValue());
        await().untilAsserted(() -> assertThat(late).hasPositiveValue());
    }

    @Test
    void closingTakesAlongAllThatWasAppended() throws Exception {
        SpoolLog log = start(options());
        List<TraceEntry> given = Entries.random(new Random(5), 2_000);
        given.forEach(log::append);
        log.close();
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
        assertThat(log.append(Entries.opened(1))).isFalse();
        assertThat(log.figures().lost()).isEqualTo(1);
        assertThat(log.durable().toCompletableFuture()).isCompletedExceptionally();
        log.close();
    }

    @Test
    void deletesOldCallsInSteps() throws Exception {
        store.expired = 1_700;
        start(options().withRetention(Duration.ofDays(3)));
        await().until(() -> store.expired == 0);
        assertThat(store.purges).isEqualTo(4);
        assertThat(store.purgedBefore).isBetween(EngineClock.SYSTEM.now().minus(Duration.ofDays(3)).minusSeconds(60),
                EngineClock.SYSTEM.now().minus(Duration.ofDays(3)));
    }

    @Test
    void tracesAreNumberedUpwardsWhateverTheClockSays() throws Exception {
        SpoolLog first = start(options());
        long trace = first.nextTrace();
        assertThat(first.nextTrace()).isEqualTo(trace + 1);
        first.close();
        EngineClock past = new EngineClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.EPOCH;
            }
        };
        SpoolLog second = new SpoolLog(store, options(), past);
        logs.add(second);
        second.start();
        assertThat(second.nextTrace()).isGreaterThan(trace + 1);
    }

    @Test
    void aLostNameIsFoundOnTheSegments() throws Exception {
        store.down = true;
        SpoolLog first = start(options());
        first.append(Entries.opened(1));
        first.close();
        Files.delete(folder.resolve("source"));
        store.down = false;
        SpoolLog second = start(options());
        assertThat(second.source()).isEqualTo(first.source());
        await().until(() -> !store.entries().isEmpty());
    }

    @Test
    void aStoreThatIsAheadOfTheLogGetsWhatIsNew() throws Exception {
        store.position = Long.MAX_VALUE / 2;
        SpoolLog log = start(options());
        List<TraceEntry> given = Entries.wholeCall(1);
        given.forEach(log::append);
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
    }

    @Test
    void segmentsOfAnotherLogAreLeftAlone() throws Exception {
        start(options()).close();
        Path foreign = Files.writeString(folder.resolve("0".repeat(32) + "." + "1".repeat(19) + ".spool"), "not ours");
        SpoolLog log = start(options());
        log.append(Entries.opened(1));
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(foreign).hasContent("not ours");
        assertThat(store.entries()).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeIsRefusedInPlainWords() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> start(SpoolOptions.in(file))).isInstanceOf(StoreException.class)
            .hasMessageStartingWith("the spool folder " + file + " cannot be used: ");
    }

    @Test
    void nothingIsNumberedBeforeTheStart() {
        SpoolLog log = new SpoolLog(store, options(), EngineClock.SYSTEM);
        assertThatThrownBy(log::nextTrace).isInstanceOf(IllegalStateException.class);
        assertThat(log.trouble()).isNotNull();
        log.close();
        assertThatThrownBy(log::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatItMakesIsForItsOwnerAlone() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path spool = folder.resolve("data").resolve("spool");
        TraceEntry refused = Entries.opened(1);
        store.refuses = entry -> Entries.same(entry, refused);
        SpoolLog log = start(Entries.quick(spool));
        log.append(refused);
        log.append(Entries.opened(2));
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(spool)) {
            List<Path> found = files.toList();
            assertThat(found).extracting(file -> file.getFileName().toString()).contains("lock", "source", "numbers", "rejected").hasSize(5);
            for (Path file : found) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            }
        }
    }

    /** Restarts, an absent store and lost answers at random: in the end each entry is there once, in order. */
    @Test
    void whateverHappensEachEntryComesOnce() throws Exception {
        Random random = new Random(20261121);
        List<TraceEntry> given = new ArrayList<>();
        SpoolLog log = null;
        for (int round = 0; round < 60; round++) {
            if (log == null || random.nextInt(6) == 0) {
                if (log != null) {
                    log.close();
                }
                log = start(options().withSizes(1 + random.nextInt(30_000), 1 << 20 + random.nextInt(4)));
            }
            store.down = random.nextInt(3) == 0;
            store.answersToLose = random.nextInt(4) == 0 ? 1 : 0;
            List<TraceEntry> some = new ArrayList<>();
            for (TraceEntry entry : Entries.random(random, random.nextInt(80))) {
                some.add(entry instanceof TraceEntry.Opened ? new TraceEntry.Closed(entry.trace()) : entry);
            }
            some.forEach(log::append);
            given.addAll(some);
            if (random.nextBoolean()) {
                log.durable().toCompletableFuture().get(10, SECONDS);
            }
        }
        store.down = false;
        store.answersToLose = 0;
        log.stored().toCompletableFuture().get(10, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
        assertThat(log.damages()).isZero();
    }
}
