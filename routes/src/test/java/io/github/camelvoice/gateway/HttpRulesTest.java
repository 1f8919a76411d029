package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over HTTP, and what hostile requests get. */
class HttpRulesTest {

    @TempDir
    static Path folder;
    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static void isProblem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Running.json(response).get("status").asInt()).isEqualTo(status);
        assertThat(Running.json(response).get("code").asText()).isNotBlank();
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("camel").doesNotContain("/api-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v1/calls", "/api/v1/calls/x", "/api/v1/events", "/api/v1/openapi.json", "/observe/metrics",
        "/observe/health?exposureLevel=full", "/observe/health/x", "/nothing", "/api/v1/../../observe/health/../metrics",
        "/observe/health/../metrics", "/observe/health/%2e%2e/metrics"})
    void everythingButHealthNeedsTheToken(String path) throws Exception {
        HttpResponse<String> response = running.send(running.anonymous(path));
        isProblem(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValueSatisfying(value -> assertThat(value).contains("Basic", "Bearer"));
    }

    @Test
    void aWrongTokenIsNoToken() throws Exception {
        isProblem(running.send(running.anonymous("/api/v1/calls").header("Authorization", "Bearer nope")), 401);
        isProblem(running.send(running.anonymous("/api/v1/calls").header("Authorization", "Basic " + base64("voice:nope"))), 401);
        isProblem(running.send(running.anonymous("/api/v1/calls").header("Authorization", "Basic " + base64("other:" + Running.TOKEN))), 401);
        isProblem(running.send(running.anonymous("/observe/health").header("Authorization", "Bearer nope").PUT(HttpRequest.BodyPublishers.noBody())),
                401);
    }

    @Test
    void basicAndBearerOpenTheApi() throws Exception {
        assertThat(running.get("/api/v1/calls").statusCode()).isEqualTo(200);
        assertThat(running.send(running.anonymous("/api/v1/calls").header("Authorization", "Basic " + base64("voice:" + Running.TOKEN))).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready"})
    void healthIsOpenOnLoopback(String path) throws Exception {
        HttpResponse<String> response = running.send(running.anonymous(path));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Running.json(response).get("status").asText()).isEqualTo("UP");
    }

    @ParameterizedTest
    @CsvSource({"PUT,/api/v1/calls,405", "PATCH,/api/v1/calls/x,405", "DELETE,/api/v1/events,405", "POST,/api/v1/openapi.json,405",
        "GET,/api/v1/nothing,404", "GET,/api/v1/calls/x/y/z,404", "GET,/api/v1/calls/x,404", "DELETE,/api/v1/calls/x,404",
        "POST,/api/v1/calls/x/hold,404", "POST,/api/v1/calls/x/explode,404", "GET,/nothing,404", "GET,/api/v1/calls?limit=0,400",
        "GET,/api/v1/calls?limit=x,400", "GET,/api/v1/events?kind=dtmf%2Cmad,400", "GET,/api/v1/calls?state=mad,400", "POST,/observe/health,405"})
    void wrongWaysHaveTheirStatus(String method, String path, int status) throws Exception {
        isProblem(running.send(running.request(path).method(method, HttpRequest.BodyPublishers.noBody())), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"})
    void bodiesAreJson(String type) throws Exception {
        isProblem(running.send(running.request("/api/v1/calls").header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("to=a"))), 415);
        isProblem(running.send(running.request("/api/v1/calls").POST(HttpRequest.BodyPublishers.ofString("{}"))), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"x\"", "{} {}", "{\"to\":\"a\",\"to\":\"b\"}", "{\"to\":1}", "{\"to\":\"a\",\"x\":1}", "{}",
        "{\"to\":\"sip:a@b\\r\\nX: y\"}", "{\"to\":\"sip:a@b\",\"codecs\":\"PCMU\"}", "{\"to\":\"sip:a@b\",\"headers\":{\"X\\r\\nY\":\"z\"}}",
        "{\"to\":\"sip:a@127.0.0.1:9\",\"headers\":{\"X-A\":\"y\\r\\nVia: z\"}}", "{\"to\":\"sip:a@127.0.0.1:9\",\"headers\":{\"CamelFileName\":\"y\"}}",
        "{\"to\":\"sip:a@127.0.0.1:9\",\"ringTimeoutSeconds\":-1}", "{\"to\":\"sip:a@127.0.0.1:9\",\"ringTimeoutSeconds\":1e9}",
        "{\"to\":\"sip:a@127.0.0.1:9\",\"headers\":{\"Call-ID\":\"mine\"}}", "{\"to\":\"sip:a@127.0.0.1:9\",\"codecs\":[\"MP3\"]}",
        "{\"to\":\"http://127.0.0.1/\"}", "{\"to\":\"direct:api-list\"}", "{\"to\":\"file:/etc/passwd\"}", "{\"to\":\"{{user.home}}\"}"})
    void badRequestsSayWhy(String body) throws Exception {
        HttpResponse<String> response = running.post("/api/v1/calls", body);
        isProblem(response, 400);
        assertThat(Running.json(response).get("detail").asText()).isNotBlank();
    }

    @Test
    void largeBodiesAreRefused() throws Exception {
        String large = "{\"to\":\"" + "x".repeat(HttpGuard.MAX_BODY) + "\"}";
        isProblem(running.post("/api/v1/calls", large), 413);
        byte[] bytes = large.getBytes(StandardCharsets.US_ASCII);
        HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(bytes));
        isProblem(running.send(running.request("/api/v1/calls").header("Content-Type", "application/json").POST(chunked)), 413);
        assertThat(raw("POST /api/v1/calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Running.TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: 4294967328\r\n\r\n")).startsWith("HTTP/1.1 413");
    }

    @Test
    void nothingNamedCamelCrossesFromHttp() throws Exception {
        HttpResponse<String> list = running.send(running.request("/api/v1/calls?CamelVoiceOperation=hangup&camelvoicecallid=x"
                + "&CAMELHTTPRESPONSECODE=299&org.apache.camel.x=y").header("CamelVoiceOperation", "hangup").header("camelHttpResponseCode", "299")
                .header("CAMELVOICETARGET", "sip:evil@127.0.0.1").header("X-Private", "echoed").header("operation", "hangup").header("id", "x"));
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(Running.json(list).get("count").asInt()).isZero();
        assertThat(list.headers().map().keySet()).containsOnly("content-type", "transfer-encoding", "cache-control", "content-security-policy",
                "x-content-type-options");
        assertThat(list.headers().firstValue("Content-Type")).contains("application/json");

        HttpResponse<String> place = running.send(running.request("/api/v1/calls?CamelVoiceTarget=sip:evil@127.0.0.1:9")
                .header("camelvoicetarget", "sip:evil@127.0.0.1:9").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        isProblem(place, 400);

        HttpResponse<String> show = running.send(running.request("/api/v1/calls/real?id=other").header("id", "third"));
        isProblem(show, 404);
        assertThat(Running.json(show).get("callId").asText()).isEqualTo("real");
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        assertThat(raw("GET /observe/health HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(40_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/etc/passwd", "/etc/passwd", "../auth-token", "recordings/../auth-token", "recordings/../../x.wav", "auth-token",
        "classpath:openapi.yaml", "http://127.0.0.1:9/a.wav", "prompt:../openapi", "prompt:hello.wav", "sounds/", "recordings", "{{user.home}}",
        "${env.HOME}", "bean:callApi", "recordings/\\u0000.wav", "RAW(/etc/passwd)", ""})
    void onlyNamedSoundsArePlayed(String source) throws Exception {
        isProblem(running.post("/api/v1/calls/any/play", "{\"source\":\"" + source + "\"}"), 400);
    }

    @Test
    void linksDoNotLeadOutOfTheFolder() throws Exception {
        Files.createDirectories(folder.resolve("sounds"));
        Path secret = Files.writeString(folder.resolve("secret.wav"), "x");
        Files.createSymbolicLink(folder.resolve("sounds/link.wav"), secret);
        isProblem(running.post("/api/v1/calls/any/play", "{\"source\":\"sounds/link.wav\"}"), 400);
        isProblem(running.post("/api/v1/calls/any/play", "{\"source\":\"sounds/missing.wav\"}"), 422);
        isProblem(running.post("/api/v1/calls/any/play", "{\"source\":\"prompt:missing\"}"), 422);
    }

    @Test
    void connectionsThatSayNothingDoNotUseUpTheProcess() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i <= HttpFront.MAX_CONNECTIONS; i++) {
                idle.add(new Socket("127.0.0.1", running.httpPort()));
            }
            Socket first = idle.get(0);
            first.setSoTimeout(20_000);
            assertThat(first.getInputStream().read()).as("made room").isEqualTo(-1);
        } finally {
            for (Socket each : idle) {
                each.close();
            }
        }
        await().ignoreExceptions().until(() -> raw("GET /observe/health HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** First bytes of the answer to bytes that no client of ours would send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", running.httpPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/history", "/api/v1/history/x", "/api/v1/calls", "/v1beta1/projects/default/calls/x/sipInfo"})
    void noCacheKeepsWhatTheApiAnswersAndNoBrowserRunsIt(String path) throws Exception {
        HttpResponse<String> response = running.get(path);
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                assertThat(policy).contains("default-src 'none'", "sandbox"));
    }

    @ParameterizedTest
    @CsvSource({"Origin,https://evil.example,403", "Origin,null,403", "Origin,http://127.0.0.1:1,403", "Origin,OWN,404", "Sec-Fetch-Site,cross-site,403",
        "Sec-Fetch-Site,same-site,403", "Sec-Fetch-Site,same-origin,404", "Sec-Fetch-Site,none,404"})
    void aPageOfAnotherSiteChangesNothing(String header, String value, int status) throws Exception {
        String site = value.equals("OWN") ? "http://127.0.0.1:" + running.httpPort() : value;
        HttpRequest.Builder hangup = running.request("/api/v1/calls/x/hangup").header(header, site).POST(HttpRequest.BodyPublishers.noBody());
        isProblem(running.send(hangup), status);
        isProblem(running.send(running.request("/api/v1/calls/x").header(header, site).DELETE()), status);
        assertThat(running.send(running.request("/api/v1/calls").header(header, site)).statusCode()).isEqualTo(200);
    }
}
