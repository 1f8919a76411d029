package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of SIP accounts over HTTP: one gateway is their server, the other has the accounts. */
class SipAccountApiTest {

    private static final int PATIENCE_SECONDS = 20;
    @TempDir
    static Path folder;
    private static Running server;
    private static Running running;
    private static String alice;
    private static String path;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private Stream<String> stream;
    private long before;

    @BeforeAll
    static void open() throws Exception {
        server = Running.start(folder.resolve("server"), Map.of("voice.sip.users", "alice:wonder,bob:builder"));
        running = Running.start(folder.resolve("data"), Map.of());
        alice = "alice@127.0.0.1:" + server.sipPort();
        path = "/api/v1/sip-accounts/" + alice;
    }

    @AfterAll
    static void close() {
        running.close();
        server.close();
    }

    @BeforeEach
    void register() throws Exception {
        JsonNode account = put("{\"password\":\"wonder\",\"transport\":\"udp\",\"displayName\":\"Alice\",\"expires\":600}");
        assertThat(account.at("/registration/state").asText()).as(account.toString()).isEqualTo("registered");
        before = account.at("/status/sequence").asLong();
        HttpResponse<Stream<String>> response = running.client().send(running.request(path + "/statuses/stream?after=" + before).build(),
                HttpResponse.BodyHandlers.ofLines());
        stream = response.body();
        Thread reader = new Thread(() -> {
            try {
                stream.forEach(lines::add);
            } catch (RuntimeException closed) {
                lines.add("closed");
            }
        }, "test-statuses");
        reader.setDaemon(true);
        reader.start();
    }

    @AfterEach
    void unregister() throws Exception {
        JsonNode last = json(send("DELETE", path, null), 200);
        assertThat(last.get("status").asText()).isIn("NO_SESSION", "SESSION_ENDED");
        stream.close();
        assertThat(send("GET", path, null).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> send(String method, String path, String json) throws Exception {
        return running.send(running.request(path).header("Content-Type", "application/json").method(method,
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode json(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("wonder");
        return Running.json(response);
    }

    private static JsonNode put(String json) throws Exception {
        HttpResponse<String> response = send("PUT", path, json);
        return json(response, response.statusCode() == 201 ? 201 : 200);
    }

    /** What the stream tells next. */
    private JsonNode next() throws Exception {
        String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (line != null && !line.startsWith("data: ")) {
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(line).as("no status came").isNotNull();
        return Running.JSON.readTree(line.substring("data: ".length()));
    }

    private JsonNode until(String status) throws Exception {
        JsonNode next = next();
        while (!next.get("status").asText().equals(status)) {
            next = next();
        }
        return next;
    }

    private List<String> statuses(int count) throws Exception {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(next().get("status").asText());
        }
        return found;
    }

    @Test
    void aWholeLife() throws Exception {
        JsonNode account = json(send("GET", path, null), 200);
        assertThat(account.get("account").asText()).isEqualTo(alice);
        assertThat(account.at("/registration/server").asText()).isEqualTo("127.0.0.1:" + server.sipPort());
        assertThat(account.at("/registration/expiresAt").asText()).isNotEmpty();
        assertThat(account.toString()).doesNotContain("contact").doesNotContain("token");
        assertThat(json(send("POST", path + "/session/call", "{\"callee\":\"echo\"}"), 409).get("code").asText()).isEqualTo("no-session");

        assertThat(json(send("POST", path + "/session", "{\"autoAnswerInterval\":-1}"), 200).get("status").asText()).isEqualTo("SESSION_STARTED");
        assertThat(statuses(2)).containsExactly("SESSION_STARTED", "READY");
        assertThat(json(send("POST", path + "/session", null), 409).get("code").asText()).isEqualTo("call-state");
        assertThat(json(send("POST", path + "/session/call/mute", null), 409).get("code").asText()).isEqualTo("no-ongoing-call");

        JsonNode called = json(send("POST", path + "/session/call", "{\"callee\":\"echo\",\"headers\":{\"X-Reason\":\"test\"}}"), 200);
        assertThat(called.get("status").asText()).isEqualTo("OUTGOING_CALL_INITIATED");
        assertThat(called.at("/headers/X-Reason").asText()).isEqualTo("test");
        assertThat(statuses(2)).containsExactly("OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED");
        assertThat(json(running.get("/api/v1/calls/" + called.get("callId").asText()), 200).get("state").asText()).isEqualTo("active");
        assertThat(json(send("POST", path + "/session/call", "{\"callee\":\"echo\"}"), 409).get("code").asText()).isEqualTo("call-state");
        JsonNode list = json(running.get("/api/v1/sip-accounts"), 200);
        assertThat(List.of(list.get("count").asInt(), list.get("registered").asInt(), list.get("sessions").asInt(), list.get("calls").asInt()))
                .containsExactly(1, 1, 1, 1);

        assertThat(json(send("POST", path + "/session/call/mute", null), 200).get("status").asText()).isEqualTo("MICROPHONE_MUTED");
        assertThat(json(send("POST", path + "/session/call/unmute", null), 200).get("status").asText()).isEqualTo("MICROPHONE_UNMUTED");
        assertThat(statuses(2)).containsExactly("MICROPHONE_MUTED", "MICROPHONE_UNMUTED");
        play();

        assertThat(json(send("DELETE", path + "/session/call", null), 200).get("status").asText()).isEqualTo("SOFT_HANGUP_INITIATED");
        assertThat(statuses(3)).containsExactly("SOFT_HANGUP_INITIATED", "OUTGOING_CALL_FINISHED", "READY");
        assertThat(json(send("DELETE", path + "/session", null), 200).get("status").asText()).isEqualTo("SESSION_ENDED");
        JsonNode history = json(running.get(path + "/statuses?after=" + before + "&limit=3"), 200);
        assertThat(history.get("more").asBoolean()).isTrue();
        assertThat(history.get("statuses")).extracting(each -> each.get("status").asText()).containsExactly("OUTGOING_CALL_FINISHED", "READY", "SESSION_ENDED");
        JsonNode all = json(running.get(path + "/statuses?after=" + before), 200);
        assertThat(all.get("statuses")).extracting(each -> each.get("sequence").asLong()).startsWith(before + 1).isSorted().doesNotHaveDuplicates();
    }

    private void play() throws Exception {
        byte[] beep = SipAccountApiTest.class.getResourceAsStream("/prompts/beep.wav").readAllBytes();
        String wav = Base64.getEncoder().encodeToString(beep);
        JsonNode played = json(send("POST", path + "/session/call/play?wait=20", "{\"files\":[{\"wav\":\"" + wav + "\"},{\"source\":\"prompt:beep\"}]}"), 200);
        assertThat(played.get("status").asText()).isEqualTo("MICROPHONE_WAV_FILES_PLAYED");
        JsonNode broken = json(send("POST", path + "/session/call/play?wait=20", "{\"files\":[{\"wav\":\"" + wav + "\"},{\"wav\":\"AAAA\"}]}"), 200);
        assertThat(broken.get("description").asText()).as("the second is named").contains("2");
        assertThat(json(send("POST", path + "/session/call/play", "{\"files\":[{\"wav\":\"AAAA\"}]}"), 400).get("detail").asText()).isNotBlank();
        json(send("POST", path + "/session/call/play?wait=1", "{\"files\":[{\"source\":\"prompt:hello\"},{\"source\":\"prompt:hello\"}]}"), 202);
        HttpResponse<String> bytes = running.send(running.request(path + "/session/call/play?wait=60").header("Content-Type", "audio/wav")
                .POST(HttpRequest.BodyPublishers.ofByteArray(beep)));
        assertThat(json(bytes, 200).get("status").asText()).isEqualTo("MICROPHONE_WAV_FILES_PLAYED");
        assertThat(statuses(4)).containsOnly("MICROPHONE_WAV_FILES_PLAYED");
    }

    @Test
    void whoeverCallsIsAnsweredAndTransferred() throws Exception {
        send("POST", path + "/session", "{\"autoAnswerInterval\":-1}");
        try (TestPhone bob = new TestPhone(folder)) {
            Call call = bob.dial("alice", server.sipPort());
            JsonNode rings = until("INCOMING_CALL_INITIATED");
            assertThat(json(send("GET", path, null), 200).get("callId")).isEqualTo(rings.get("callId"));
            json(send("POST", path + "/session/call/answer", null), 200);
            until("INCOMING_CALL_CONNECTED");
            bob.answered(call);
            assertThat(json(send("DELETE", path + "/session/call?hard=true", null), 200).get("status").asText()).isEqualTo("HARD_HANGUP_INITIATED");
            until("INCOMING_CALL_FINISHED");
            bob.ended(call);
        }
    }

    @Test
    void aWrongPasswordIsToldAndPutRight() throws Exception {
        JsonNode wrong = put("{\"password\":\"nonsense\",\"transport\":\"udp\"}");
        assertThat(wrong.at("/status/status").asText()).isEqualTo("SESSION_REGISTRATION_FAILED");
        assertThat(wrong.at("/registration/code").asInt()).isIn(401, 403);
        assertThat(json(send("POST", path + "/session", null), 409).get("code").asText()).isEqualTo("registration-failed");
        assertThat(put("{\"password\":\"wonder\",\"transport\":\"udp\"}").at("/registration/state").asText()).isEqualTo("registered");
        await().until(() -> json(send("GET", path + "/status", null), 200).get("status").asText().equals("REGISTERED"));
    }
}
