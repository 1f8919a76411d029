package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.TraceEntry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the log costs. Arguments: folder, calls a second (0: as fast as it goes), seconds. A call has seven messages of 600 bytes and three entries
 * of its own; its end waits for {@code durable()}. Prints CPU of the threads per entry, and how long durable() took.
 */
public final class SpoolBench {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SpoolBench() {
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("spool-bench");
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10;
        FakeStore store = new FakeStore();
        store.forgets = true;
        try (SpoolLog log = new SpoolLog(store, SpoolOptions.in(folder), EngineClock.SYSTEM)) {
            log.start();
            run(log, rate, Math.min(3, seconds));
            System.out.println(run(log, rate, seconds));
        }
    }

    private static String run(SpoolLog log, int rate, int seconds) throws Exception {
        long[] cpuBefore = cpu();
        long forcedBefore = log.forced();
        List<CompletableFuture<Long>> ends = new ArrayList<>();
        long begun = System.nanoTime();
        long until = begun + TimeUnit.SECONDS.toNanos(seconds);
        long calls = 0;
        byte[] message = message();
        while (System.nanoTime() < until) {
            if (rate > 0) {
                LockSupport.parkNanos(begun + calls * 1_000_000_000L / rate - System.nanoTime());
            } else if (log.trouble() != null) {
                log.durable().toCompletableFuture().get();
            }
            calls++;
            long asked = System.nanoTime();
            ends.add(call(log, message).thenApply(done -> System.nanoTime() - asked));
        }
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).get();
        double took = (System.nanoTime() - begun) / 1e9;
        log.stored().toCompletableFuture().get();
        long[] cpu = cpu();
        long entries = calls * 10;
        long[] latencies = ends.stream().mapToLong(CompletableFuture::join).sorted().toArray();
        return String.format("%.0f calls/s, %.0f entries/s; CPU per entry: append %.2f us, writer %.2f us, follower %.2f us; "
                + "%.1f calls a force, %.0f forces/s; durable: median %.2f ms, 99 %% %.2f ms, most %.2f ms; lost %d",
                calls / took, entries / took, (cpu[0] - cpuBefore[0]) / 1e3 / entries, (cpu[1] - cpuBefore[1]) / 1e3 / entries,
                (cpu[2] - cpuBefore[2]) / 1e3 / entries, (double) calls / (log.forced() - forcedBefore), (log.forced() - forcedBefore) / took,
                latencies[latencies.length / 2] / 1e6, latencies[latencies.length / 100 * 99] / 1e6, latencies[latencies.length - 1] / 1e6,
                log.figures().lost());
    }

    private static CompletableFuture<Void> call(SpoolLog log, byte[] message) {
        long trace = log.nextTrace();
        for (int i = 0; i < 6; i++) {
            log.append(Entries.message(trace, message.clone()));
        }
        log.append(Entries.opened(trace));
        log.append(Entries.ended(trace));
        CompletableFuture<Void> durable = log.durable().toCompletableFuture();
        log.append(Entries.message(trace, message.clone()));
        log.append(new TraceEntry.Closed(trace));
        return durable;
    }

    private static byte[] message() {
        byte[] message = new byte[600];
        Arrays.fill(message, (byte) 'x');
        byte[] line = "INVITE sip:bob@example.com SIP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(line, 0, message, 0, line.length);
        return message;
    }

    /** CPU of this thread, the writer and the follower, in nanoseconds. */
    private static long[] cpu() {
        long[] cpu = {THREADS.getCurrentThreadCpuTime(), 0, 0};
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("voice-log-writer")) {
                cpu[1] = THREADS.getThreadCpuTime(thread.getId());
            } else if (thread.getName().startsWith("voice-log-follower")) {
                cpu[2] = THREADS.getThreadCpuTime(thread.getId());
            }
        }
        return cpu;
    }
}
