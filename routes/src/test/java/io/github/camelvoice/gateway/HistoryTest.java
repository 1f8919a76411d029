package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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

/** Real calls, read back over HTTP: the history part of our API, and sipInfo. */
class HistoryTest {

    @TempDir
    static Path folder;
    private static Running running;
    private static TestPhone phone;
    private static Call answered;
    private static Call living;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of());
        phone = new TestPhone(folder);
        Call refused = phone.dial("nobody", running.sipPort());
        phone.ended(refused);
        await().until(() -> Running.json(running.get("/api/v1/history?live=false")).get("calls").size() == 1);
        answered = phone.dial("echo", running.sipPort());
        assertThat(phone.answered(answered).cause()).isNull();
        phone.hangUp(answered);
        phone.ended(answered);
        await().until(() -> Running.json(running.get("/api/v1/history?live=false")).get("calls").size() == 2);
        living = phone.dial("echo", running.sipPort());
        assertThat(phone.answered(living).cause()).isNull();
    }

    @AfterAll
    static void stop() {
        phone.close();
        running.close();
    }

    /** SIP Call-ID of a call of the phone: the same at both ends, while our ids differ. */
    private static String sipCallId(Call call) {
        return call.snapshot().sipCallId();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String sipInfo(String call) {
        return "/v1beta1/projects/default/calls/" + encoded(call) + "/sipInfo";
    }

    private static void isError(HttpResponse<String> response, int code, String status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        JsonNode error = Running.json(response).get("error");
        assertThat(Running.json(response)).hasSize(1);
        assertThat(error.get("code").asInt()).isEqualTo(code);
        assertThat(error.get("status").asText()).isEqualTo(status);
        assertThat(error.get("message").asText()).isNotBlank().doesNotContain("Exception", "camel", "direct:");
        assertThat(error.get("details").isArray()).isTrue();
    }

    @Test
    void listsCallsNewestFirst() throws Exception {
        JsonNode page = Running.json(running.get("/api/v1/history"));
        assertThat(page.get("calls")).hasSize(3);
        assertThat(page.has("nextPageToken")).isFalse();
        JsonNode newest = page.get("calls").get(0);
        assertThat(newest.get("live").asBoolean()).isTrue();
        assertThat(newest.get("sipCallId").asText()).isEqualTo(sipCallId(living));
        assertThat(newest.has("cause")).isFalse();
        JsonNode over = page.get("calls").get(1);
        assertThat(over.get("live").asBoolean()).isFalse();
        assertThat(over.get("direction").asText()).isEqualTo("inbound");
        assertThat(over.get("to").asText()).contains("echo@127.0.0.1");
        assertThat(over.get("project").asText()).isEqualTo("default");
        assertThat(over.get("cause").asText()).isEqualTo("normal");
        assertThat(over.get("endedBy").asText()).isEqualTo("remote");
        assertThat(over.get("why").asText()).isNotBlank();
        assertThat(Instant.parse(over.get("endedAt").asText())).isAfterOrEqualTo(Instant.parse(over.get("createdAt").asText()));
        assertThat(over.get("duration").isNumber()).isTrue();
        JsonNode refused = page.get("calls").get(2);
        assertThat(refused.get("sipCode").asInt()).isEqualTo(404);
        assertThat(refused.has("answeredAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"party=ECHO,2", "party=nobody,1", "party=other,0", "direction=inbound,3", "direction=outbound,0", "cause=normal,1",
        "cause=not_found,1",
        "cause=busy,0", "live=true,1", "live=false,2", "since=2020-01-01T00:00:00Z,3", "since=2020-01-01T00:00:00%2B01:00,3",
        "until=2020-01-01T00:00:00Z,0", "limit=2,2", "party=echo&live=false&direction=inbound&cause=normal,1"})
    void filters(String query, int count) throws Exception {
        HttpResponse<String> response = running.get("/api/v1/history?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Running.json(response).get("calls")).hasSize(count);
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        JsonNode first = Running.json(running.get("/api/v1/history?limit=1&direction=inbound"));
        String token = first.get("nextPageToken").asText();
        JsonNode rest = Running.json(running.get("/api/v1/history?limit=2&direction=inbound&pageToken=" + token));
        assertThat(rest.get("calls")).hasSize(2);
        assertThat(rest.has("nextPageToken")).isFalse();
        assertThat(running.get("/api/v1/history?limit=1&pageToken=" + token).statusCode()).as("of another question").isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "direction=up", "cause=mad", "live=perhaps", "since=yesterday",
        "since=2026-01-01", "until=1", "pageToken=x", "pageToken=AAAA", "sort=from", "LIMIT=1", "project=other", "CamelVoiceCallId=x", "party=a%00b"})
    void refusesQueriesThatMakeNoSense(String query) throws Exception {
        HttpResponse<String> response = running.get("/api/v1/history?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Running.json(response).get("code").asText()).isIn("bad-parameter", "bad-request");
    }

    @Test
    void aRecordHasItsMessages() throws Exception {
        JsonNode record = Running.json(running.get("/api/v1/history/" + encoded(sipCallId(answered))));
        assertThat(record.get("dropped").asInt()).isZero();
        List<String> methods = record.get("messages").findValuesAsText("method");
        assertThat(methods.get(0)).isEqualTo("INVITE");
        assertThat(methods).contains("200", "ACK", "BYE");
        JsonNode invite = record.get("messages").get(0);
        assertThat(invite.get("offsetSeconds").asDouble()).isZero();
        assertThat(invite.get("sent").asBoolean()).isFalse();
        assertThat(invite.get("transport").asText()).isEqualTo("udp");
        assertThat(invite.get("source").asText()).isEqualTo("127.0.0.1:" + phone.sipPort());
        assertThat(invite.get("destination").asText()).isEqualTo("127.0.0.1:" + running.sipPort());
        assertThat(invite.get("requestLine").asText()).startsWith("INVITE sip:echo@127.0.0.1").endsWith("SIP/2.0");
        assertThat(invite.get("data").asText()).contains("\r\nCall-ID: " + sipCallId(answered) + "\r\n");
        assertThat(invite.get("retransmission").asBoolean()).isFalse();
        String byOurId = running.get("/api/v1/history/" + record.get("callId").asText()).body();
        assertThat(Running.JSON.readTree(byOurId)).isEqualTo(record);
    }

    @Test
    void aLiveCallHasWhatWasSaidSoFar() throws Exception {
        JsonNode record = Running.json(running.get("/api/v1/history/" + encoded(sipCallId(living))));
        assertThat(record.get("live").asBoolean()).isTrue();
        assertThat(record.get("messages").findValuesAsText("method")).contains("INVITE", "200").doesNotContain("BYE");
        assertThat(running.get("/api/v1/history/" + encoded(sipCallId(living)) + "/ladder").statusCode()).isEqualTo(200);
    }

    @Test
    void downloadsACapture() throws Exception {
        HttpResponse<byte[]> response = running.client().send(running.request("/api/v1/history/" + encoded(sipCallId(answered)) + "/pcap").build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.tcpdump.pcap");
        assertThat(response.headers().firstValue("Content-Disposition")).hasValueSatisfying(value ->
                assertThat(value).matches("attachment; filename=\"[A-Za-z0-9._-]+\\.pcap\""));
        assertThat(ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(0xa1b2c3d4);
    }

    @ParameterizedTest
    @CsvSource({"?format=text,*/*,text/plain", "'',*/*,text/plain", "?format=svg,*/*,image/svg+xml", "?format=mermaid,*/*,text/vnd.mermaid",
        "'',image/svg+xml,image/svg+xml", "'',text/vnd.mermaid,text/vnd.mermaid", "?format=text,image/svg+xml,text/plain"})
    void drawsLadders(String query, String accept, String type) throws Exception {
        HttpResponse<String> response = running.send(running.request("/api/v1/history/" + encoded(sipCallId(answered)) + "/ladder" + query)
                .header("Accept", accept));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValueSatisfying(value -> assertThat(value).startsWith(type));
        assertThat(response.headers().map()).doesNotContainKey("accept");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(value -> assertThat(value).contains("sandbox"));
        assertThat(response.body()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/history/none,404", "GET,/api/v1/history/none/pcap,404", "GET,/api/v1/history/none/ladder,404",
        "GET,/api/v1/history/none/ladder?format=pdf,404", "GET,/api/v1/history/none?raw=yes,400", "POST,/api/v1/history,405",
        "DELETE,/api/v1/history/x,405",
        "GET,/api/v1/history/x/y,404", "GET,/api/v1/history/%2e%2e,400", "GET,/api/v1/history/x%00,400", "GET,/api/v1/history/x%2Fpcap,404"})
    void wrongWaysHaveTheirStatus(String method, String path, int status) throws Exception {
        HttpResponse<String> response = running.send(running.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void sipInfoIsWhatTheContractSays() throws Exception {
        HttpResponse<String> response = running.get(sipInfo(sipCallId(answered)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode info = Running.json(response);
        assertThat(info.get("name").asText()).matches("projects/default/calls/[a-z0-9-]+/sipInfo");
        assertThat(info.get("sipCallId").asText()).isEqualTo(sipCallId(answered));
        assertThat(Instant.parse(info.get("endTime").asText())).isAfterOrEqualTo(Instant.parse(info.get("startTime").asText()));
        JsonNode first = info.get("messages").get(0);
        assertThat(first.get("offsetDuration").asText()).isEqualTo("0s");
        assertThat(first.get("sourceIp").asText()).isEqualTo("127.0.0.1");
        assertThat(first.get("sourcePort").asInt()).isEqualTo(phone.sipPort());
        assertThat(first.get("method").asText()).isEqualTo("INVITE");
        byte[] pcap = Base64.getDecoder().decode(info.get("pcap").asText());
        assertThat(ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(0xa1b2c3d4);
        assertThat(running.get("/v1beta1/" + info.get("name").asText()).body()).isEqualTo(response.body());
        assertThat(running.get(sipInfo(sipCallId(answered)) + "?alt=json").body()).isEqualTo(response.body());
        assertThat(running.get(sipInfo(sipCallId(answered)) + "?raw=true&$alt=json%3Benum-encoding=int").statusCode()).isEqualTo(200);
    }

    @Test
    void headSaysWhatGetWould() throws Exception {
        HttpResponse<String> head = running.send(running.request(sipInfo(sipCallId(answered))).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        HttpResponse<String> none = running.send(running.request(sipInfo("none")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void aLivingCallIsNotReady() throws Exception {
        isError(running.get(sipInfo(sipCallId(living))), 400, "FAILED_PRECONDITION");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1beta1/projects/default/calls/none/sipInfo,404,NOT_FOUND", "GET,/v1beta1/projects/other/calls/none/sipInfo,404,NOT_FOUND",
        "GET,/v1beta1,404,NOT_FOUND", "GET,/v1beta1/,404,NOT_FOUND", "GET,/v1beta1/projects/default/calls/none,404,NOT_FOUND",
        "GET,/v1beta1/projects/default/calls/none/sipinfo,404,NOT_FOUND", "GET,/v1beta1/projects/default/calls//sipInfo,400,INVALID_ARGUMENT",
        "POST,/v1beta1/projects/default/calls/none/sipInfo,405,UNIMPLEMENTED",
        "DELETE,/v1beta1/projects/default/calls/none/sipInfo,405,UNIMPLEMENTED",
        "OPTIONS,/v1beta1/projects/default/calls/none/sipInfo,405,UNIMPLEMENTED",
        "GET,/v1beta1/projects/default/calls/../sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/%2e%2e/sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/..%2f..%2fx/sipInfo,404,NOT_FOUND",
        "GET,/v1beta1/projects/default/calls/%252e%252e/sipInfo,404,NOT_FOUND",
        "GET,/v1beta1/projects/default/calls/a%00b/sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/a%0d%0aX:y/sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/%ff/sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/%c0%ae/sipInfo,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?raw=yes,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?raw=true&raw=true,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?alt=proto,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?x=y,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?CamelVoiceCallId=x,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/none/sipInfo?call=x,400,INVALID_ARGUMENT",
        "GET,/v1beta1/projects/default/calls/{{user.home}}/sipInfo,404,NOT_FOUND"})
    void errorsComeInTheEnvelope(String method, String path, int code, String status) throws Exception {
        String clean = path.replace("{", "%7b").replace("}", "%7d");
        isError(running.send(running.request(clean).method(method, HttpRequest.BodyPublishers.noBody())), code, status);
    }

    @Test
    void theEnvelopeHasAuthenticationAndSizeToo() throws Exception {
        HttpResponse<String> anonymous = running.send(running.anonymous(sipInfo("x")));
        isError(anonymous, 401, "UNAUTHENTICATED");
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).isPresent();
        isError(running.send(running.anonymous(sipInfo("x")).header("Authorization", "Bearer forged")), 401, "UNAUTHENTICATED");
        isError(running.get(sipInfo("x".repeat(513))), 400, "INVALID_ARGUMENT");
        isError(running.get(sipInfo("x".repeat(512))), 404, "NOT_FOUND");
        isError(running.get(sipInfo("x".repeat(10_000))), 400, "INVALID_ARGUMENT");
        assertThat(running.get(sipInfo("x".repeat(40_000))).statusCode()).isEqualTo(414);
        HttpResponse<String> post = running.send(running.request(sipInfo("x")).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }
}
