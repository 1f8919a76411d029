package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.TraceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a disk that is full, broken, or slow. */
class DiskTroubleTest {

    private static final long MIB = 1024 * 1024;

    @TempDir
    Path folder;

    private final FakeStore store = new FakeStore();
    private final FaultyDisk disk = new FaultyDisk();

    private SpoolLog start(SpoolOptions options) throws Exception {
        SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM, disk);
        log.start();
        return log;
    }

    private List<TraceEntry> append(SpoolLog log, int seed, int count) {
        List<TraceEntry> entries = Entries.random(new Random(seed), count);
        entries.forEach(entry -> assertThat(log.append(entry)).isTrue());
        return entries;
    }

    private void assertAllStored(SpoolLog log, List<TraceEntry> given) throws Exception {
        await().until(() -> log.figures().storeTrouble() == null);
        log.stored().toCompletableFuture().get(20, SECONDS);
        assertThat(Entries.texts(store.entries())).isEqualTo(Entries.texts(given));
    }

    @Test
    void aFullDiskIsTroubleUntilThereIsRoomAgain() throws Exception {
        try (SpoolLog log = start(Entries.quick(folder))) {
            List<TraceEntry> given = new ArrayList<>(append(log, 1, 50));
            log.durable().toCompletableFuture().get(10, SECONDS);
            disk.room = 1_000;
            given.addAll(append(log, 2, 200));
            CompletableFuture<Void> durable = log.durable().toCompletableFuture();
            await().until(() -> log.trouble() != null);
            assertThat(log.trouble()).contains(folder.toString()).contains("No space left on device");
            assertThat(log.figures().trouble()).isEqualTo(log.trouble());
            assertThat(durable).isNotDone();
            disk.room = Long.MAX_VALUE;
            durable.get(10, SECONDS);
            assertThat(log.trouble()).isNull();
            assertAllStored(log, given);
            assertThat(log.figures().lost()).isZero();
        }
    }

    @Test
    void aFailedForceIsWrittenAnewAndReadOnce() throws Exception {
        store.down = true;
        List<TraceEntry> given;
        try (SpoolLog log = start(Entries.quick(folder))) {
            given = new ArrayList<>(append(log, 1, 100));
            log.durable().toCompletableFuture().get(10, SECONDS);
            disk.cutFails = true;
            disk.forceFails = true;
            given.addAll(append(log, 2, 100));
            CompletableFuture<Void> durable = log.durable().toCompletableFuture();
            await().until(() -> log.trouble() != null);
            disk.forceFails = false;
            durable.get(10, SECONDS);
            given.addAll(append(log, 3, 100));
        }
        store.down = false;
        try (SpoolLog log = start(Entries.quick(folder))) {
            log.stored().toCompletableFuture().get(10, SECONDS);
            List<String> stored = Entries.texts(store.entries());
            assertThat(stored.subList(0, given.size())).isEqualTo(Entries.texts(given));
            assertThat(log.damages()).isZero();
        }
    }

    @Test
    void littleFreeSpaceIsTroubleWhileCallsThatAreUpGoOn() throws Exception {
        disk.free = 99 * MIB;
        try (SpoolLog log = start(Entries.quick(folder).withDisk(100 * MIB, 1L << 33))) {
            assertThat(log.trouble()).isEqualTo("the disk of " + folder + " has only 99 MiB free, 100 MiB are kept in reserve");
            List<TraceEntry> given = append(log, 1, 100);
            assertAllStored(log, given);
            disk.free = 200 * MIB;
            await().until(() -> log.trouble() == null);
        }
    }

    @Test
    void aSpoolThatGrewPastItsBoundIsTrouble() throws Exception {
        store.down = true;
        try (SpoolLog log = start(Entries.quick(folder).withSizes(20_000, MIB).withDisk(0, 40_000))) {
            List<TraceEntry> given = append(log, 1, 300);
            await().until(() -> log.trouble() != null);
            assertThat(log.trouble()).startsWith("the spool in " + folder + " has grown to ");
            store.down = false;
            await().until(() -> log.trouble() == null);
            assertAllStored(log, given);
        }
    }

    @Test
    void whatHasNoRoomIsCounted() throws Exception {
        disk.room = 0;
        int taken = 0;
        try (SpoolLog log = start(Entries.quick(folder).withSizes(MIB, 100_000))) {
            List<TraceEntry> given = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                TraceEntry entry = Entries.message(i, new byte[8_000]);
                if (log.append(entry)) {
                    given.add(entry);
                    taken++;
                }
            }
            assertThat(taken).isBetween(10, 999);
            assertThat(log.figures().lost()).isEqualTo(1_000 - taken);
            await().until(() -> log.trouble() != null);
            assertThat(log.append(Entries.message(1, new byte[Frames.MOST]))).isFalse();
            disk.room = Long.MAX_VALUE;
            assertAllStored(log, given);
        }
    }

    @Test
    void aDiskThatDoesNotAnswerIsTrouble() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (SpoolLog log = start(Entries.quick(folder, Duration.ofMillis(500)))) {
            disk.hang = latch;
            List<TraceEntry> given = append(log, 1, 10);
            await().until(() -> log.trouble() != null);
            assertThat(log.trouble()).startsWith("the disk of " + folder + " has not answered for ");
            disk.hang = null;
            latch.countDown();
            assertAllStored(log, given);
            assertThat(log.trouble()).isNull();
        }
    }

    @Test
    void closingOnABrokenDiskEnds() throws Exception {
        disk.room = 0;
        SpoolLog log = start(Entries.quick(folder));
        append(log, 1, 10);
        CompletableFuture<Void> durable = log.durable().toCompletableFuture();
        log.close();
        assertThat(durable).isCompletedExceptionally();
        assertThat(log.figures().lost()).isEqualTo(10);
    }

    /** A file system of 2 MiB that really is full. */
    @Test
    @Tag("peer")
    void aRealDiskThatIsFull() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path mount = Files.createDirectory(folder.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString())).isZero();
        try {
            SpoolOptions options = Entries.quick(mount.resolve("spool")).withSizes(MIB / 4, 64 * MIB);
            try (SpoolLog log = new SpoolLog(store, options, EngineClock.SYSTEM)) {
                log.start();
                Path ballast = Files.write(mount.resolve("ballast"), new byte[(int) MIB]);
                store.down = true;
                List<TraceEntry> given = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    given.addAll(append(log, i, 100));
                }
                await().until(() -> log.trouble() != null);
                assertThat(log.trouble()).contains("No space left on device");
                Files.delete(ballast);
                store.down = false;
                await().atMost(20, SECONDS).until(() -> log.trouble() == null);
                assertAllStored(log, given);
                assertThat(log.figures().lost()).isZero();
            }
        } finally {
            run("umount", mount.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void filesThatSomebodyDeletesAreLeftForNewOnes() throws Exception {
        String source;
        try (SpoolLog log = start(Entries.quick(folder))) {
            source = log.source();
            List<TraceEntry> given = new ArrayList<>(append(log, 1, 20));
            log.stored().toCompletableFuture().get(10, SECONDS);
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            await().until(() -> {
                given.addAll(append(log, given.size(), 1));
                log.durable().toCompletableFuture().get(10, SECONDS);
                try (var files = Files.list(folder)) {
                    return files.anyMatch(file -> file.toString().endsWith(".spool"));
                }
            });
            assertAllStored(log, given);
        }
        try (SpoolLog again = start(Entries.quick(folder))) {
            assertThat(again.source()).isEqualTo(source);
        }
    }
}
