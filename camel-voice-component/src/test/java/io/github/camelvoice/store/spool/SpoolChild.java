package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A process of its own that appends entries until it is killed, and prints the number of each that it was told to be durable. */
final class SpoolChild {

    private static final int MOST_WAITING = 20;

    private SpoolChild() {
    }

    public static void main(String[] arguments) throws Exception {
        FakeStore store = new FakeStore();
        store.down = true;
        SpoolLog log = new SpoolLog(store, Entries.quick(Path.of(arguments[0])).withSizes(50_000, 1 << 24), EngineClock.SYSTEM);
        log.start();
        Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
        for (long number = Long.parseLong(arguments[1]);; number++) {
            long told = number;
            log.append(Entries.message(number, "entry " + number));
            waiting.add(log.durable().thenRun(() -> System.out.println(told)).toCompletableFuture());
            if (waiting.size() > MOST_WAITING) {
                waiting.remove().get();
            }
        }
    }
}
