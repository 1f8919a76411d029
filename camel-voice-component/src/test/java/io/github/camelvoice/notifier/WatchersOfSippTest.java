package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIPp watches: a SIP stack that is not ours, by UDP and by TCP, many at once. */
@Tag("peer")
class WatchersOfSippTest {

    @TempDir
    Path folder;

    private WatcherRig rig;

    @BeforeEach
    void start() throws EngineStartException {
        rig = new WatcherRig(options -> options, config -> config);
        rig.mail("alice", 2);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"watcher-refresh-481.xml,udp", "watcher-refresh-481.xml,tcp", "watcher-fetch.xml,udp", "watcher-fetch.xml,tcp", "watcher-brief.xml,udp"})
    void fiftyWatchers(String scenario, String transport) {
        Sipp.Setup setup = Sipp.in(folder).limit(Duration.ofSeconds(30)).calls(50, 100);
        try (Sipp sipp = (transport.equals("tcp") ? setup.tcp() : setup).call("alice", rig.port(), SippScenario.resource(scenario))) {
            sipp.mustSucceed();
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(rig.notifier().watchers()).isEmpty();
            assertThat(rig.engine.figures().watcherDialogs()).isZero();
        });
        assertThat(rig.notifier().figures().accepted()).isEqualTo(50);
        assertThat(rig.notifier().figures().lost()).isEqualTo(scenario.contains("481") ? 50 : 0);
    }
}
