package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries of Twilio and SignalWire for Node against the gateway: calls made by them, documents made by them, signatures checked by them. */
@Tag("peer")
class NodeSdkTest {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String KEY = "signing-key-of-the-test";
    private static Running running;
    private static NodeSdks.Receiver receiver;
    private static TestPhone phone;
    private static BlockingQueue<Call> called;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        receiver = new NodeSdks.Receiver(KEY);
        phone = new TestPhone(data.resolve("phone"));
        called = phone.answerAll(true);
        running = Running.start(data.resolve("gateway"), Map.of("voice.account.sid", SID, "voice.outbound.allow", "127.0.0.1",
                "voice.signing.key", KEY, "voice.cxml.url", receiver.url + "/nobody?a=1&b=2", "voice.cxml.method", "get", "voice.cxml.fallback.url",
                receiver.url + "/twilio?x=1&to=" + sip("desk"), "voice.cxml.status.url", receiver.url + "/inbound", "voice.cxml.status.events",
                "answered completed"));
    }

    @AfterAll
    static void stop() {
        running.close();
        phone.close();
        receiver.close();
    }

    private static String sip(String user) {
        return URLEncoder.encode("sip:" + user + "@127.0.0.1:" + phone.sipPort() + ";transport=udp", StandardCharsets.UTF_8);
    }

    private static void signed(List<JsonNode> requests) {
        assertThat(requests).allSatisfy(each -> {
            assertThat(each.path("twilio").asBoolean()).as(each.toString()).isTrue();
            assertThat(each.path("signalwire").asBoolean()).as(each.toString()).isTrue();
            assertThat(each.path("forged").asBoolean()).as(each.toString()).isFalse();
        });
    }

    private static List<String> fields(List<JsonNode> requests, String name) {
        return requests.stream().map(each -> each.path("fields").path(name).asText(null)).toList();
    }

    private static List<JsonNode> of(List<JsonNode> requests, Predicate<JsonNode> wanted) {
        return requests.stream().filter(wanted).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"twilio", "signalwire"})
    void librariesMakeReadListAndChangeCalls(String library) throws Exception {
        JsonNode seen = NodeSdks.run("calls.js", library, "http://127.0.0.1:" + running.httpPort(), SID, Running.TOKEN,
                "sip:phone@127.0.0.1:" + phone.sipPort(), receiver.url);
        String id = seen.at("/made/sid").asText();
        assertThat(seen.at("/made/accountSid").asText()).isEqualTo(SID);
        assertThat(seen.at("/made/direction").asText()).isEqualTo("outbound-api");
        assertThat(seen.at("/made/created").asBoolean()).isTrue();
        assertThat(seen.at("/live/status").asText()).isEqualTo("in-progress");
        assertThat(seen.path("listed")).extracting(JsonNode::asText).contains(id);
        assertThat(seen.at("/ended/past").asText()).isEqualTo("completed");
        assertThat(seen.at("/ended/endTime").asBoolean()).isTrue();
        List<String> made = new ArrayList<>();
        seen.at("/paged/made").forEach(each -> made.add(0, each.asText()));
        assertThat(seen.at("/paged/found")).extracting(JsonNode::asText).containsExactlyElementsOf(made);
        assertThat(seen.path("later").asInt()).isZero();
        assertThat(seen.at("/unknown/status").asInt()).isEqualTo(404);
        assertThat(seen.at("/unknown/code").asInt()).isEqualTo(20404);
        assertThat(seen.at("/machine/message").asText()).contains("MachineDetection");
        assertThat(seen.at("/number/code").asInt()).isEqualTo(21211);
        List<JsonNode> requests = receiver.next(5);
        signed(requests);
        List<JsonNode> told = of(requests, each -> each.path("path").asText().equals("/status"));
        assertThat(fields(told, "CallStatus")).containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(fields(told, "SequenceNumber")).containsExactly("0", "1", "2", "3");
        assertThat(fields(told, "CallSid")).containsOnly(id);
        assertThat(fields(told, "AccountSid")).containsOnly(SID);
        assertThat(told.get(3).path("fields").path("CallDuration").asText()).matches("[0-9]+");
        JsonNode asked = of(requests, each -> each.path("path").asText().equals("/pause")).get(0);
        assertThat(asked.path("method").asText()).isEqualTo("POST");
        assertThat(asked.path("fields").path("Direction").asText()).isEqualTo("outbound-api");
        assertThat(asked.path("fields").path("ApiVersion").asText()).isEqualTo("2010-04-01");
    }

    @Test
    void inboundCallIsDialledThroughByADocumentOfTheLibrary() throws Exception {
        called.clear();
        Call caller = phone.dial("100", running.sipPort());
        Call desk = called.poll(20, TimeUnit.SECONDS);
        assertThat(desk).isNotNull();
        phone.answered(caller);
        phone.answered(desk);
        List<JsonNode> first = receiver.next(6);
        phone.hangUp(desk);
        phone.ended(caller);
        List<JsonNode> all = new ArrayList<>(first);
        all.addAll(receiver.next(3));
        signed(all);
        JsonNode asked = of(all, each -> each.path("path").asText().equals("/nobody")).get(0);
        assertThat(asked.path("method").asText()).isEqualTo("GET");
        assertThat(fields(List.of(asked), "a")).containsExactly("1");
        JsonNode fallback = of(all, each -> each.path("path").asText().equals("/twilio")).get(0);
        assertThat(fallback.path("fields").path("ErrorCode").asText()).isEqualTo("11200");
        assertThat(fallback.path("fields").path("Direction").asText()).isEqualTo("inbound");
        List<JsonNode> leg = of(all, each -> each.path("path").asText().equals("/leg"));
        assertThat(fields(leg, "CallStatus")).containsExactly("initiated", "ringing", "in-progress", "completed");
        assertThat(fields(leg, "SequenceNumber")).containsExactly("0", "1", "2", "3");
        String parent = fallback.path("fields").path("CallSid").asText();
        assertThat(fields(leg, "ParentCallSid")).containsOnly(parent);
        assertThat(fields(leg, "Direction")).containsOnly("outbound-dial");
        JsonNode after = of(all, each -> each.path("path").asText().equals("/after")).get(0).path("fields");
        assertThat(after.path("DialCallStatus").asText()).isEqualTo("completed");
        assertThat(after.path("DialCallSid").asText()).isEqualTo(fields(leg, "CallSid").get(0));
        assertThat(fields(of(all, each -> each.path("path").asText().equals("/inbound")), "CallStatus")).containsExactly("in-progress", "completed");
        JsonNode children = Running.json(running.get("/2010-04-01/Accounts/default/Calls.json?ParentCallSid=" + parent));
        assertThat(children.path("calls").findValuesAsText("sid")).containsExactly(fields(leg, "CallSid").get(0));
        assertThat(children.at("/calls/0/direction").asText()).isEqualTo("outbound-dial");
    }

    @Test
    void aPlacedCallIsDialledOnByADocumentOfTheOtherLibrary() throws Exception {
        called.clear();
        String form = "To=" + sip("phone") + "&From=test&Url=" + URLEncoder.encode(receiver.url + "/signalwire?to=" + sip("desk"), StandardCharsets.UTF_8);
        HttpResponse<String> made = running.send(running.request("/2010-04-01/Accounts/" + SID + "/Calls.json")
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String parent = Running.json(made).path("sid").asText();
        Call first = called.poll(20, TimeUnit.SECONDS);
        Call desk = called.poll(20, TimeUnit.SECONDS);
        assertThat(desk).isNotNull();
        phone.answered(first);
        phone.answered(desk);
        List<JsonNode> all = new ArrayList<>(receiver.next(2));
        phone.hangUp(desk);
        all.addAll(receiver.next(2));
        phone.ended(first);
        signed(all);
        List<JsonNode> leg = of(all, each -> each.path("path").asText().equals("/leg"));
        assertThat(leg).allSatisfy(each -> assertThat(each.path("method").asText()).isEqualTo("GET"));
        assertThat(fields(leg, "CallStatus")).containsExactly("in-progress", "completed");
        assertThat(fields(leg, "ParentCallSid")).containsOnly(parent);
        JsonNode after = of(all, each -> each.path("path").asText().equals("/after")).get(0);
        assertThat(after.path("method").asText()).isEqualTo("GET");
        assertThat(after.path("fields").path("DialCallStatus").asText()).isEqualTo("completed");
        assertThat(after.path("fields").path("CallSid").asText()).isEqualTo(parent);
    }
}
