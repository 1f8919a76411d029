package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.TraceEntry;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) while it writes. */
class KillTest {

    private static final long FAR_APART = 1_000_000;

    @TempDir
    Path folder;

    /** @return number of the last entry that was said to be durable */
    private long runAndKill(long first, int lines) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), SpoolChild.class.getName(), folder.toString(), Long.toString(first))
            .redirectError(new File("/dev/null")).start();
        long last = -1;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            int seen = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.matches("[0-9]+")) {
                    last = Long.parseLong(line);
                    if (++seen == lines) {
                        child.toHandle().destroyForcibly();
                    }
                }
            }
        }
        assertThat(child.waitFor()).isNotZero();
        assertThat(last).isGreaterThanOrEqualTo(first);
        return last;
    }

    @Test
    void whatWasSaidToBeDurableIsThere() throws Exception {
        long[] last = {runAndKill(FAR_APART, 777), runAndKill(2 * FAR_APART, 1), runAndKill(3 * FAR_APART, 2_500)};
        FakeStore store = new FakeStore();
        try (SpoolLog log = new SpoolLog(store, Entries.quick(folder), EngineClock.SYSTEM)) {
            log.start();
            log.stored().toCompletableFuture().get(20, SECONDS);
            assertThat(log.damages()).isZero();
        }
        List<Long> stored = store.entries().stream().map(TraceEntry::trace).toList();
        for (int run = 1; run <= last.length; run++) {
            long first = run * FAR_APART;
            List<Long> ofRun = stored.stream().filter(number -> number / FAR_APART == first / FAR_APART).toList();
            assertThat(ofRun.get(ofRun.size() - 1)).isGreaterThanOrEqualTo(last[run - 1]);
            assertThat(ofRun).isEqualTo(LongStream.range(first, first + ofRun.size()).boxed().toList());
        }
        assertThat(stored).isSorted();
    }
}
