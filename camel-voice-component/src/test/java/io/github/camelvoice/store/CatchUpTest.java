package io.github.camelvoice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private final Log log = new Log();
    private final CatchUp listing = new CatchUp(log, EngineClock.SYSTEM);

    /** A log with so much outstanding, and one answer. */
    private static final class Log implements FedLog {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile long outstanding = 1;
        private volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> stored() {
            asked.incrementAndGet();
            return answer;
        }

        @Override
        public ArchiveFigures figures() {
            return new ArchiveFigures(outstanding, 0, 0, null, null);
        }

        @Override
        public String source() {
            return "test";
        }

        @Override
        public void start() {
            // Nothing runs.
        }

        @Override
        public long nextTrace() {
            return 1;
        }

        @Override
        public boolean append(LogEntry entry) {
            return true;
        }

        @Override
        public CompletionStage<Void> durable() {
            return answer;
        }

        @Override
        public void onStored(Runnable listener) {
            // Nobody is told.
        }

        @Override
        public String trouble() {
            return null;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    @Test
    void nobodyWaitsWhereNothingIsOutstanding() throws Exception {
        log.outstanding = 0;
        log.answer = new CompletableFuture<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(listing.await()).isTrue();
        }
        assertThat(log.asked).hasValue(0);
    }

    @Test
    void oneWhoComesAloneAsksAtOnce() throws Exception {
        assertThat(listing.await()).isTrue();
        assertThat(log.asked).hasValue(1);
    }

    @Test
    void manyWhoListShareFewFeedings() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(8);
        try {
            long begun = System.nanoTime();
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(readers.submit(listing::await));
            }
            for (Future<Boolean> each : all) {
                each.get();
            }
            long most = (System.nanoTime() - begun) / 250_000_000L + 1;
            assertThat(log.asked.get()).isBetween(1, (int) most);
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void aStoreThatIsBehindIsNotWaitedForForLong() throws Exception {
        log.answer = new CompletableFuture<>();
        assertThat(listing.await()).isFalse();
    }

    @Test
    void aStoreInTroubleIsNotWaitedFor() throws Exception {
        log.answer = CompletableFuture.failedFuture(new StoreException("down", null));
        assertThat(listing.await()).isFalse();
        log.answer = CompletableFuture.completedFuture(null);
        assertThat(listing.await()).isTrue();
    }

    @Test
    void oneWhoIsInterruptedLeavesNobodyWaiting() throws Exception {
        listing.await();
        Thread.currentThread().interrupt();
        try {
            listing.await();
        } catch (InterruptedException expected) {
            assertThat(expected).isNotNull();
        } finally {
            Thread.interrupted();
        }
        assertThat(listing.await()).isTrue();
        assertThat(log.asked).hasValue(3);
    }
}
