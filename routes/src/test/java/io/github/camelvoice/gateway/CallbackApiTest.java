package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.voice.VoiceComponent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callbacks over HTTP: seen, given up, tried again. */
class CallbackApiTest {

    @TempDir
    static Path folder;
    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
        running.gateway.context().getComponent("voice", VoiceComponent.class).runningVoiceEngine().callbacks()
                .send(Callback.json("tap", "n1-x", "http://127.0.0.1:9/hook?key=secret", "{\"private\":1}")).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static JsonNode good(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Running.json(response);
    }

    @Test
    void oneIsGivenUpAndTriedAgain() throws Exception {
        JsonNode list = good(running.get("/api/v1/callbacks?call=n1-x"), 200);
        JsonNode waiting = list.at("/callbacks/0");
        assertThat(waiting.get("receiver").asText()).isEqualTo("http://127.0.0.1:9");
        assertThat(waiting.get("kind").asText()).isEqualTo("tap");
        assertThat(list.toString()).doesNotContain("secret", "private");
        String path = "/api/v1/callbacks/" + waiting.get("id").asText();
        assertThat(good(running.get(path), 200).has("target")).isFalse();
        JsonNode raw = good(running.get(path + "?raw=true"), 200);
        assertThat(raw.get("target").asText()).isEqualTo("http://127.0.0.1:9/hook?key=secret");
        assertThat(raw.get("body").asText()).isEqualTo("{\"private\":1}");

        if (waiting.get("state").asText().equals("waiting")) {
            good(running.post(path + "/replay", ""), 409);
            assertThat(good(running.send(running.request(path).DELETE()), 200).get("state").asText()).isEqualTo("given-up");
        }
        good(running.send(running.request(path).DELETE()), 409);
        assertThat(good(running.get("/api/v1/callbacks?state=given-up"), 200).at("/callbacks/0/cause").asText()).isNotEmpty();
        assertThat(running.get("/observe/metrics").body()).contains("voice_callbacks_given_up_total", "voice_subscriptions_watches{", "voice_accounts{", "voice_sessions ",
                "voice_subscriptions_notifies_total", "voice_watchers_refused_total", "voice_publications_taken_total");
        assertThat(good(running.post(path + "/replay", ""), 202).get("id").asText()).isEqualTo(waiting.get("id").asText());
        await().until(() -> running.get("/observe/metrics").body().contains("voice_callbacks_waiting{project=\"default\"} "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=gone", "limit=0", "limit=1001", "limit=x", "pageToken=x", "x=1"})
    void wrongParametersAreRefused(String query) throws Exception {
        assertThat(good(running.get("/api/v1/callbacks?" + query), 400).get("code").asText()).isEqualTo("bad-parameter");
    }
}
