package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 20,000 calls of all outcomes after a warm-up of 5,000: heap, figures and threads are back. Takes some ten minutes; not found by a
 * plain test run, start it with {@code -Dtest=TwentyThousandCalls}.
 */
@Tag("load")
class TwentyThousandCalls {

    private static final Duration RUN_OUT = Duration.ofSeconds(150);

    @TempDir
    static Path folder;

    @Test
    void leaveNothingBehind() throws InterruptedException {
        int hundreds = Integer.getInteger("calls.hundreds", 200);
        int rate = Integer.getInteger("calls.rate", 80);
        try (EngineRig rig = EngineRig.start(config -> config.deadMedia(Duration.ofSeconds(3)).rtpPorts(50_000, 59_999))) {
            rig.forgetEvents();
            MixedCalls calls = new MixedCalls(folder, rig);
            int warmUp = Math.max(1, hundreds / 4);
            calls.run(warmUp, rate);
            rig.awaitIdle(RUN_OUT);
            long before = liveHeap();
            int threads = Thread.activeCount();
            calls.run(hundreds, rate);
            rig.awaitIdle(RUN_OUT);
            long after = liveHeap();
            System.out.printf("%d00 calls: live heap %.2f MB before, %.2f MB after; threads %d before, %d after; ended: %s%n", hundreds,
                    before / 1e6, after / 1e6, threads, Thread.activeCount(), rig.causes());
            assertThat(rig.causes()).isEqualTo(MixedCalls.expected(warmUp + hundreds));
            assertThat(after).isLessThan(before + before / 20);
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        }
    }

    private static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
