package io.github.camelvoice.store.bench;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallSamples;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.testkit.Postgres;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.TraceEntry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What it costs to write and to read calls: {@code StoreBench h2|postgresql [calls]}. Writes calls of 7 messages, one half whole within a batch,
 * one half over two batches; then reads single calls, and pages.
 */
public final class StoreBench {

    private static final int BATCH = 100;
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    private final CallStore store;
    private final Runnable serverCpu;
    private final AtomicLong server = new AtomicLong();
    private long position;
    private long number;

    private StoreBench(CallStore store, Postgres postgres) {
        this.store = store;
        this.serverCpu = () -> server.set(postgres == null ? 0 : ticks(postgres.pid()));
    }

    public static void main(String[] arguments) throws Exception {
        int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        if (arguments.length > 0 && arguments[0].equals("postgresql")) {
            try (Postgres postgres = Postgres.start("shared_buffers='256MB'");
                 CallStore store = JdbcStores.postgresql(postgres.url(), Postgres.USER, Postgres.PASSWORD)) {
                StoreBench bench = new StoreBench(store, postgres);
                bench.writing(calls);
                // What the server does by itself within a minute.
                postgres.execute("analyze");
                bench.rest();
            }
            return;
        }
        Path folder = Files.createTempDirectory("voice-h2");
        try (CallStore store = JdbcStores.h2(folder)) {
            StoreBench bench = new StoreBench(store, null);
            bench.writing(calls);
            bench.rest();
            System.out.printf("file: %d MB%n", Files.size(folder.resolve("calls.mv.db")) >> 20);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void writing(int calls) throws Exception {
        write("warm-up", calls / 5, true);
        write("whole", calls * 2 / 5, true);
        write("split", calls * 2 / 5, false);
    }

    private void rest() throws Exception {
        reading();
        purging();
    }

    private static CallRecord call(long number) {
        CallRecord live = CallSamples.live("n1-" + Long.toString(number * 0x9e3779b97f4a7c15L >>> 1, 36) + Long.toString(number, 36),
                START.plusMillis(number * 10));
        return CallSamples.parties(live, "main", number % 3 == 0 ? CallDirection.OUTBOUND : CallDirection.INBOUND,
                "sip:caller" + number % 977 + "@example.com", "sip:callee" + number + "@pbx.example.org");
    }

    private void write(String what, int calls, boolean whole) throws Exception {
        List<TraceEntry> carried = new ArrayList<>();
        serverCpu.run();
        long serverBefore = server.get();
        Map<String, Long> threadsBefore = threads();
        long thread = 0;
        long elapsed = 0;
        for (int done = 0; done < calls; done += BATCH) {
            List<TraceEntry> batch = new ArrayList<>(carried);
            carried.clear();
            for (int i = 0; i < BATCH; i++) {
                CallRecord call = call(++number);
                List<TraceEntry> entries = CallSamples.whole(number, call, number % 10 == 0 ? Kind.BUSY : Kind.NORMAL);
                if (whole) {
                    batch.addAll(entries);
                } else {
                    batch.addAll(entries.subList(0, 6));
                    carried.addAll(entries.subList(6, entries.size()));
                }
            }
            long threadBefore = threadCpu();
            long began = System.nanoTime();
            store.apply("bench", ++position, batch);
            elapsed += System.nanoTime() - began;
            thread += threadCpu() - threadBefore;
        }
        serverCpu.run();
        System.out.printf("%-8s %6d calls: writer's thread %.1f us a call, server %.1f, elapsed %.1f us; other threads:%n", what, calls,
                thread / 1e3 / calls, (server.get() - serverBefore) * 10_000.0 / calls, elapsed / 1e3 / calls);
        tell(threadsBefore, threads(), calls);
        if (!carried.isEmpty()) {
            store.apply("bench", ++position, carried);
        }
    }

    private void reading() throws Exception {
        Random random = new Random(1);
        time("read by call id", 2000, () -> require(store.read("main", call(1 + random.nextInt((int) number)).callId()).isPresent()));
        time("read by SIP Call-ID", 2000, () -> require(store.read("main", call(1 + random.nextInt((int) number)).sipCallId()).isPresent()));
        time("read unknown", 500, () -> require(store.read("main", "unknown" + random.nextInt()).isEmpty()));
        time("first page of 50", 100, () -> page(query(null, null, null, null, null, 50)));
        time("page of 50, direction", 30, () -> page(query(null, CallDirection.OUTBOUND, null, null, null, 50)));
        time("page of 50, busy", 30, () -> page(query(null, null, Kind.BUSY, null, null, 50)));
        time("page of 50, party common", 30, () -> page(query("caller97", null, null, null, null, 50)));
        time("page of 50, party rare", 30, () -> page(query("callee77", null, null, null, null, 50)));
        time("page, party unknown", 30, () -> page(query("nobody", null, null, null, null, 50)));
        time("page, cause unknown", 30, () -> page(query(null, null, Kind.MEDIA_LOST, null, null, 50)));
        time("page, live", 30, () -> page(query(null, null, null, true, null, 50)));
        time("page, other project", 30, () -> store.list(new CallQuery("other", null, null, null, null, null, null, null, 50)));
        String deep = null;
        for (String token = page(query(null, null, null, null, null, 1000)).nextPageToken(); token != null;) {
            deep = token;
            token = page(query(null, null, null, null, token, 1000)).nextPageToken();
        }
        String last = deep;
        time("the last page, of 1000", 30, () -> page(query(null, null, null, null, last, 1000)));
        time("the last page, of 50", 30, () -> page(query(null, null, null, null, last, 50)));
        time("ended calls, 100 at once", 50, () -> require(store.endedAfter("bench", random.nextInt((int) number - 200), 100).size() == 100));
    }

    private void purging() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Long> batches = new ArrayList<>();
        Thread writer = new Thread(() -> {
            while (!stop.get()) {
                List<TraceEntry> batch = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    batch.addAll(CallSamples.whole(++number, call(number), Kind.NORMAL));
                }
                try {
                    long began = System.nanoTime();
                    store.apply("bench", ++position, batch);
                    batches.add(System.nanoTime() - began);
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            }
        });
        writer.start();
        long began = System.nanoTime();
        long slowest = 0;
        int purged = 0;
        for (int step = 0; step < 40; step++) {
            long from = System.nanoTime();
            purged += store.purge(START.plus(Duration.ofDays(365)), 500);
            slowest = Math.max(slowest, System.nanoTime() - from);
        }
        long elapsed = System.nanoTime() - began;
        stop.set(true);
        writer.join();
        batches.sort(Comparator.naturalOrder());
        System.out.printf(
                "purged %d calls in %.2f s, slowest step %.0f ms; meanwhile %d batches of %d calls,"
                    + " median %.1f ms, slowest %.1f ms%n",
                purged, elapsed / 1e9, slowest / 1e6, batches.size(), BATCH, batches.get(batches.size() / 2) / 1e6, batches.get(batches.size() - 1) / 1e6);
    }

    private static CallQuery query(String party, CallDirection direction, Kind cause, Boolean live, String token, int limit) {
        return new CallQuery("main", party, direction, cause, null, null, live, token, limit);
    }

    private CallPage page(CallQuery query) throws Exception {
        return store.list(query);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void time(String what, int times, Step step) throws Exception {
        for (int i = 0; i < times / 2; i++) {
            step.run();
        }
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            step.run();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf("%-26s median %7.2f ms, p99 %7.2f ms%n", what, nanos[times / 2] / 1e6, nanos[times * 99 / 100] / 1e6);
    }

    private static void require(boolean found) {
        if (!found) {
            throw new IllegalStateException("not what was written");
        }
    }

    /** CPU of this process by name of thread, those of the VM included, in hundredths of a second. */
    private static Map<String, Long> threads() {
        Map<String, Long> ticks = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                String name = Files.readString(task.resolve("comm")).strip().replaceAll("[ #-]*[0-9]+$", "");
                String[] stat = stat(task);
                ticks.merge(name, stat == null ? 0 : Long.parseLong(stat[11]) + Long.parseLong(stat[12]), Long::sum);
            }
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
        return ticks;
    }

    private static void tell(Map<String, Long> before, Map<String, Long> after, int calls) {
        after.forEach((name, ticks) -> {
            double micros = (ticks - before.getOrDefault(name, 0L)) * 10_000.0 / calls;
            if (micros > 0.5 && !name.equals("java")) {
                System.out.printf("   %-16s %.1f us%n", name, micros);
            }
        });
    }

    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** CPU of the server and its children in hundredths of a second. */
    private static long ticks(long pid) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            long ticks = 0;
            for (Path process : processes.filter(each -> each.getFileName().toString().matches("[0-9]+")).toList()) {
                String[] stat = stat(process);
                boolean own = process.getFileName().toString().equals(Long.toString(pid));
                if (stat != null && (own || stat[1].equals(Long.toString(pid)))) {
                    ticks += Long.parseLong(stat[11]) + Long.parseLong(stat[12]) + (own ? Long.parseLong(stat[13]) + Long.parseLong(stat[14]) : 0);
                }
            }
            return ticks;
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** The fields behind the name of the program: state, parent … */
    private static String[] stat(Path process) {
        try {
            String line = Files.readString(process.resolve("stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ");
        } catch (java.io.IOException gone) {
            return null;
        }
    }
}
