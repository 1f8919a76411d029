package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.gateway.access.AccountCommand;
import io.github.camelvoice.runtime.EngineClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks too much is told so at once, and nobody else feels it. */
class HttpFloodTest {

    private static final int FLOOD = 300;

    @TempDir
    Path folder;

    private static List<HttpResponse<String>> all(List<CompletableFuture<HttpResponse<String>>> requests) {
        return requests.stream().map(CompletableFuture::join).toList();
    }

    private static List<HttpResponse<String>> flood(Running running, String path, int count) {
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(running.client().sendAsync(running.request(path).build(), HttpResponse.BodyHandlers.ofString()));
        }
        return all(requests);
    }

    @Test
    void aFloodOfListsIsTurnedAwayWhileCallsGoOn() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.http.rate", "5")); TestPhone phone = new TestPhone(folder)) {
            Call call = phone.dial("echo", running.sipPort());
            assertThat(phone.answered(call).cause()).isNull();
            List<HttpResponse<String>> lists = flood(running, "/api/v1/history?limit=1000", FLOOD);
            assertThat(lists.stream().map(HttpResponse::statusCode).distinct()).containsExactlyInAnyOrder(200, 429);
            HttpResponse<String> refused = lists.stream().filter(response -> response.statusCode() == 429).findAny().orElseThrow();
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 5L);
            assertThat(Running.json(refused).get("code").asText()).isEqualTo("too-many-requests");

            HttpResponse<String> sipInfo = flood(running, "/v1beta1/projects/default/calls/none/sipInfo", FLOOD).stream()
                    .filter(response -> response.statusCode() == 429).findAny().orElseThrow();
            assertThat(sipInfo.headers().firstValue("Retry-After")).isPresent();
            assertThat(Running.json(sipInfo).at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(Running.json(sipInfo).at("/error/code").asInt()).isEqualTo(429);

            assertThat(running.get("/api/v1/calls").statusCode()).as("what is no record has no limit").isEqualTo(200);
            assertThat(anotherAccount(running).statusCode()).as("the limit is each account's own").isEqualTo(200);
            Call second = phone.dial("echo", running.sipPort());
            assertThat(phone.answered(second).cause()).isNull();
            phone.hangUp(second);
            phone.hangUp(call);
            phone.ended(call);
            await().until(() -> running.get("/api/v1/history").statusCode() == 200);
        }
    }

    @Test
    void whoeverHangsUpGivesTheirPlaceBack() throws Exception {
        try (Running running = Running.start(folder, Map.of("voice.http.rate", "1000"))) {
            for (int i = 0; i < 3 * RecordsGate.AT_ONCE; i++) {
                try (Socket socket = new Socket("127.0.0.1", running.httpPort())) {
                    socket.getOutputStream().write(("GET /api/v1/history HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Running.TOKEN
                            + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    socket.setSoLinger(true, 0);
                }
            }
            await().until(() -> flood(running, "/api/v1/history?limit=1", RecordsGate.AT_ONCE_PER_ACCOUNT).stream()
                    .allMatch(response -> response.statusCode() == 200));
        }
    }

    /** Strangers take all the room, with half a request each; whoever has an account is served all the same, and they have to go. */
    @Test
    void idleStrangersKeepNobodyOut() throws Exception {
        try (Running running = Running.start(folder, Map.of())) {
            List<Socket> idle = new ArrayList<>();
            try {
                for (int i = 0; i < HttpFront.MAX_CONNECTIONS; i++) {
                    Socket socket = new Socket("127.0.0.1", running.httpPort());
                    socket.getOutputStream().write("GET /api/v1/calls HT".getBytes(StandardCharsets.US_ASCII));
                    idle.add(socket);
                }
                assertThat(running.get("/api/v1/calls").statusCode()).isEqualTo(200);
                for (Socket socket : idle) {
                    socket.setSoTimeout(20_000);
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
                assertThat(running.get("/api/v1/calls").statusCode()).isEqualTo(200);
            } finally {
                for (Socket socket : idle) {
                    socket.close();
                }
            }
        }
    }

    private HttpResponse<String> anotherAccount(Running running) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AccountCommand(running.data, new PrintStream(out), EngineClock.SYSTEM).run(List.of("add", "other", "--project", "default", "--permission",
                "voice.calls.list"));
        HttpRequest.Builder request = running.anonymous("/api/v1/history").header("Authorization", "Bearer " + out.toString().strip());
        await().until(() -> running.send(request).statusCode() != 401);
        return running.send(request);
    }

    @Test
    void aFloodOfGuessesIsTurnedAway() throws Exception {
        try (Running running = Running.start(folder, Map.of())) {
            assertThat(running.get("/api/v1/calls").statusCode()).isEqualTo(200);
            List<CompletableFuture<HttpResponse<String>>> guesses = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                guesses.add(running.client().sendAsync(running.anonymous("/api/v1/calls").header("Authorization", "Bearer guess" + i).build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            List<HttpResponse<String>> answers = all(guesses);
            assertThat(answers.stream().map(HttpResponse::statusCode).distinct()).containsExactlyInAnyOrder(401, 429);
            HttpResponse<String> last = answers.stream().filter(response -> response.statusCode() == 429).findAny().orElseThrow();
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            assertThat(Running.json(last).get("code").asText()).isEqualTo("too-many-failures");
            assertThat(running.get("/api/v1/calls").statusCode()).as("whoever was in stays in").isEqualTo(200);
        }
    }
}
