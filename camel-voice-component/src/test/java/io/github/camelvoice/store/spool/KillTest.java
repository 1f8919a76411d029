package io.github.camelvoice.store.spool;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.TraceEntry;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed (SIGKILL) while it writes. */
class KillTest {

    private static final long FAR_APART = 1_000_000;

    @TempDir
    Path folder;

    /** @return number of the last entry that was said to be durable */
    private long runAndKill(long first, int lines, String store) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), SpoolChild.class.getName(), folder.toString(), Long.toString(first), store)
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
        long[] last = {runAndKill(FAR_APART, 777, "absent"), runAndKill(2 * FAR_APART, 1, "absent"),
            runAndKill(3 * FAR_APART, 1_000, "absent")};
        FakeStore store = new FakeStore();
        try (SpoolLog log = new SpoolLog(store, Entries.quick(folder.resolve("spool")), EngineClock.SYSTEM)) {
            log.start();
            log.stored().toCompletableFuture().get(20, SECONDS);
            assertThat(log.damages()).isZero();
        }
        List<String> ended = store.entries().stream().filter(TraceEntry.Ended.class::isInstance)
            .map(entry -> ((TraceEntry.Ended) entry).call()).filter(call -> call.cause().kind() == EndCause.Kind.BUSY)
            .map(CallRecord::callId).toList();
        List<String> expected = new ArrayList<>();
        for (int run = 1; run <= last.length; run++) {
            String prefix = "call-" + run;
            long count = ended.stream().filter(id -> id.startsWith(prefix)).count();
            assertThat(count).isGreaterThanOrEqualTo(endedUpTo(run * FAR_APART, last[run - 1]));
            LongStream.iterate(run * FAR_APART, number -> number + 1).filter(SpoolChild::ends).limit(count)
                .forEach(number -> expected.add("call-" + number));
        }
        assertThat(ended).isEqualTo(expected);
    }

    private static long endedUpTo(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(SpoolChild::ends).count();
    }

    @Test
    void withADatabaseEachCallIsThereOnce() throws Exception {
        long[] last = {runAndKill(FAR_APART, 200, "h2"), runAndKill(2 * FAR_APART, 400, "h2")};
        CallStore store = JdbcStores.h2(folder.resolve("database"));
        try (SpoolLog log = new SpoolLog(store, Entries.quick(folder.resolve("spool")), EngineClock.SYSTEM)) {
            log.start();
            log.stored().toCompletableFuture().get(20, SECONDS);
            await().until(() -> store.live(log.source()).isEmpty());
            for (int run = 1; run <= last.length; run++) {
                for (long number = run * FAR_APART; number <= last[run - 1]; number++) {
                    SipInfo info = store.read("main", "call-" + number).orElseThrow();
                    boolean ended = SpoolChild.ends(number);
                    assertThat(info.call().cause().kind()).isEqualTo(ended ? EndCause.Kind.BUSY : EndCause.Kind.INTERRUPTED);
                    assertThat(info.messages()).hasSize(ended ? 2 : 1);
                    assertThat(new String(info.messages().get(0).data(), StandardCharsets.UTF_8)).isEqualTo("INVITE of call " + number);
                }
            }
            Set<String> seen = new HashSet<>();
            long after = 0;
            for (List<NumberedCall> page = store.endedAfter(log.source(), 0, 500); !page.isEmpty();
                    page = store.endedAfter(log.source(), after, 500)) {
                for (NumberedCall call : page) {
                    assertThat(call.number()).isEqualTo(++after);
                    assertThat(seen.add(call.info().call().callId())).isTrue();
                }
            }
            assertThat(after).isGreaterThanOrEqualTo(last[0] + last[1] - 3 * FAR_APART + 2);
        } finally {
            store.close();
        }
    }
}
