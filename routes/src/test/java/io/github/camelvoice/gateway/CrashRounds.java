package io.github.camelvoice.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many rounds of {@link CrashTest}, killed at other moments; not found by a plain test run: {@code -Dtest=CrashRounds
 * -Dsurefire.argLine=-Dcrash.rounds=20}. */
@Tag("load")
class CrashRounds {

    @TempDir
    Path folder;

    @Test
    void loseNothing() throws Exception {
        int rounds = Integer.getInteger("crash.rounds", 10);
        int rate = Integer.getInteger("crash.rate", 100);
        for (int round = 0; round < rounds; round++) {
            int ends = ThreadLocalRandom.current().nextInt(1, rate * 7);
            CrashRound.Result result = new CrashRound(Files.createDirectory(folder.resolve("round" + round)), Map.of()).run(rate, rate * 10, ends);
            System.out.printf("killed after %d ends: %s%n", ends, result);
        }
    }
}
