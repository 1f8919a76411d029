package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.VoiceEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents for inbound calls and for live ones, through a real web server and a real phone. */
class DocumentsTest {

    @TempDir
    static Path folder;
    private static final Map<String, String> PAGES = new ConcurrentHashMap<>();
    private static final List<JsonNode> REQUESTS = new CopyOnWriteArrayList<>();
    private static HttpServer web;
    private static Running running;
    private static TestPhone phone;

    @BeforeAll
    static void start() throws Exception {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            REQUESTS.add(Running.JSON.readTree(exchange.getRequestBody().readAllBytes()));
            String page = PAGES.get(exchange.getRequestURI().toString());
            byte[] bytes = page == null ? new byte[0] : page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        web.start();
        running = Running.start(folder.resolve("data"), Map.of("voice.document.url", url("/swml?a=1&b=2"), "voice.outbound.allow", "127.0.0.1"));
        phone = new TestPhone(folder);
    }

    @AfterAll
    static void stop() {
        phone.close();
        running.close();
        web.stop(0);
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    @Test
    void callsThatNoRouteTakesHaveTheDocument() throws Exception {
        PAGES.put("/swml?a=1&b=2", "sections: {main: [answer, {play: {url: 'prompt:beep'}}]}");
        try (EventLines events = EventLines.open(running, "")) {
            Call call = phone.dial("100", running.sipPort());
            assertThat(phone.answered(call).cause()).isNull();
            VoiceEvent.CallEnded ended = phone.ended(call);
            assertThat(ended.received().packets()).isPositive();
            assertThat(events.until("call-ended")).filteredOn(event -> event.get("type").asText().equals("play-started"))
                    .singleElement().satisfies(event -> assertThat(event.toString()).contains("prompt:beep"));
            assertThat(REQUESTS.get(REQUESTS.size() - 1).at("/call/to_number").asText()).isEqualTo("100");
        }
    }

    @Test
    void aDocumentThatIsNoneFailsTheCall() throws Exception {
        PAGES.put("/swml?a=1&b=2", "sections: {main: [oops]}");
        assertThat(phone.ended(phone.dial("100", running.sipPort())).cause().sipCode()).isEqualTo(500);
        PAGES.remove("/swml?a=1&b=2");
        assertThat(phone.ended(phone.dial("100", running.sipPort())).cause().sipCode()).isEqualTo(500);
    }

    private static HttpResponse<String> give(String callId, String type, String body) throws Exception {
        return running.send(running.request("/api/v1/calls/" + callId + "/document").header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String liveCall() throws Exception {
        try (EventLines events = EventLines.open(running, "?kind=call-answered")) {
            phone.answered(phone.dial("echo", running.sipPort()));
            return events.next().get("callId").asText();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/yaml | sections: {main: [{play: {url: 'silence:0.1'}}, hangup]}",
        "application/json | {\"sections\": {\"main\": [{\"play\": {\"url\": \"ring:0.1:us\"}}, {\"hangup\": {\"reason\": \"hangup\"}}]}}",
        "application/json | {\"url\": \"@/live\", \"params\": {\"sound\": \"prompt:beep\"}}"})
    void aLiveCallIsGivenADocument(String type, String body) throws Exception {
        PAGES.put("/live", "sections: {main: [{play: {url: '${params.sound}'}}]}");
        String id = liveCall();
        try (EventLines events = EventLines.open(running, "?call=" + id)) {
            HttpResponse<String> response = give(id, type, body.replace("@", url("")));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            assertThat(Running.json(response).get("callId").asText()).isEqualTo(id);
            assertThat(Running.json(response).get("documentId").asText()).isNotEmpty();
            assertThat(events.until("call-ended")).extracting(event -> event.get("type").asText()).contains("play-started", "play-ended");
        }
    }

    @Test
    void whatIsWrongIsToldAndTheCallGoesOn() throws Exception {
        String id = liveCall();
        HttpResponse<String> bad = give(id, "application/yaml", "sections:\n  main:\n    - answer: {}\n    - play: {url: 'ring:us', loud: 1}\n");
        assertThat(bad.statusCode()).isEqualTo(400);
        JsonNode problem = Running.json(bad);
        assertThat(problem.get("code").asText()).isEqualTo("bad-document");
        assertThat(problem.get("problems")).hasToString("[{\"code\":\"method-parameter-undefined\",\"place\":\"/sections/main/1/play/loud\","
                + "\"line\":4,\"column\":30,\"message\":\"play has no property 'loud'; there are auto_answer, say_gender, say_language, say_voice, status_url, url, urls, volume\"}]");
        assertThat(Running.json(give(id, "application/json", "{\"url\": \"" + url("/none") + "\"}")).get("code").asText()).isEqualTo("no-document");
        assertThat(give(id, "application/json", "{\"url\": \"http://192.168.1.1/x\"}").statusCode()).isEqualTo(502);
        assertThat(give(id, "application/json", "{\"url\": \"ftp://x.example/x\"}").statusCode()).isEqualTo(400);
        assertThat(give(id, "application/json", "{\"url\": \"" + url("/live") + "\", \"loud\": 1}").statusCode()).isEqualTo(400);
        assertThat(give(id, "application/json", "").statusCode()).isEqualTo(400);
        assertThat(give(id, "text/plain", "sections: {main: [hangup]}").statusCode()).isEqualTo(415);
        assertThat(give("nobody", "application/yaml", "sections: {main: [hangup]}").statusCode()).isEqualTo(404);
        assertThat(running.get("/api/v1/calls/" + id).statusCode()).isEqualTo(200);
        assertThat(give(id, "application/yaml", "sections: {main: [hangup]}").statusCode()).isEqualTo(202);
    }

    /** A document of somebody else names no file but those of the operator. */
    @ParameterizedTest
    @CsvSource({"prompt:hello, success", "sounds/mine.wav, success", "sounds/none.wav, failed", "auth-token/x, failed", "prompt:none, failed"})
    void soundsWithNames(String name, String result) throws Exception {
        Files.createDirectories(folder.resolve("data/sounds"));
        Files.write(folder.resolve("data/sounds/mine.wav"), DocumentsTest.class.getResourceAsStream("/prompts/beep.wav").readAllBytes());
        String id = liveCall();
        PAGES.put("/told", "sections: {main: [hangup]}");
        int before = REQUESTS.size();
        give(id, "application/yaml", "sections: {main: [{play: {url: '" + name + "'}}, {transfer: '" + url("/told") + "'}]}");
        org.awaitility.Awaitility.await().until(() -> REQUESTS.size() > before);
        assertThat(REQUESTS.get(before).at("/vars/play_result").asText()).isEqualTo(result);
    }
}
