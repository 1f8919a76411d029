package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand calls of all outcomes, and the engine holds what it held before. */
@Tag("peer")
class MixedCallsTest {

    @TempDir
    static Path folder;

    @Test
    void afterAThousandMixedCalls() throws InterruptedException {
        try (EngineRig rig = EngineRig.start(config -> config.deadMedia(Duration.ofSeconds(3)).rtpPorts(50_000, 59_999))) {
            new MixedCalls(folder, rig).run(10, 60);
            rig.awaitIdle(Duration.ofSeconds(110));
            assertThat(rig.causes()).isEqualTo(MixedCalls.expected(10));
        }
    }
}
