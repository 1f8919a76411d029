package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.callback.Form;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Applications that stall, answer with too much, lead in circles or into the network behind us: each call ends in a way that can be told. */
class BadApplicationsTest {

    private static final LinkedBlockingQueue<Form> FALLBACKS = new LinkedBlockingQueue<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static HttpServer server;
    private static Running running;
    private static TestPhone phone;
    private static volatile String behaviour = "";
    private static volatile boolean rescued;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(THREADS);
        server.createContext("/", exchange -> {
            Form form = Form.decode(exchange.getRequestBody().readAllBytes());
            try (exchange) {
                if (exchange.getRequestURI().getPath().equals("/fallback")) {
                    FALLBACKS.add(form);
                    answer(exchange, rescued ? "<Response><Reject reason=\"busy\"/></Response>" : "nonsense");
                } else {
                    misbehave(exchange);
                }
            }
        });
        server.start();
        phone = new TestPhone(data.resolve("phone"));
        running = Running.start(data.resolve("gateway"), Map.of("voice.outbound.allow", "127.0.0.1", "voice.cxml.url", url("/voice#rt=15000"),
                "voice.cxml.fallback.url", url("/fallback")));
    }

    @AfterAll
    static void stop() {
        OVER.countDown();
        running.close();
        phone.close();
        server.stop(0);
        THREADS.shutdownNow();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void misbehave(HttpExchange exchange) throws IOException {
        switch (behaviour) {
            case "stall" -> {
                try {
                    OVER.await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            }
            case "large" -> answer(exchange, "<Response>" + " ".repeat(10 << 20) + "</Response>");
            case "circle" -> redirect(exchange, url("/again"));
            case "inside" -> redirect(exchange, "http://192.168.0.1/");
            case "other" -> {
                exchange.getResponseHeaders().set("Content-Type", "image/png");
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().write(1);
            }
            case "error" -> exchange.sendResponseHeaders(500, -1);
            default -> answer(exchange, "<Response><Nonsense");
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @ParameterizedTest
    @CsvSource({"large, 11750", "circle, 111215", "inside, 111215", "other, 12300", "error, 11200", "malformed, 12100"})
    void theFallbackIsToldAndTheCallEnds(String how, String code) throws Exception {
        behaviour = how;
        for (boolean helped : new boolean[] {true, false}) {
            rescued = helped;
            Call call = phone.dial("100", running.sipPort());
            assertThat(phone.ended(call).cause().sipCode()).isEqualTo(helped ? 486 : 500);
            Form asked = FALLBACKS.poll(10, TimeUnit.SECONDS);
            assertThat(asked).isNotNull();
            assertThat(asked.first("ErrorCode")).isEqualTo(code);
            assertThat(asked.first("ErrorUrl")).isEqualTo(url("/voice"));
        }
    }

    @Test
    void oneThatStallsIsNotWaitedFor() throws Exception {
        behaviour = "stall";
        rescued = false;
        BlockingQueue<Call> answered = phone.answerAll();
        String form = "From=test&To=" + encode("sip:phone@127.0.0.1:" + phone.sipPort()) + "&Url=" + encode(url("/voice#rt=300")) + "&FallbackUrl="
                + encode(url("/fallback"));
        HttpResponse<String> made = running.send(running.request("/2010-04-01/Accounts/default/Calls").header("Content-Type",
                "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        Call call = answered.poll(20, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        Form asked = FALLBACKS.poll(20, TimeUnit.SECONDS);
        assertThat(asked).isNotNull();
        assertThat(asked.first("ErrorCode")).isEqualTo("11200");
        assertThat(phone.ended(call).cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
