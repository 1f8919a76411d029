package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.callback.Signature;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status URLs and named targets get of a tap on a real call. */
class CallbackDeliveryTest {

    private record Got(Headers headers, byte[] body) {
    }

    @TempDir
    Path folder;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private volatile int status = 204;

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            got.add(new Got(exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/status?token=secret";
    }

    /** Taps a call and hangs it up. @return the answer to the start of the tap */
    private HttpResponse<String> tap(Running running, String statusUrl) throws Exception {
        try (TestPhone phone = new TestPhone(folder); DatagramSocket sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Call call = phone.dial("echo", running.sipPort());
            phone.answered(call);
            String[] id = new String[1];
            await().until(() -> {
                JsonNode calls = Running.json(running.get("/api/v1/calls?state=active")).get("calls");
                id[0] = calls.isEmpty() ? null : calls.get(0).get("callId").asText();
                return id[0] != null;
            });
            HttpResponse<String> answer = running.post("/api/v1/calls/" + id[0] + "/taps",
                    "{\"uri\":\"rtp://127.0.0.1:" + sink.getLocalPort() + "\",\"statusUrl\":\"" + statusUrl + "\"}");
            phone.hangUp(call);
            phone.ended(call);
            return answer;
        }
    }

    private static JsonNode callbacks(Running running, String query) throws Exception {
        return Running.json(running.get("/api/v1/callbacks" + query)).get("callbacks");
    }

    @Test
    void aStatusUrlIsToldInOrderAndSignedWithTheKeyOfTheDataFolder() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1"))) {
            assertThat(tap(running, url()).statusCode()).isEqualTo(201);
            await().until(() -> got.size() == 2);
            String key = Files.readString(running.data.resolve("signing-key")).strip();
            assertThat(Files.getPosixFilePermissions(running.data.resolve("signing-key"))).hasSize(2);
            assertThat(got.stream().map(each -> json(each).at("/params/state").asText())).containsExactly("tapping", "finished");
            for (Got each : got) {
                assertThat(Signature.verify(key, each.headers().getFirst("X-SignalWire-Signature"), url(), each.body())).isTrue();
            }
            assertThat(got).extracting(each -> each.headers().getFirst("Idempotency-Key")).doesNotHaveDuplicates().doesNotContainNull();
            await().until(() -> callbacks(running, "?state=delivered").size() == 2);
        }
    }

    private static JsonNode json(Got got) {
        try {
            return Running.JSON.readTree(got.body());
        } catch (java.io.IOException noJson) {
            throw new AssertionError(new String(got.body(), StandardCharsets.UTF_8), noJson);
        }
    }

    @Test
    void oneThatIsGoneIsGivenUpAndReplayedWithTheSameKey() throws Exception {
        status = 410;
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1", "voice.store", "h2"))) {
            tap(running, url());
            await().until(() -> callbacks(running, "?state=given-up").size() == 2);
            JsonNode first = callbacks(running, "?state=given-up").get(1);
            assertThat(first.get("cause").asText()).isEqualTo("the receiver answered 410");
            status = 200;
            assertThat(running.post("/api/v1/callbacks/" + first.get("id").asText() + "/replay", "").statusCode()).isEqualTo(202);
            await().until(() -> callbacks(running, "?state=delivered").size() == 1);
            assertThat(got.get(2).headers().getFirst("Idempotency-Key")).isEqualTo(got.get(0).headers().getFirst("Idempotency-Key"));
            assertThat(got.get(2).body()).isEqualTo(got.get(0).body());
        }
    }

    @Test
    void aNamedTargetIsTheEndpointOfTheOperator() throws Exception {
        Path told = folder.resolve("told");
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1",
                "voice.callback.targets", "crm=file:" + told + "?fileName=status.txt&fileExist=Append"))) {
            assertThat(tap(running, "crm").statusCode()).isEqualTo(201);
            await().until(() -> Files.exists(told.resolve("status.txt")) && Files.readString(told.resolve("status.txt")).contains("finished"));
        }
    }

    @Test
    void aCallerNamesNoEndpointAndNoInside() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1"));
                TestPhone phone = new TestPhone(folder)) {
            Call call = phone.dial("echo", running.sipPort());
            phone.answered(call);
            String id = Running.json(running.get("/api/v1/calls")).get("calls").get(0).get("callId").asText();
            for (String target : List.of("kafka:calls", "direct:api-place", "file:/tmp/x", "{{voice.signing.key}}", "${body}", "nobody",
                    "http://10.0.0.1/", "ftp://127.0.0.1/", "http://[::1]/", "http://127.0.0.1/#x=y")) {
                HttpResponse<String> refused = running.post("/api/v1/calls/" + id + "/taps",
                        "{\"uri\":\"rtp://127.0.0.1:40000\",\"statusUrl\":\"" + target + "\"}");
                assertThat(refused.statusCode()).as(target + " " + refused.body()).isIn(400, 403);
                assertThat(refused.body()).as(target).doesNotContain(Files.readString(running.data.resolve("signing-key")).strip());
            }
            assertThat(callbacks(running, "")).isEmpty();
            phone.hangUp(call);
        }
    }

    @Test
    void aRouteOfTheUserTakesThePlaceOfOurs() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("callbacks.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: voice:callbacks
                      steps:
                        - setBody:
                            simple: "${header.CamelVoiceCallbackTarget} ${body}"
                        - to: "file:%s?fileName=${header.CamelVoiceCallbackId}"
                """.formatted(folder.resolve("mine")));
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routes.toString(),
                "voice.outbound.allow", "127.0.0.1"))) {
            tap(running, url());
            await().until(() -> callbacks(running, "?state=delivered").size() == 2);
            assertThat(folder.resolve("mine")).isDirectoryContaining(file -> file.getFileName().toString().startsWith("n1-"));
            assertThat(got).isEmpty();
        }
    }

    @Test
    void mistakesShowAtTheStart() {
        assertThatThrownBy(() -> Running.start(folder.resolve("data"), Map.of("voice.callback.targets", "crm=nosuchthing:x?password=pw")).close())
                .isInstanceOf(SettingException.class).hasMessageContaining("target crm").hasMessageNotContaining("pw");
        for (String wrong : List.of("voice.callback.targets|a b=c", "voice.callback.targets|x=y", "voice.callback.targets|http=file:x",
                "voice.callback.targets|a=file:x a=file:y", "voice.callback.targets|/no/such/file", "voice.callback.expiry|1s",
                "voice.signing.key|short")) {
            String[] setting = wrong.split("\\|");
            assertThatThrownBy(() -> GatewaySettings.read(Map.of(setting[0], setting[1]), Map.of())).as(wrong)
                    .isInstanceOf(SettingException.class).hasMessageContaining(setting[0]);
        }
        CallbackSettings good = GatewaySettings.read(Map.of("voice.callback.targets", "crm=kafka:a?brokers=h:1,i:2  erp=jms:queue:erp",
                "voice.callback.expiry", "2h", "voice.signing.key", "sixteen-chars-at-least"), Map.of()).callbacks();
        assertThat(good.targets()).containsExactly(Map.entry("crm", "kafka:a?brokers=h:1,i:2"), Map.entry("erp", "jms:queue:erp"));
        assertThat(good.expiry()).isEqualTo(Duration.ofHours(2));
        assertThat(good.toString()).doesNotContain("sixteen", "kafka");
    }
}
