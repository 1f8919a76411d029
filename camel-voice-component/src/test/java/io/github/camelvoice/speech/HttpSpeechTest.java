package io.github.camelvoice.speech;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.outbound.HttpCall;
import io.github.camelvoice.outbound.Outbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpSpeechTest {

    private static final HttpCall.Times SHORT = new HttpCall.Times(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(15));
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Outbound outbound = new Outbound("127.0.0.1");
    private HttpServer server;

    /** Answers. */
    private interface Page {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        outbound.close();
    }

    private String spoken(Outbound by, Page page) throws SpeechException {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Language") + " " + exchange.getRequestHeaders().getFirst("X-Voice") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            try {
                page.answer(exchange);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        HttpSpeech speech = new HttpSpeech(by::http, "http://127.0.0.1:" + server.getAddress().getPort() + "/say", SHORT);
        try {
            byte[] wav = speech.speak(Utterance.of("Grüße", "de-DE", "Polly.Hans")).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
            return wav.length + " bytes";
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOf(SpeechException.class);
            return failed.getCause().getMessage();
        }
    }

    private static Page bytes(int status, byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    @Test
    void aServerGetsTextAndGivesAudio() throws Exception {
        byte[] wav = new byte[100];
        System.arraycopy("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII), 0, wav, 0, 12);
        assertThat(spoken(outbound, bytes(200, wav))).isEqualTo("100 bytes");
        assertThat(seen).containsExactly("POST text/plain; charset=utf-8 de-DE Polly.Hans Grüße");
    }

    @Test
    void aServerThatLiesOrRefusesIsTold() throws Exception {
        assertThat(spoken(outbound, bytes(200, "<html>no</html>".getBytes(StandardCharsets.UTF_8)))).contains("no WAV file");
        server.removeContext("/");
        assertThat(spoken(outbound, bytes(503, new byte[1]))).isEqualTo("the speech server answered 503");
        server.removeContext("/");
        assertThat(spoken(outbound, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[65_536];
            for (int i = 0; i < 300; i++) {
                exchange.getResponseBody().write(block);
            }
        })).startsWith("the speech server gave no audio");
    }

    @Test
    void aServerThatStallsIsLeft() throws Exception {
        assertThat(spoken(outbound, exchange -> over.await(10, TimeUnit.SECONDS))).startsWith("the speech server gave no audio");
    }

    @Test
    void thePolicyHoldsForItToo() throws Exception {
        try (Outbound strict = new Outbound("")) {
            assertThat(spoken(strict, bytes(200, new byte[100]))).startsWith("the speech server gave no audio");
            assertThat(seen).isEmpty();
        }
    }
}
