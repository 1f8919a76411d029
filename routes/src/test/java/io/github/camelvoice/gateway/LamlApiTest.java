package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in the API of 2010-04-01: what goes in, what comes out, and what is refused. The gateway calls itself. */
class LamlApiTest {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";
    private static final String CALLS = "/2010-04-01/Accounts/" + SID + "/Calls";
    private static final String SILENT = "<Response><Pause length=\"60\"/></Response>";
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        running = Running.start(data, Map.of("voice.account.sid", SID, "voice.outbound.allow", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> send(String method, String path, String... form) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(form[i]).append('=').append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = running.anonymous(path).header("Authorization", "Basic " + Base64.getEncoder().encodeToString((SID + ":"
                + Running.TOKEN).getBytes(StandardCharsets.UTF_8)));
        return running.send(method.equals("GET") ? request.GET() : request.header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static String to(String user) {
        return "sip:" + user + "@127.0.0.1:" + running.sipPort();
    }

    private static JsonNode create(String... more) throws Exception {
        String[] form = new String[6 + more.length];
        System.arraycopy(new String[] {"To", to("echo"), "From", "alice", "Twiml", SILENT}, 0, form, 0, 6);
        System.arraycopy(more, 0, form, 6, more.length);
        HttpResponse<String> answer = send("POST", CALLS + ".json", form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Running.json(answer);
    }

    private static JsonNode fetch(String id) throws Exception {
        HttpResponse<String> answer = send("GET", CALLS + "/" + id + ".json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Running.json(answer);
    }

    private static void until(String id, String status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> fetch(id).path("status").asText().equals(status));
    }

    private static void refused(HttpResponse<String> answer, int status, int code, String message) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = Running.json(answer);
        assertThat(error.path("code").asInt()).as(answer.body()).isEqualTo(code);
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("message").asText()).contains(message);
        assertThat(error.path("more_info").asText()).isNotEmpty();
    }

    @Test
    void aCallIsMadeSeenListedAndEnded() throws Exception {
        JsonNode made = create("CallerId", "+4930123");
        String id = made.path("sid").asText();
        assertThat(made.path("status").asText()).isIn("queued", "ringing", "in-progress");
        assertThat(made.path("account_sid").asText()).isEqualTo(SID);
        assertThat(made.path("direction").asText()).isEqualTo("outbound-api");
        assertThat(made.path("from").asText()).startsWith("sip:+4930123@");
        assertThat(made.path("to").asText()).isEqualTo(to("echo"));
        assertThat(made.path("uri").asText()).isEqualTo(CALLS + "/" + id + ".json");
        assertThat(made.path("start_time").asText()).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");
        assertThat(made.path("price").isNull()).isTrue();
        until(id, "in-progress");
        JsonNode listed = Running.json(send("GET", "/api/laml" + CALLS + ".json?Status=in-progress&From=%2B4930123"));
        assertThat(listed.path("calls").findValuesAsText("sid")).containsOnlyOnce(id);
        assertThat(listed.at("/calls/0/uri").asText()).startsWith("/api/laml/2010-04-01/Accounts/");
        HttpResponse<String> ended = send("POST", CALLS + "/" + id + ".json", "Status", "completed");
        assertThat(Running.json(ended).path("status").asText()).as(ended.body()).isEqualTo("completed");
        JsonNode past = fetch(id);
        assertThat(past.path("status").asText()).isEqualTo("completed");
        assertThat(past.path("duration").asText()).matches("\\d+");
        assertThat(past.path("end_time").asText()).endsWith(" +0000");
        refused(send("POST", CALLS + "/" + id, "Twiml", SILENT), 400, 21220, "completed");
    }

    @Test
    void aListComesInPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            String id = create("CallerId", "pages").path("sid").asText();
            until(id, "in-progress");
            send("POST", CALLS + "/" + id, "Status", "completed");
        }
        JsonNode first = Running.json(send("GET", CALLS + ".json?From=pages&PageSize=2"));
        assertThat(first.path("page").asInt()).isZero();
        assertThat(first.path("previous_page_uri").isNull()).isTrue();
        java.util.List<String> seen = new java.util.ArrayList<>();
        JsonNode page = first;
        while (true) {
            page.path("calls").forEach(call -> {
                if (call.path("direction").asText().equals("outbound-api")) {
                    seen.add(call.path("sid").asText());
                }
            });
            if (page.path("next_page_uri").isNull()) {
                break;
            }
            page = Running.json(send("GET", page.path("next_page_uri").asText()));
        }
        assertThat(seen).hasSize(3).doesNotHaveDuplicates();
        assertThat(Running.json(send("GET", CALLS + "?From=pages&StartTime%3E=2030-01-01")).path("calls")).isEmpty();
        assertThat(Running.json(send("GET", CALLS + "?From=pages&Status=busy")).path("calls")).isEmpty();
        refused(send("GET", CALLS + "?Page=2"), 400, 20001, "PageToken");
        refused(send("GET", CALLS + "?PageToken=nonsense"), 400, 20001, "PageToken");
        refused(send("GET", CALLS + "?Colour=red"), 400, 20001, "Colour");
    }

    @Test
    void whatIsNotDoneIsRefusedAndNotIgnored() throws Exception {
        String[][] extras = {{"MachineDetection", "Enable"}, {"AsyncAmd", "true"}, {"SendDigits", "12"}, {"ApplicationSid", "AP1"},
            {"CamelHttpUri", "http://evil"}};
        for (String[] extra : extras) {
            refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Twiml", SILENT, extra[0], extra[1]), 400, 20001, extra[0]);
        }
        refused(send("POST", CALLS, "From", "a", "Twiml", SILENT), 400, 21201, "To");
        refused(send("POST", CALLS, "To", "+4930123", "From", "a", "Twiml", SILENT), 400, 21211, "SIP URI");
        refused(send("POST", CALLS, "To", to("echo"), "Twiml", SILENT), 400, 21213, "From");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a b", "Twiml", SILENT), 400, 21212, "From");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a"), 400, 21218, "Url");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Url", "ftp://x"), 400, 21205, "Url");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Url", "http://10.0.0.1/x"), 400, 21205, "Url");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Twiml", "<Response><Nonsense/></Response>"), 400, 12100, "Nonsense");
        refused(send("POST", CALLS, "To", to("echo") + "?Via=x", "From", "a", "Twiml", SILENT), 400, 21211, "Via");
        refused(send("POST", CALLS, "To", to("echo") + "?X-A=1%0d%0aX-Evil:%201", "From", "a", "Twiml", SILENT), 400, 21211, "X-A");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Twiml", SILENT, "StatusCallback", "http://127.0.0.1/x", "StatusCallbackEvent",
                "answerd"), 400, 20001, "StatusCallbackEvent");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Twiml", SILENT, "Timeout", "9999"), 400, 20001, "Timeout");
        refused(send("POST", CALLS, "To", to("echo"), "From", "a", "Twiml", SILENT, "SipAuthUsername", "u"), 400, 20001, "belong together");
        refused(send("POST", CALLS + "/none", "Status", "completed"), 404, 20404, "none");
        refused(send("GET", CALLS + "/none.json"), 404, 20404, "none");
        refused(send("GET", "/2010-04-01/Accounts/ACother/Calls.json"), 404, 20404, "ACother");
        refused(send("DELETE", CALLS + "/none"), 405, 20004, "");
        refused(send("GET", "/2010-04-01/Accounts/" + SID + "/Messages.json"), 404, 20404, "");
    }

    @Test
    void withoutAccountThereIsNothing() throws Exception {
        refused(running.send(running.anonymous(CALLS + ".json")), 401, 20003, "");
    }
}
