package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Taps over HTTP, on real calls. */
class TapApiTest {

    @TempDir
    static Path folder;
    private static Running running;
    private static TestPhone phone;
    private static Vertx vertx;
    private static HttpServer far;
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();
    private static final List<String> UPGRADES = new CopyOnWriteArrayList<>();
    private Call call;
    private String id;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1"));
        phone = new TestPhone(folder);
        vertx = Vertx.vertx();
        far = vertx.createHttpServer().webSocketHandler(socket -> {
            UPGRADES.add(socket.headers().get("Authorization") + " " + socket.headers().get("X-Key"));
            socket.textMessageHandler(HEARD::add);
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        phone.close();
        running.close();
        vertx.close();
    }

    @AfterEach
    void hangUp() {
        if (call != null) {
            phone.hangUp(call);
        }
    }

    private String taps() throws Exception {
        call = phone.dial("echo", running.sipPort());
        phone.answered(call);
        String sip = call.snapshot().sipCallId();
        await().until(() -> {
            for (JsonNode each : Running.json(running.get("/api/v1/calls?state=active")).get("calls")) {
                id = each.get("sipCallId").asText().equals(sip) ? each.get("callId").asText() : id;
            }
            return id != null;
        });
        phone.play(call, TapApiTest.class.getResourceAsStream("/prompts/hello.wav").readAllBytes());
        return "/api/v1/calls/" + id + "/taps";
    }

    private static HttpResponse<String> send(String method, String path, String json) throws Exception {
        return running.send(running.request(path).header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode good(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Running.json(response);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}|uri is missing", "{'uri':1}|uri", "{'uri':'http://127.0.0.1/'}|uri must begin", "{'uri':'route:x'}|uri must begin",
        "{'uri':'direct:x'}|uri must begin", "{'uri':'rtp://127.0.0.1:4000','x':1}|'x' is unknown", "{'uri':'rtp://127.0.0.1:4000','direction':'up'}|direction",
        "{'uri':'rtp://127.0.0.1:4000','codec':'OPUS'}|codec", "{'uri':'rtp://127.0.0.1:4000','rtpPtime':25}|rtpPtime",
        "{'uri':'rtp://127.0.0.1:4000','rtpPtime':130}|rtpPtime", "{'uri':'rtp://127.0.0.1:4000','protocol':'route'}|protocol",
        "{'uri':'rtp://127.0.0.1:4000','channels':3}|channels", "{'uri':'rtp://127.0.0.1:4000','bidirectional':'yes'}|bidirectional",
        "{'uri':'rtp://127.0.0.1:4000','controlId':'latest'}|controlId", "{'uri':'rtp://127.0.0.1:4000','onSinkLoss':'direct:x'}|onSinkLoss",
        "{'uri':'rtp://127.0.0.1:4000','bufferMillis':-1}|bufferMillis", "{'uri':'rtp://127.0.0.1:4000','parameters':['x']}|parameters",
        "{'uri':'ws://127.0.0.1:4000','headers':{'X\\r\\nY':'z'}}|headers", "{'uri':'ws://127.0.0.1:4000','headers':{'CamelFileName':'z'}}|headers",
        "{'uri':'ws://127.0.0.1:4000','credentials':{'username':'a'}}|credentials",
        "{'uri':'ws://127.0.0.1:4000','credentials':{'bearerToken':'a','username':'b'}}|credentials",
        "{'uri':'ws://127.0.0.1:4000','credentials':{'bearerToken':'a\\nb'}}|credentials.bearerToken"})
    void wrongFieldsAreNamed(String body, String named) throws Exception {
        JsonNode problem = good(running.post("/api/v1/calls/any/taps", body.replace('\'', '"')), 400);
        assertThat(problem.get("detail").asText()).startsWith(named);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/calls/none/taps,404", "GET,/api/v1/calls/none/taps/latest,404", "DELETE,/api/v1/calls/none/taps/x,404",
        "PATCH,/api/v1/calls/none/taps/x,400", "DELETE,/api/v1/calls/none/taps,405", "PUT,/api/v1/calls/none/taps/x,405", "GET,/api/v1/taps?limit=0,400",
        "GET,/api/v1/taps,200", "POST,/api/v1/taps,405"})
    void wrongWaysHaveTheirStatus(String method, String path, int status) throws Exception {
        good(running.send(running.request(path).method(method, HttpRequest.BodyPublishers.noBody())), status);
    }

    @Test
    void aChangeIsJsonAndComesFromNoOtherSite() throws Exception {
        assertThat(running.send(running.request("/api/v1/calls/x/taps/y").header("Content-Type", "text/plain").method("PATCH",
                HttpRequest.BodyPublishers.ofString("{\"paused\":true}"))).statusCode()).isEqualTo(415);
        for (String method : List.of("POST", "PATCH", "DELETE")) {
            assertThat(running.send(running.request("/api/v1/calls/x/taps/y").header("Sec-Fetch-Site", "cross-site").method(method,
                    HttpRequest.BodyPublishers.noBody())).statusCode()).as(method).isEqualTo(403);
        }
        assertThat(good(send("PATCH", "/api/v1/calls/none/taps/x", "{\"paused\":true}"), 404).get("detail").asText()).isNotEmpty();
    }

    @Test
    void audioGoesToAnRtpAddressAndTheTapObeys() throws Exception {
        String taps = taps();
        try (DatagramSocket sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            HttpResponse<String> response = send("POST", taps, "{\"uri\":\"rtp://127.0.0.1:" + sink.getLocalPort()
                    + "\",\"controlId\":\"a-b\",\"direction\":\"both\",\"rtpPtime\":40}");
            JsonNode tap = good(response, 201);
            assertThat(tap.get("result").asText()).isEqualTo("success");
            assertThat(tap.get("codec").asText()).isEqualTo("PCMU");
            assertThat(tap.get("ptime").asInt()).isEqualTo(40);
            assertThat(tap.get("rtpSrcPort").asInt()).isPositive();
            assertThat(response.headers().firstValue("Location")).hasValue(taps + "/a-b");
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            sink.setSoTimeout(10_000);
            sink.receive(packet);
            assertThat(packet.getLength()).isEqualTo(12 + 320);
            assertThat(packet.getData()[1] & 0x7f).isZero();
            assertThat(packet.getPort()).isEqualTo(tap.get("rtpSrcPort").asInt());

            await().until(() -> Running.json(running.get(taps + "/latest")).get("frames").asInt() > 5);
            await().until(() -> Running.json(running.get(taps + "/a-b")).get("inboundLevel").asInt() > -60);
            assertThat(good(running.get("/api/v1/taps?limit=1"), 200).at("/taps/0/controlId").asText()).isEqualTo("a-b");
            assertThat(good(send("POST", taps, "{\"uri\":\"rtp://127.0.0.1:4000\",\"controlId\":\"a-b\"}"), 409).get("detail").asText()).contains("a-b");

            JsonNode changed = good(send("PATCH", taps + "/a-b", "{\"direction\":\"hear\",\"paused\":true}"), 200);
            assertThat(changed.get("direction").asText()).isEqualTo("listen");
            assertThat(changed.get("paused").asBoolean()).isTrue();
            assertThat(good(send("PATCH", taps + "/latest", "{\"paused\":false}"), 200).get("paused").asBoolean()).isFalse();
            assertThat(good(send("PATCH", taps + "/a-b", "{}"), 400).get("detail").asText()).contains("direction or paused");
            good(send("PATCH", taps + "/a-b", "{\"uri\":\"rtp://127.0.0.1:1\"}"), 400);

            JsonNode stopped = good(running.send(running.request(taps + "/latest").DELETE()), 200);
            assertThat(stopped.get("state").asText()).isEqualTo("finished");
            assertThat(stopped.get("reason").asText()).isEqualTo("stopped");
            assertThat(stopped.get("frames").asInt()).isPositive();
            good(running.send(running.request(taps + "/a-b").DELETE()), 404);
            assertThat(good(running.get(taps), 200)).isEqualTo(Running.JSON.readTree("{\"count\":0,\"taps\":[]}"));
        }
    }

    @Test
    void audioGoesToAWebSocketWithCredentials() throws Exception {
        String taps = taps();
        HEARD.clear();
        UPGRADES.clear();
        JsonNode tap = good(send("POST", taps, "{\"uri\":\"ws://127.0.0.1:" + far.actualPort() + "/s?token=secret\",\"protocol\":\"twilio\","
                + "\"bidirectional\":true,\"headers\":{\"X-Key\":\"k1\"},\"credentials\":{\"bearerToken\":\"t0k\"},\"parameters\":{\"language\":\"de\"}}"), 201);
        assertThat(tap.get("bidirectional").asBoolean()).isTrue();
        assertThat(tap.toString()).doesNotContain("t0k");
        await().until(() -> HEARD.stream().anyMatch(each -> each.contains("\"media\"")));
        assertThat(UPGRADES).containsExactly("Bearer t0k k1");
        assertThat(HEARD.get(0)).contains("\"connected\"");
        assertThat(HEARD.get(1)).contains("\"start\"", "\"language\":\"de\"");
        phone.hangUp(call);
        phone.ended(call);
        await().until(() -> running.get(taps).statusCode() == 404);
        await().until(() -> HEARD.get(HEARD.size() - 1).contains("\"stop\""));
    }

    @Test
    void whatMayNotBeOrCannotBeReachedIsSaid() throws Exception {
        String taps = taps();
        assertThat(good(send("POST", taps, "{\"uri\":\"rtp://10.0.0.1:4000\"}"), 403).get("detail").asText()).contains("10.0.0.1");
        int closed;
        try (DatagramSocket unused = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            closed = unused.getLocalPort();
        }
        JsonNode failed = good(send("POST", taps, "{\"uri\":\"ws://127.0.0.1:" + closed + "/\",\"reconnect\":false}"), 502);
        assertThat(failed.get("code").asText()).isEqualTo("tap-failed");
        assertThat(failed.get("callId").asText()).isEqualTo(id);
        good(send("POST", taps, "{\"uri\":\"rtp://127.0.0.1:4000\",\"statusUrl\":\"direct:api-list\"}"), 400);
        assertThat(good(running.get(taps), 200).get("count").asInt()).isZero();
    }
}
