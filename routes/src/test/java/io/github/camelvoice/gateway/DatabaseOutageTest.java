package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.testkit.Postgres;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippLog;
import io.github.camelvoice.testkit.SippScenario;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is stopped in mid-load, as a crash stops it, and comes back: no call feels it, and all are in the database then. */
@Tag("peer")
class DatabaseOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int CALLS = 240;

    @TempDir
    Path folder;

    @Test
    void noCallFailsAndNoneIsMissing() throws Exception {
        try (Postgres database = Postgres.start(); Running running = Running.start(folder.resolve("data"), Map.of("voice.http.rate", "1000",
                "voice.store", "postgresql", "voice.store.url", database.url(), "voice.store.user", Postgres.USER, "voice.store.password", Postgres.PASSWORD))) {
            SippScenario scenario = SippScenario.start().invite().maybe(100).expect(200).ack().pause(500).bye().expect(200);
            try (Sipp sipp = Sipp.in(folder).calls(CALLS, 40).call("echo", running.sipPort(), scenario)) {
                await().atMost(PATIENCE).until(() -> ends(sipp) > CALLS / 6);
                database.stop();
                int before = ends(sipp);
                await().atMost(PATIENCE).until(() -> ends(sipp) > before + CALLS / 6);
                String id = SippLog.read(sipp.log()).get(0).header("Call-ID");
                HttpResponse<String> meanwhile = running.get(SipInfoAnswer.path(id));
                assertThat(meanwhile.statusCode()).as(meanwhile.body()).isEqualTo(503);
                assertThat(Running.json(meanwhile).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
                assertThat(meanwhile.body()).doesNotContain("postgres").doesNotContain("jdbc");
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(running.get("/observe/metrics").body()).containsPattern("voice_archive_store_up\\{[^}]*} 0.0"));
                database.startAgain();
                sipp.mustSucceed();
                assertThat(sipp.messages()).doesNotContain("SIP/2.0 503");
                mustHaveAll(running, SippLog.byCall(sipp.log()));
            }
        }
    }

    private static int ends(Sipp sipp) {
        return (int) SippLog.read(sipp.log()).stream().filter(line -> line.answers(200, "BYE")).count();
    }

    private static void mustHaveAll(Running running, Map<String, List<SippLog.Line>> log) throws Exception {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(history(running)).containsExactlyInAnyOrderElementsOf(log.keySet()));
        for (Map.Entry<String, List<SippLog.Line>> call : log.entrySet()) {
            SipInfoAnswer info = SipInfoAnswer.read(running.get(SipInfoAnswer.path(call.getKey())));
            for (boolean sent : new boolean[] {true, false}) {
                assertThat(info.messages().stream().filter(message -> sent == (message.destinationPort() == running.sipPort()))
                        .map(SipInfoAnswer.Message::wire)).isEqualTo(call.getValue().stream().filter(line -> line.sent() == sent)
                        .map(SippLog.Line::data).toList());
            }
        }
    }

    private static List<String> history(Running running) throws Exception {
        JsonNode page = Running.json(running.get("/api/v1/history?limit=1000"));
        return page.path("calls").findValuesAsText("sipCallId");
    }
}
