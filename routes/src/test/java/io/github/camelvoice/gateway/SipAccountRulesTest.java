package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.runtime.EngineClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose SIP accounts are whose over HTTP, and what is refused, and how. The server of these accounts is not there. */
class SipAccountRulesTest {

    private static final String ACCOUNTS = "/api/v1/sip-accounts";
    private static final String NOBODY_LISTENS = "127.0.0.1:9";
    private static final Map<String, String> TOKENS = new HashMap<>();
    @TempDir
    static Path folder;
    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder, Map.of());
        add("bot", "voice.sessions.get", "voice.sessions.update", "voice.sessions.call");
        add("rival", "voice.sessions.get", "voice.sessions.update", "voice.sessions.call");
        add("reader", "voice.sessions.get");
        add("auditor", "voice.sessions.get", "voice.sessions.all");
        add("registrar", "voice.sessions.update");
        add("caller", "voice.sessions.call");
        add("allButNone", "voice.sessions.all");
        await().until(() -> send("GET", ACCOUNTS, "auditor", null).statusCode() == 200);
        assertThat(send("PUT", ACCOUNTS + "/bot@" + NOBODY_LISTENS, "bot", "{\"password\":\"t0p-s3cret\",\"transport\":\"tcp\"}").statusCode()).isEqualTo(201);
    }

    private static void add(String name, String... permissions) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("add", name, "--project", "default"));
        Stream.of(permissions).forEach(each -> arguments.addAll(List.of("--permission", each)));
        new AccountCommand(folder, new PrintStream(out), EngineClock.SYSTEM).run(arguments);
        TOKENS.put(name, out.toString().strip());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpRequest.Builder request(String path, String account) {
        return running.anonymous(path).header("Authorization", "Bearer " + TOKENS.get(account));
    }

    private static HttpResponse<String> send(String method, String path, String account, String json) throws Exception {
        return running.send(request(path, account).header("Content-Type", "application/json").method(method,
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("CamelVoiceSession").doesNotContain("t0p-s3cret");
        return Running.json(response);
    }

    @Test
    void theServerIsNotThereAndTheAccountSaysSo() throws Exception {
        JsonNode account = Running.json(send("GET", ACCOUNTS + "/bot@" + NOBODY_LISTENS, "bot", null));
        assertThat(account.at("/registration/state").asText()).isNotEqualTo("registered");
        assertThat(account.at("/status/status").asText()).isEqualTo("SESSION_REGISTRATION_FAILED");
        assertThat(account.get("owner").asText()).isEqualTo("bot");
        assertThat(account.get("may")).extracting(JsonNode::asText).containsExactly("get", "update", "call");
        assertThat(account.toString()).doesNotContain("t0p-s3cret");
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "PUT,", "DELETE,''", "GET,/status", "GET,/statuses", "GET,/statuses/stream", "POST,/session", "DELETE,/session", "POST,/session/call",
        "DELETE,/session/call", "POST,/session/call/answer", "POST,/session/call/transfer", "POST,/session/call/play", "POST,/session/call/mute",
        "POST,/session/call/unmute"})
    void othersAccountsAreNotThere(String method, String more) throws Exception {
        String body = more == null || more.contains("session") && method.equals("POST")
                ? more != null && more.endsWith("call") ? "{\"callee\":\"1\"}" : more != null && more.endsWith("transfer") ? "{\"target\":\"1\"}"
                : more != null && more.endsWith("play") ? "{\"files\":[{\"source\":\"prompt:beep\"}]}" : "{}" : null;
        HttpResponse<String> rival = send(method, ACCOUNTS + "/bot@" + NOBODY_LISTENS + (more == null ? "" : more), "rival", body);
        if (more == null) {
            assertThat(problem(rival, 403).get("detail").asText()).doesNotContain("bot\"");
            return;
        }
        HttpResponse<String> nobody = send(method, ACCOUNTS + "/nobody@" + NOBODY_LISTENS + more, "rival", body);
        assertThat(problem(rival, 404).toString().replace("bot@", "nobody@")).isEqualTo(problem(nobody, 404).toString());
        assertThat(problem(rival, 404).get("code").asText()).isEqualTo("no-such-account");
        String lacks = Running.json(send(method, ACCOUNTS + "/bot@" + NOBODY_LISTENS + more, "allButNone", body)).get("detail").asText();
        assertThat(lacks).startsWith("this account lacks voice.sessions.");
    }

    @ParameterizedTest
    @CsvSource({"GET,'',reader", "GET,/x@y,reader", "PUT,/x@y,registrar", "DELETE,/x@y,registrar", "GET,/x@y/status,reader", "GET,/x@y/statuses,reader",
        "GET,/x@y/statuses/stream,reader", "POST,/x@y/session,registrar", "DELETE,/x@y/session,registrar", "POST,/x@y/session/call,caller",
        "DELETE,/x@y/session/call,caller", "POST,/x@y/session/call/answer,caller", "POST,/x@y/session/call/transfer,caller",
        "POST,/x@y/session/call/play,caller", "POST,/x@y/session/call/mute,caller", "POST,/x@y/session/call/unmute,caller"})
    void onePermissionOpensOneThing(String method, String path, String account) throws Exception {
        String body = method.equals("PUT") ? "{\"unknown\":1}" : null;
        assertThat(send(method, ACCOUNTS + path, account, body).statusCode()).isNotIn(401, 403, 405);
        for (String other : List.of("reader", "registrar", "caller", "allButNone")) {
            if (!other.equals(account)) {
                assertThat(send(method, ACCOUNTS + path, other, body).statusCode()).as(other).isEqualTo(403);
            }
        }
    }

    @Test
    void theListHasOnesOwnAndWhoMaySeeAllSeesAll() throws Exception {
        assertThat(send("PUT", ACCOUNTS + "/rival@" + NOBODY_LISTENS, "rival", "{\"transport\":\"tcp\"}").statusCode()).isIn(200, 201);
        JsonNode own = Running.json(send("GET", ACCOUNTS, "rival", null));
        assertThat(own.get("accounts")).extracting(each -> each.get("account").asText()).containsExactly("rival@" + NOBODY_LISTENS);
        assertThat(own.get("count").asInt()).isEqualTo(1);
        JsonNode all = Running.json(send("GET", ACCOUNTS, "auditor", null));
        assertThat(all.get("accounts")).extracting(each -> each.get("account").asText()).contains("rival@" + NOBODY_LISTENS, "bot@" + NOBODY_LISTENS);
        assertThat(Running.json(send("GET", ACCOUNTS + "?name=RIV", "auditor", null)).get("count").asInt()).isEqualTo(1);
        assertThat(Running.json(send("GET", ACCOUNTS + "?state=registered", "auditor", null)).get("count").asInt()).isZero();
        problem(send("GET", ACCOUNTS + "?state=mad", "auditor", null), 400);
        problem(send("GET", ACCOUNTS + "?limit=0", "auditor", null), 400);
        problem(send("GET", ACCOUNTS + "?x=y", "auditor", null), 400);
        JsonNode changed = Running.json(send("PUT", ACCOUNTS + "/rival@" + NOBODY_LISTENS, "voice", "{\"transport\":\"tcp\"}"));
        assertThat(changed.has("code")).as("the token of nobody").isTrue();
        HttpResponse<String> byOperator = running.send(running.request(ACCOUNTS + "/rival@" + NOBODY_LISTENS).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"transport\":\"tcp\"}")));
        assertThat(Running.json(byOperator).get("owner").asText()).as("stays whose it was").isEqualTo("rival");
        assertThat(send("DELETE", ACCOUNTS + "/rival@" + NOBODY_LISTENS, "rival", null).statusCode()).isEqualTo(200);
        assertThat(Running.json(send("GET", ACCOUNTS, "rival", null)).get("count").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"password\":1}", "{\"password\":\"a\",\"password\":\"b\"}", "{\"unknown\":1}", "{\"password\":\"a\\r\\nb\"}", "{\"expires\":59}",
        "{\"expires\":86401}", "{\"expires\":\"60\"}", "{\"transport\":\"sctp\"}", "{\"contacts\":\"sip:a@b\"}", "{\"contacts\":[1]}",
        "{\"displayName\":\"a\\u0000\"}", "{\"authUsername\":\"x\\r\\ny\"}", "{\"outboundProxy\":\"a b\"}",
        "{\"outboundProxy\":\"http://x\"}", "{\"contacts\":[\"nonsense\"]}",
        "{\"contacts\":[\"sip:a@b\\r\\nVia: x\"]}"})
    void badRegistrationsAreRefused(String body) throws Exception {
        JsonNode problem = problem(send("PUT", ACCOUNTS + "/bad@" + NOBODY_LISTENS, "bot", body), 400);
        assertThat(problem.get("detail").asText()).isNotBlank();
        assertThat(send("GET", ACCOUNTS + "/bad@" + NOBODY_LISTENS, "bot", null).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "@", "a@", "@b", "a%0d%0ab@c", "a@b%0d%0aVia:x", "a%00@b", "a@b%20c", "a@b:99999", "a@b:x", "%20", "a%3Cb@c", "a@b@c", "a@b%3E",
        "tel:+1", "http:%2F%2Fa@b", "a@b;transport=udp", "a%2Fb%3F@127.0.0.1:9", "%7B%7Buser.home%7D%7D", "$%7Benv.HOME%7D"})
    void namesThatAreNoneAreRefused(String name) throws Exception {
        HttpResponse<String> put = send("PUT", ACCOUNTS + "/" + name, "bot", "{\"transport\":\"tcp\"}");
        problem(put, 400);
        assertThat(send("GET", ACCOUNTS + "/" + name, "bot", null).statusCode()).isIn(400, 404);
    }

    @Test
    void longNamesAreRefused() throws Exception {
        problem(send("PUT", ACCOUNTS + "/" + "a".repeat(5_000) + "@" + NOBODY_LISTENS, "bot", "{}"), 400);
        problem(send("PUT", ACCOUNTS + "/", "bot", "{}"), 405);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POST|/session|{\"autoAnswerInterval\":171}|400", "POST|/session|{\"autoAnswerInterval\":\"5\"}|400",
        "POST|/session|{\"x\":1}|400", "POST|/session/call|{}|400", "POST|/session/call|{\"callee\":\" \"}|400", "POST|/session/call|{\"callee\":\"a\\r\\nb\"}|400",
        "POST|/session/call|{\"callee\":\"1\",\"headers\":{\"X\\r\\nY\":\"z\"}}|400", "POST|/session/call|{\"callee\":\"1\",\"headers\":{\"X-A\":\"z\\r\\nVia: q\"}}|400",
        "POST|/session/call|{\"callee\":\"1\",\"headers\":{\"CamelVoiceTarget\":\"q\"}}|400", "POST|/session/call/transfer|{}|400",
        "POST|/session/call|{\"callee\":\"1\"}|409", "POST|/session/call/transfer|{\"target\":\"1\"}|409", "DELETE|/session/call?hard=maybe|{}|400",
        "DELETE|/session/call|{}|409", "DELETE|/session/call?hard=true|{}|409", "POST|/session/call/answer|{}|409", "POST|/session/call/mute|{}|409",
        "POST|/session/call/unmute|{}|409", "DELETE|/session|{}|409", "POST|/session/call/mute|{\"x\":1}|400", "POST|/session/call/play|{}|400",
        "POST|/session/call/play|{\"files\":[]}|400", "POST|/session/call/play|{\"files\":[{}]}|400", "POST|/session/call/play|{\"files\":[{\"wav\":\"%%\"}]}|400",
        "POST|/session/call/play|{\"files\":[{\"wav\":\"\",\"url\":\"x\"}]}|400", "POST|/session/call/play|{\"files\":[{\"source\":\"/etc/passwd\"}]}|400",
        "POST|/session/call/play|{\"files\":[{\"source\":\"prompt:nothing\"}]}|422", "POST|/session/call/play|{\"files\":[{\"url\":\"file:/etc/passwd\"}]}|403",
        "POST|/session/call/play|{\"files\":[{\"url\":\"http://127.0.0.1:1/x.wav\"}]}|403", "POST|/session/call/play?wait=61|{\"files\":[{\"wav\":\"\"}]}|400",
        "POST|/session/call/play|{\"files\":[{\"source\":\"prompt:beep\"}]}|409", "GET|/statuses?after=x||400", "GET|/statuses?limit=1001||400",
        "GET|/statuses/stream?after=x||400", "PATCH|/session|{}|405", "GET|/session||405"})
    void whatCannotBeDoneIsSaid(String method, String path, String body, int status) throws Exception {
        JsonNode problem = problem(send(method, ACCOUNTS + "/bot@" + NOBODY_LISTENS + path, "bot", body), status);
        if (status != 405 && status != 404) {
            assertThat(problem.get("detail").asText()).isNotBlank();
        }
    }

    @Test
    void fewAndSmallBodiesOfTheRightKindAreTaken() throws Exception {
        String path = ACCOUNTS + "/bot@" + NOBODY_LISTENS;
        problem(running.send(request(path + "/session/call", "bot").header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("x"))), 415);
        problem(running.send(request(path + "/session/call", "bot").header("Content-Type", "audio/wav").POST(HttpRequest.BodyPublishers.ofString("x"))), 415);
        problem(send("POST", path + "/session/call", "bot", "{\"callee\":\"" + "1".repeat(70_000) + "\"}"), 413);
        problem(running.send(request(path + "/session/call/play", "bot").header("Content-Type", "audio/wav").POST(HttpRequest.BodyPublishers.ofString("x"))), 409);
        problem(send("POST", path + "/session/call/play", "bot", "{\"files\":[{\"wav\":\"" + "A".repeat(1_000_000) + "\"}]}"), 409);
        byte[] seventeen = new byte[17 * 1024 * 1024];
        problem(running.send(request(path + "/session/call/play", "bot").header("Content-Type", "audio/wav").POST(HttpRequest.BodyPublishers.fromPublisher(
                HttpRequest.BodyPublishers.ofByteArray(seventeen)))), 413);
        try (Socket socket = new Socket("127.0.0.1", running.httpPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + "/session/call/play HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKENS.get("bot")
                    + "\r\nContent-Type: audio/wav\r\nContent-Length: 209715200\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void aThousandAtOnceAreAnswered() {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 1_000).mapToObj(i -> running.client().sendAsync(
                request(ACCOUNTS + "/bot@" + NOBODY_LISTENS + "/session/call", "bot").header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"callee\":\"1\"}")).build(), HttpResponse.BodyHandlers.ofString())
                .handle((answer, gone) -> answer)).toList();
        List<Integer> codes = answers.stream().map(CompletableFuture::join).map(answer -> answer == null ? 0 : answer.statusCode()).toList();
        assertThat(codes).contains(409).allMatch(code -> code == 409 || code == 429 || code == 0);
        await().until(() -> send("GET", ACCOUNTS, "bot", null).statusCode() == 200);
    }
}
