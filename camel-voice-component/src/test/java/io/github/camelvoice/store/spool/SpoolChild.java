package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.trace.TraceEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own that appends calls until it is killed, and prints the number of each that it was told to be durable. Arguments: folder,
 * number of the first call, {@code absent} or {@code h2}.
 */
final class SpoolChild {

    private static final int MOST_WAITING = 20;

    private SpoolChild() {
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SpoolLog log = new SpoolLog(store(folder, arguments[2]), Entries.quick(folder.resolve("spool")).withSizes(50_000, 1 << 24),
                EngineClock.SYSTEM);
        log.start();
        Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
        for (long number = Long.parseLong(arguments[1]);; number++) {
            long told = number;
            for (TraceEntry entry : call(log.nextTrace(), number)) {
                log.append(entry);
            }
            waiting.add(log.durable().thenRun(() -> System.out.println(told)).toCompletableFuture());
            if (waiting.size() > MOST_WAITING) {
                waiting.remove().get();
            }
        }
    }

    private static CallStore store(Path folder, String kind) throws Exception {
        if (kind.equals("h2")) {
            return JdbcStores.h2(folder.resolve("database"));
        }
        FakeStore absent = new FakeStore();
        absent.down = true;
        return absent;
    }

    /** Each tenth call does not end. */
    static boolean ends(long number) {
        return number % 10 != 0;
    }

    static TraceEntry[] call(long trace, long number) {
        TraceEntry first = Entries.message(trace, "INVITE of call " + number);
        TraceEntry second = Entries.message(trace, "BYE of call " + number);
        Instant created = Entries.NOON.plusMillis(number);
        TraceEntry opened = new TraceEntry.Opened(trace, Entries.call("call-" + number, created, null, null));
        return ends(number) ? new TraceEntry[] {first, opened, second, new TraceEntry.Ended(trace, Entries.over("call-" + number, created), 0)}
            : new TraceEntry[] {first, opened};
    }
}
