package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load; {@link CrashRounds} does it again and again. */
@Tag("peer")
class CrashTest {

    @TempDir
    Path folder;

    @Test
    void nothingThatEndedIsMissing() throws Exception {
        CrashRound.Result result = new CrashRound(folder, Map.of()).run(100, 1000, 150);
        assertThat(result.answered()).isGreaterThanOrEqualTo(150);
        assertThat(result.interrupted()).isPositive();
    }
}
