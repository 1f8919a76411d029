package io.github.camelvoice.store.memory;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static io.github.camelvoice.store.CallSamples.messages;
import static io.github.camelvoice.store.CallSamples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.SessionContract;
import io.github.camelvoice.trace.TraceEntry;
import io.github.camelvoice.trace.TraceEntry.Opened;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends SessionContract {

    @Override
    protected CallStore open() {
        return new MemoryStore(1000, 8 << 20);
    }

    @Override
    protected boolean isOfOneNode() {
        return true;
    }

    @Test
    void theOldestThatEndedLeaveAndLiveOnesStay() {
        MemoryStore small = new MemoryStore(3, 1 << 20);
        small.apply("node", 1, List.of(new Opened(1, live("old", START))));
        for (int i = 2; i < 12; i++) {
            small.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
        }
        assertThat(small.find("main", "old")).isPresent();
        assertThat(small.find("main", "c9")).isEmpty();
        assertThat(small.find("main", "c10")).isPresent();
        assertThat(small.find("main", "c11")).isPresent();
    }

    @Test
    void bytesAreBoundedAsWell() {
        MemoryStore small = new MemoryStore(1000, 60_000);
        for (int i = 1; i < 100; i++) {
            small.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
        }
        assertThat(small.find("main", "c99")).isPresent();
        assertThat(small.endedAfter("node", 0, 1000)).hasSizeBetween(5, 20);
    }

    @Test
    void aTraceThatNeverHadACallIsForgottenAtItsEnd() {
        MemoryStore small = new MemoryStore(1000, 10_000);
        for (int i = 1; i < 1000; i++) {
            small.apply("node", 2L * i, messages(i, live("c", START), 0, 7));
            small.apply("node", 2L * i + 1, List.of(new TraceEntry.Closed(i)));
        }
        small.apply("node", 1_000_000, whole(5000, live("c", START), Kind.NORMAL));
        assertThat(small.find("main", "c")).isPresent();
    }

    @Test
    void theArchiveShowsAtOnceWhatWasAppended() throws Exception {
        try (CallArchive archive = MemoryLog.archive(EngineClock.SYSTEM)) {
            archive.start();
            AtomicInteger told = new AtomicInteger();
            archive.onStored(told::incrementAndGet);
            archive.enrol("consumer", false);
            long trace = archive.log().nextTrace();
            whole(trace, live("c1", START), Kind.NORMAL).forEach(archive.log()::append);

            assertThat(archive.log().durable().toCompletableFuture()).isDone();
            assertThat(archive.log().stored().toCompletableFuture()).isDone();
            assertThat(archive.read("main", "c1").orElseThrow().messages()).hasSize(7);
            assertThat(archive.pending("consumer", 10)).hasSize(1);
            archive.delivered("consumer", 1);
            assertThat(archive.pending("consumer", 10)).isEmpty();
            await().untilAsserted(() -> assertThat(told).hasPositiveValue());
        }
    }

    @Test
    void callbacksThatWaitAreBounded() throws Exception {
        try (CallArchive archive = MemoryLog.archive(EngineClock.SYSTEM)) {
            archive.start();
            Callback callback = Callback.json("tap", "c1", "crm", "{}");
            for (long number = 1; number <= 50_000; number++) {
                assertThat(archive.outbox().append(new CallbackEntry.Queued(number, "n1-" + number, callback, START))).isTrue();
            }
            assertThat(archive.outbox().append(new CallbackEntry.Queued(50_001, "n1-x", callback, START))).isFalse();
            assertThat(archive.outbox().append(new CallbackEntry.Settled(1, CallbackState.DELIVERED, null, START))).isTrue();
            assertThat(archive.outbox().append(new CallbackEntry.Queued(50_001, "n1-x", callback, START))).isTrue();
        }
    }

    @Override
    protected java.util.List<String> oldestFirst(int most) {
        return java.util.List.of("s1", "s2", "s3", "s4").subList(0, most);
    }

    @Override
    protected int endedThatAreKept() {
        return 0;
    }
}
