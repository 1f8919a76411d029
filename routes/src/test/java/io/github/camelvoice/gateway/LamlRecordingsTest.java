package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in the API of 2010-04-01. The gateway calls itself and hears its own prompt. */
class LamlRecordingsTest {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String ACCOUNT = "/2010-04-01/Accounts/" + SID;
    private static final String PLAYING = "<Response><Play loop=\"0\">prompt:hello</Play></Response>";
    private static Running running;
    @TempDir
    private static Path data;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(data, Map.of("voice.account.sid", SID));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpRequest.Builder request(String path) {
        return running.anonymous(path).header("Authorization", "Basic " + Base64.getEncoder().encodeToString((SID + ":" + Running.TOKEN)
                .getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<byte[]> send(String method, String path, String... form) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(form[i]).append('=').append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = method.equals("POST") ? request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())) : request(path).method(method, HttpRequest.BodyPublishers.noBody());
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status);
        return new com.fasterxml.jackson.databind.ObjectMapper().readTree(answer.body());
    }

    private static String call(String... more) throws Exception {
        String[] form = new String[6 + more.length];
        System.arraycopy(new String[] {"To", "sip:echo@127.0.0.1:" + running.sipPort(), "From", "alice", "Twiml", PLAYING}, 0, form, 0, 6);
        System.arraycopy(more, 0, form, 6, more.length);
        String id = json(send("POST", ACCOUNT + "/Calls.json", form), 201).path("sid").asText();
        await().atMost(Duration.ofSeconds(20)).until(() -> json(send("GET", ACCOUNT + "/Calls/" + id + ".json"), 200).path("status").asText()
                .equals("in-progress"));
        return id;
    }

    private static JsonNode recording(String call) throws Exception {
        await().atMost(Duration.ofSeconds(20)).until(() -> json(send("GET", ACCOUNT + "/Calls/" + call + "/Recordings.json"), 200)
                .path("recordings").size() == 1);
        return json(send("GET", ACCOUNT + "/Calls/" + call + "/Recordings.json"), 200).path("recordings").get(0);
    }

    @Test
    void aCallIsRecordedHeardListedAndItsRecordingDeleted() throws Exception {
        String call = call("Record", "true", "RecordingChannels", "dual");
        JsonNode live = recording(call);
        String sid = live.path("sid").asText();
        assertThat(live.path("status").asText()).isEqualTo("in-progress");
        assertThat(live.path("source").asText()).isEqualTo("OutboundAPI");
        assertThat(send("GET", ACCOUNT + "/Recordings/" + sid).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", ACCOUNT + "/Recordings/" + sid).statusCode()).isEqualTo(400);
        await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        json(send("POST", ACCOUNT + "/Calls/" + call + ".json", "Status", "completed"), 200);
        await().atMost(Duration.ofSeconds(20)).until(() -> recording(call).path("status").asText().equals("completed"));
        JsonNode known = json(send("GET", "/api/laml" + ACCOUNT + "/Recordings/" + sid + ".json"), 200);
        assertThat(known.path("call_sid").asText()).isEqualTo(call);
        assertThat(known.path("channels").asInt()).isEqualTo(2);
        assertThat(known.path("duration").asInt()).isBetween(1, 20);
        assertThat(known.path("uri").asText()).isEqualTo("/api/laml" + ACCOUNT + "/Recordings/" + sid + ".json");
        HttpResponse<byte[]> wav = send("GET", ACCOUNT + "/Recordings/" + sid);
        assertThat(wav.statusCode()).isEqualTo(200);
        assertThat(wav.headers().firstValue("Content-Type")).contains("audio/wav");
        assertThat(wav.body()).isEqualTo(Files.readAllBytes(data.resolve("recordings").resolve(sid + ".wav")));
        AudioFormat format = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav.body())).getFormat();
        assertThat(format.getChannels()).isEqualTo(2);
        HttpResponse<byte[]> part = HttpClient.newHttpClient().send(request(ACCOUNT + "/Recordings/" + sid + ".wav").header("Range", "bytes=44-143")
                .GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 44-143/" + wav.body().length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(wav.body(), 44, 144));
        HttpResponse<byte[]> beyond = HttpClient.newHttpClient().send(request(ACCOUNT + "/Recordings/" + sid + ".wav").header("Range",
                "bytes=" + wav.body().length + "-").GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(json(send("GET", ACCOUNT + "/Recordings.json?CallSid=" + call), 200).path("recordings").size()).isEqualTo(1);
        assertThat(send("DELETE", ACCOUNT + "/Recordings/" + sid + ".json").statusCode()).isEqualTo(204);
        assertThat(send("GET", ACCOUNT + "/Recordings/" + sid + ".json").statusCode()).isEqualTo(404);
        assertThat(data.resolve("recordings").resolve(sid + ".wav")).doesNotExist();
    }

    @Test
    void aRecordingIsBegunPausedAndStopped() throws Exception {
        String call = call();
        JsonNode begun = json(send("POST", ACCOUNT + "/Calls/" + call + "/Recordings.json", "RecordingTrack", "outbound"), 201);
        String path = ACCOUNT + "/Calls/" + call + "/Recordings/" + begun.path("sid").asText();
        assertThat(begun.path("source").asText()).isEqualTo("StartCallRecordingAPI");
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        json(send("POST", path + ".json", "Status", "paused"), 200);
        json(send("POST", path + ".json", "Status", "in-progress"), 200);
        assertThat(json(send("POST", path + ".json", "Status", "sleeping"), 400).path("code").asInt()).isEqualTo(20001);
        assertThat(json(send("POST", path + ".json", "Status", "stopped"), 200).path("status").asText()).isEqualTo("completed");
        assertThat(json(send("POST", path + ".json", "Status", "stopped"), 400).path("code").asInt()).isEqualTo(21220);
        assertThat(send("GET", path + ".wav").body()).hasSizeGreaterThan(8_000);
        json(send("POST", ACCOUNT + "/Calls/" + call + ".json", "Status", "completed"), 200);
    }

    @Test
    void whatIsNoRecordingIsRefused() throws Exception {
        for (String name : new String[] {"REnone", "..%2Faccounts", "RE" + "0".repeat(32), "%2e%2e", "RE" + "0".repeat(32) + ".mp3"}) {
            assertThat(send("GET", ACCOUNT + "/Recordings/" + name).statusCode()).as(name).isIn(400, 404);
        }
        assertThat(send("GET", "/2010-04-01/Accounts/other/Recordings.json").statusCode()).isEqualTo(404);
        assertThat(send("POST", ACCOUNT + "/Calls/none/Recordings.json").statusCode()).isEqualTo(404);
        HttpRequest stranger = running.anonymous(ACCOUNT + "/Recordings.json").GET().build();
        assertThat(HttpClient.newHttpClient().send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }
}
