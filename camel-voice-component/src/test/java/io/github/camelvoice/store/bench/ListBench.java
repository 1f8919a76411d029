package io.github.camelvoice.store.bench;

import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallSamples;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.store.spool.SpoolLog;
import io.github.camelvoice.store.spool.SpoolOptions;
import io.github.camelvoice.trace.TraceEntry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What those cost who list calls while calls come: {@code ListBench [calls a second] [seconds]}. Calls of 7 messages and a second each go through the
 * log to H2; then the same with one list of 100 calls a second, and with 50. Prints the CPU of the process for each call, and how long a list took.
 */
public final class ListBench {

    private static final CallQuery NEWEST = new CallQuery("main", null, null, null, null, null, null, null, 100);

    private final CallArchive archive;
    private final int rate;
    private final int seconds;
    private int number;

    private ListBench(CallArchive archive, int rate, int seconds) {
        this.archive = archive;
        this.rate = rate;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        Path folder = Files.createTempDirectory("list-bench");
        var store = JdbcStores.h2(folder.resolve("db"));
        SpoolLog log = new SpoolLog(store, SpoolOptions.in(folder.resolve("spool")), EngineClock.SYSTEM);
        try (CallArchive archive = new CallArchive(store, log, EngineClock.SYSTEM)) {
            archive.start();
            ListBench bench = new ListBench(archive, rate, seconds);
            System.out.println("warm-up: " + bench.run(5));
            for (int lists : new int[] {0, 1, 50, 0, 1, 50}) {
                System.out.println(lists + " lists a second: " + bench.run(lists));
            }
        }
    }

    private String run(int lists) throws Exception {
        var took = new ConcurrentLinkedQueue<Long>();
        ScheduledExecutorService readers = Executors.newScheduledThreadPool(16);
        for (int i = 0; i < lists; i++) {
            readers.scheduleAtFixedRate(() -> took.add(list()), i * 1_000L / lists, 1_000, TimeUnit.MILLISECONDS);
        }
        long cpu = cpu();
        long begun = System.nanoTime();
        Deque<List<TraceEntry>> up = new ArrayDeque<>();
        int calls = rate * seconds;
        for (int i = 0; i < calls; i++) {
            LockSupport.parkNanos(begun + i * 1_000_000_000L / rate - System.nanoTime());
            long trace = archive.log().nextTrace();
            List<TraceEntry> entries = CallSamples.whole(trace, CallSamples.live("n1-" + ++number, Instant.now()), Kind.NORMAL);
            entries.subList(0, 5).forEach(archive.log()::append);
            up.add(entries.subList(5, entries.size()));
            if (up.size() > rate) {
                up.poll().forEach(archive.log()::append);
                archive.log().durable();
            }
        }
        readers.shutdown();
        readers.awaitTermination(5, TimeUnit.SECONDS);
        long used = cpu() - cpu;
        up.forEach(rest -> rest.forEach(archive.log()::append));
        archive.catchUp();
        List<Long> times = new ArrayList<>(took);
        times.sort(null);
        return String.format("%.0f us of CPU a call; %d lists, median %.1f ms, most %.1f ms", used / 1e3 / calls, times.size(),
                times.isEmpty() ? 0 : times.get(times.size() / 2) / 1e6, times.isEmpty() ? 0 : times.get(times.size() - 1) / 1e6);
    }

    private long list() {
        long begun = System.nanoTime();
        try {
            archive.list(NEWEST);
        } catch (StoreException failure) {
            System.out.println(failure.getMessage());
        }
        return System.nanoTime() - begun;
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
