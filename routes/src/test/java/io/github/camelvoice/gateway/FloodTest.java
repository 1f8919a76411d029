package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippLog;
import io.github.camelvoice.testkit.SippScenario;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flood of list requests while calls go on. */
@Tag("peer")
class FloodTest {

    private static final int CALLS = 120;
    private static final int AT_ONCE = 64;

    @TempDir
    Path folder;

    @Test
    void isAnswered429AndNoCallFeelsIt() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of())) {
            SippScenario scenario = SippScenario.start().invite().maybe(100).expect(200).ack().pause(200).bye().expect(200);
            List<Integer> statuses = new ArrayList<>();
            try (Sipp sipp = Sipp.in(folder).calls(CALLS, 40).call("echo", running.sipPort(), scenario)) {
                while (SippLog.read(sipp.log()).stream().filter(line -> line.answers(200, "BYE")).count() < CALLS * 3 / 4) {
                    List<CompletableFuture<HttpResponse<String>>> burst = new ArrayList<>();
                    for (int i = 0; i < AT_ONCE; i++) {
                        burst.add(running.client().sendAsync(running.request("/api/v1/history?limit=1000").build(),
                                HttpResponse.BodyHandlers.ofString()));
                    }
                    for (CompletableFuture<HttpResponse<String>> answer : burst) {
                        statuses.add(answer.join().statusCode());
                        if (answer.join().statusCode() == 429) {
                            assertThat(answer.join().headers().firstValue("Retry-After")).isPresent();
                        }
                    }
                }
                sipp.mustSucceed();
            }
            HttpResponse<String> late = running.get(SipInfoAnswer.path("nobody"));
            if (late.statusCode() == 429) {
                assertThat(Running.json(late).at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
            }
            Map<Integer, Long> counted = statuses.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
            System.out.println("list requests by status: " + counted);
            assertThat(counted.keySet()).containsExactlyInAnyOrder(200, 429);
        }
    }
}
