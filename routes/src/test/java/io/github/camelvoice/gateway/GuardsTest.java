package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway lets nobody do at its owner's expense, on every way that leads to a call; and callers with their legs, read back. */
class GuardsTest {

    private static final String ROUTES = """
        - route:
            from:
              uri: voice:call?called=premium
              steps:
                - to: voice:call:sip:+4990012345@127.0.0.1:1?bridge=true
        - route:
            from:
              uri: voice:call?called=desk
              steps:
                - setHeader:
                    name: CamelVoiceTarget
                    simple: "sip:desk@127.0.0.1:{{sys:guards.phone}}"
                - to: voice:call?bridge=true
        """;
    @TempDir
    static Path folder;
    private static Running running;
    private static TestPhone phone;
    private static BlockingQueue<Call> rung;

    @BeforeAll
    static void start() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("guards.yaml"), ROUTES);
        phone = new TestPhone(folder);
        System.setProperty("guards.phone", String.valueOf(phone.sipPort()));
        running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routes.toString(), "voice.calls.per.second", "5",
                "voice.calls.max.time", "1h"));
        rung = phone.answerAll();
    }

    @AfterAll
    static void stop() {
        System.clearProperty("guards.phone");
        phone.close();
        running.close();
    }

    private static double refused(String reason) throws Exception {
        String line = running.get("/observe/metrics").body().lines().filter(each -> each.startsWith("voice_guard_refused_total")
                && each.contains("reason=\"" + reason + "\"")).findFirst().orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:+4990012345@127.0.0.1:1", "sip:004990012345@127.0.0.1:1", "sip:%2b4990012345@127.0.0.1:1", "+4990012345@127.0.0.1:1",
        "sip:+49-900-12345@127.0.0.1:1;user=phone", "sip:bob@2130706433", "sip:881612345678@127.0.0.1:1"})
    void theApiCallsNoPremiumNumber(String target) throws Exception {
        double before = refused("destination");
        HttpResponse<String> response = running.post("/api/v1/calls", "{\"to\":\"" + target + "\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(Running.json(response).get("code").asText()).isEqualTo("forbidden");
        assertThat(refused("destination")).isEqualTo(before + 1);
    }

    @Test
    void aRouteCallsNoneEither() throws Exception {
        Call call = phone.dial("premium", running.sipPort());
        EndCause cause = phone.ended(call).cause();
        assertThat(cause.sipCode()).isEqualTo(403);
    }

    @Test
    void anAccountPlacesNoMoreThanItsShare() throws Exception {
        double before = refused("rate");
        HttpResponse<String> response = null;
        for (int i = 0; i < 30 && (response == null || response.statusCode() == 201); i++) {
            response = running.post("/api/v1/calls", "{\"to\":\"sip:desk@127.0.0.1:" + phone.sipPort() + "\"}");
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(Running.json(response).get("code").asText()).isEqualTo("overloaded");
        assertThat(refused("rate")).isEqualTo(before + 1);
    }

    @Test
    void aCallerAndItsLegsAreReadAsOne() throws Exception {
        Call caller = phone.dial("desk", running.sipPort());
        await().until(() -> phone.answered(caller).answeredAt() != null || phone.ended(caller) != null);
        assertThat(caller.snapshot().cause()).isNull();
        phone.hangUpConfirmed(caller);
        rung.clear();
        String id = caller.snapshot().sipCallId();
        await().untilAsserted(() -> assertThat(Running.json(running.get("/api/v1/history/" + id + "?include=legs")).get("legs")).hasSize(2));
        JsonNode all = Running.json(running.get("/api/v1/history/" + id + "?include=legs"));
        String parent = all.get("callId").asText();
        JsonNode child = all.get("legs").get(1);
        assertThat(all.get("legs").get(0).get("callId").asText()).isEqualTo(parent);
        assertThat(child.get("to").asText()).startsWith("sip:desk@127.0.0.1");
        List<String> of = all.get("messages").findValuesAsText("callId");
        assertThat(of).contains(parent, child.get("callId").asText()).startsWith(parent);
        assertThat(all.get("messages").findValues("offsetSeconds")).isSortedAccordingTo((a, b) -> Double.compare(a.asDouble(), b.asDouble()));
        JsonNode fromChild = Running.json(running.get("/api/v1/history/" + child.get("callId").asText() + "?include=legs"));
        assertThat(fromChild.get("legs")).hasSize(2);
        String ladder = running.get("/api/v1/history/" + id + "/ladder?include=legs").body();
        assertThat(ladder).contains("bridged", "this gateway", "desk@127.0.0.1", "2 legs");
        assertThat(running.get("/api/v1/history/" + id + "/pcap?include=legs").statusCode()).isEqualTo(200);
        assertThat(running.get("/api/v1/history/" + id + "?include=all").statusCode()).isEqualTo(400);
    }
}
