package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.VoiceEvent;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls to the ready-made numbers and through the HTTP API. */
class GatewayCallsTest {

    @TempDir
    static Path folder;
    private static Running running;
    private static TestPhone phone;
    private static BlockingQueue<Call> rung;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of());
        phone = new TestPhone(folder);
        rung = phone.answerAll();
    }

    @AfterAll
    static void stop() {
        phone.close();
        running.close();
    }

    private static byte[] prompt(String name) throws Exception {
        return GatewayCallsTest.class.getResourceAsStream("/prompts/" + name + ".wav").readAllBytes();
    }

    @Test
    void helloGreetsAndHangsUp() throws Exception {
        try (EventLines events = EventLines.open(running, "")) {
            Call call = phone.dial("hello", running.sipPort());
            assertThat(phone.answered(call).cause()).isNull();
            VoiceEvent.CallEnded ended = phone.ended(call);
            assertThat(ended.cause().kind()).isEqualTo(EndCause.Kind.NORMAL);
            assertThat(ended.cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(ended.received().packets()).isBetween(200L, 300L);

            List<JsonNode> told = events.until("call-ended");
            assertThat(told).extracting(event -> event.get("type").asText())
                    .containsExactly("call-received", "call-answered", "play-started", "play-ended", "call-ended");
            assertThat(told).extracting(event -> event.get("sequence").asInt()).containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void echoReturnsWhatComes() throws Exception {
        Call call = phone.dial("echo", running.sipPort());
        phone.answered(call);
        phone.play(call, prompt("speak-after-the-tone")).get(20, TimeUnit.SECONDS);
        phone.hangUp(call);
        VoiceEvent.CallEnded ended = phone.ended(call);
        assertThat(ended.sent().packets()).isGreaterThan(150);
        assertThat(ended.received().packets()).isGreaterThan(150);
    }

    @Test
    void recordWritesWhatIsSaid() throws Exception {
        try (EventLines events = EventLines.open(running, "?kind=recording-started,recording-ended")) {
            Call call = phone.dial("record", running.sipPort());
            phone.answered(call);
            assertThat(events.next().get("type").asText()).isEqualTo("recording-started");
            phone.play(call, prompt("speak-after-the-tone")).get(20, TimeUnit.SECONDS);
            phone.hangUp(call);
            JsonNode over = events.next();
            assertThat(over.get("type").asText()).isEqualTo("recording-ended");
            Path file = Path.of(over.get("file").asText());
            assertThat(file).startsWith(folder.resolve("data/recordings"));
            assertThat(Files.size(file)).isGreaterThan(2 * 8000 * 3);
            assertThat(over.get("length").asDouble()).isBetween(3.0, 6.0);
        }
    }

    @Test
    void unknownNumbersAreNotFound() throws Exception {
        Call call = phone.dial("nobody", running.sipPort());
        phone.answered(call);
        assertThat(phone.ended(call).cause().sipCode()).isEqualTo(404);
    }

    @Test
    void aCallIsPlacedShownActedOnAndEndedOverHttp() throws Exception {
        HttpResponse<String> placed = running.post("/api/v1/calls", "{\"to\":\"sip:phone@127.0.0.1:" + phone.sipPort()
                + "\",\"from\":\"desk\",\"fromDisplay\":\"Desk\",\"headers\":{\"X-Ticket\":\"4711\"}}");
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        String id = Running.json(placed).get("callId").asText();
        String path = "/api/v1/calls/" + id;
        assertThat(placed.headers().firstValue("Location")).contains(path);
        Call theirs = rung.poll(20, TimeUnit.SECONDS);
        assertThat(theirs.snapshot().from().user()).isEqualTo("desk");
        assertThat(theirs.snapshot().responseHeaders().first("X-Ticket")).contains("4711");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(Running.json(running.get(path)).get("state").asText()).isEqualTo("active"));
        JsonNode list = Running.json(running.get("/api/v1/calls?state=active"));
        assertThat(list.get("calls")).extracting(call -> call.get("callId").asText()).contains(id);

        HttpResponse<String> play = running.post(path + "/play", "{\"source\":\"prompt:hello\"}");
        assertThat(play.statusCode()).as(play.body()).isEqualTo(200);
        assertThat(running.send(running.request(path + "/stopPlay").POST(HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(200);
        assertThat(running.post(path + "/startRecording", "{\"file\":\"mine.wav\"}").body()).contains("recordings/mine.wav");
        assertThat(running.post(path + "/startRecording", "{\"file\":\"../mine.wav\"}").statusCode()).isEqualTo(400);
        assertThat(running.post(path + "/stopRecording", "{}").statusCode()).isEqualTo(200);
        assertThat(running.post(path + "/mute", "{}").statusCode()).isEqualTo(200);
        assertThat(Running.json(running.get(path)).get("muted").asBoolean()).isTrue();
        assertThat(running.post(path + "/sendDtmf", "{\"digits\":\"12#\"}").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = running.post(path + "/answer", "{}");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Running.json(answer).get("callId").asText()).isEqualTo(id);

        assertThat(running.send(running.request(path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(phone.ended(theirs).cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(running.get(path).statusCode()).isEqualTo(404));
    }

    private static String placed() throws Exception {
        HttpResponse<String> response = running.post("/api/v1/calls", "{\"to\":\"sip:phone@127.0.0.1:" + phone.sipPort() + "\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String path = "/api/v1/calls/" + Running.json(response).get("callId").asText();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(Running.json(running.get(path)).get("state").asText()).isEqualTo("active"));
        return path;
    }

    @Test
    void twoCallsAreBridgedAndHeldOverHttp() throws Exception {
        String first = placed();
        Call a = rung.poll(20, TimeUnit.SECONDS);
        String second = placed();
        Call b = rung.poll(20, TimeUnit.SECONDS);
        String other = second.substring(second.lastIndexOf('/') + 1);
        HttpResponse<String> bridged = running.post(first + "/bridge", "{\"callId\":\"" + other + "\"}");
        assertThat(bridged.statusCode()).as(bridged.body()).isEqualTo(200);
        assertThat(Running.json(running.get(first)).get("peerCallId").asText()).isEqualTo(other);
        phone.play(a, prompt("beep")).get(20, TimeUnit.SECONDS);
        assertThat(running.post(first + "/unbridge", "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> held = running.post(first + "/hold", "{}");
        assertThat(held.statusCode()).as(held.body()).isEqualTo(200);
        assertThat(Running.json(running.get(first)).get("held").asBoolean()).isTrue();
        assertThat(running.post(first + "/resume", "{}").statusCode()).isEqualTo(200);
        assertThat(Running.json(running.get(first)).get("held").asBoolean()).isFalse();
        assertThat(running.post(first + "/bridge", "{\"callId\":\"none\"}").statusCode()).isEqualTo(404);
        assertThat(running.send(running.request(first).DELETE()).statusCode()).isEqualTo(204);
        assertThat(running.post(second + "/hangup", "{\"reason\":\"Q.850;cause=16\"}").statusCode()).isEqualTo(200);
        assertThat(phone.ended(b).received().packets()).isPositive();
    }

    @Test
    void metricsTellAboutCalls() throws Exception {
        Call call = phone.dial("echo", running.sipPort());
        phone.answered(call);
        assertThat(running.get("/observe/metrics").body()).containsPattern("voice_calls\\{.*state=\"(active|accepted)\"} [1-9]")
                .containsPattern("voice_sip_malformed_total\\{[^}]*} 0.0");
        phone.hangUp(call);
        phone.ended(call);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(running.get("/observe/metrics").body())
                .containsPattern("voice_calls_ended_total\\{[^}]*cause=\"normal\"[^}]*} [1-9]")
                .containsPattern("voice_calls_started_total\\{[^}]*direction=\"inbound\"[^}]*} [1-9]")
                .containsPattern("voice_call_setup_seconds_count\\{[^}]*} [1-9]").contains("project=\"default\""));
    }

    @Test
    void healthTellsThatItIsReady() throws Exception {
        assertThat(Running.json(running.get("/observe/health/ready")).get("status").asText()).isEqualTo("UP");
    }
}
