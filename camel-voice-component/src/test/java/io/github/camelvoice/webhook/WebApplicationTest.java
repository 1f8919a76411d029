package io.github.camelvoice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.document.Application;
import io.github.camelvoice.document.ApplicationException;
import io.github.camelvoice.document.Ask;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.outbound.Outbound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for documents, with servers of every kind. */
@Timeout(30)
class WebApplicationTest {

    private static final String KEY = "voice-signing-key";

    private record Got(String method, String uri, com.sun.net.httpserver.Headers headers, byte[] body) {
        Form form() {
            return Form.decode(method.equals("GET") ? uri.substring(uri.indexOf('?') + 1).getBytes(StandardCharsets.US_ASCII) : body);
        }
    }

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Application.Reader<String> reader = (url, type, text) -> {
        if (text.contains("wrong")) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, Place.DOCUMENT, "no document");
        }
        return text;
    };
    private HttpServer server;
    private Outbound outbound;
    private WebApplication application;
    private String base;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            got.add(new Got(exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        outbound = new Outbound("127.0.0.1");
        application = new WebApplication(outbound, KEY, threads);
    }

    @AfterEach
    void close() {
        over.countDown();
        outbound.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/xml", "/ok" -> send(exchange, 200, "text/xml", "<Response/>");
            case "/plain" -> send(exchange, 200, "text/plain", " <Response/>");
            case "/json" -> send(exchange, 200, "application/json", "{}");
            case "/wrong" -> send(exchange, 200, "application/xml", "<wrong/>");
            case "/text" -> send(exchange, 200, "application/xml", "sorry");
            case "/latin" -> sendBytes(exchange, 200, "application/xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Response>ü</Response>"
                    .getBytes(StandardCharsets.ISO_8859_1));
            case "/none" -> exchange.sendResponseHeaders(204, -1);
            case "/error" -> send(exchange, 500, "text/plain", "sorry");
            case "/large" -> sendBytes(exchange, 200, "application/xml", new byte[10 << 20]);
            case "/stall" -> stall();
            case "/inside" -> redirect(exchange, "http://10.0.0.1/secret");
            case "/once" -> redirect(exchange, base + "/ok?after=1");
            default -> redirect(exchange, base + "/loop");
        }
    }

    private void stall() {
        try {
            over.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        sendBytes(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void sendBytes(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private String ask(String path, String method, String fallback) {
        return application.ask(new Ask(Calls.inbound(SipHeaders.of("X-Customer", "Müller & Söhne")), base + path, method,
                fallback == null ? null : base + fallback, fallback == null ? null : "POST",
                List.of(Map.entry("Digits", "12#"))), reader).toCompletableFuture().join();
    }

    private Throwable failure(String path) {
        Throwable failure = catchThrowable(() -> ask(path, "POST", null));
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private void fails(String path, int code, String why) {
        assertThat(failure(path)).isInstanceOfSatisfying(ApplicationException.class, told -> {
            assertThat(told.code()).isEqualTo(code);
            assertThat(told).hasMessageContaining(why);
        });
    }

    @Test
    void postsAFormThatIsSigned() {
        assertThat(ask("/xml?app=1", "POST", null)).isEqualTo("<Response/>");
        Got first = got.get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.form().first("SipHeader_X-Customer")).isEqualTo("Müller & Söhne");
        assertThat(first.form().first("Digits")).isEqualTo("12#");
        String signature = first.headers().getFirst("X-Twilio-Signature");
        assertThat(first.headers().getFirst("X-SignalWire-Signature")).isEqualTo(signature);
        assertThat(Signature.verify(KEY, signature, base + "/xml?app=1", first.body())).isTrue();
    }

    @Test
    void getsWithTheFieldsInTheQuery() {
        assertThat(ask("/xml?app=1#rt=3000", "GET", null)).isEqualTo("<Response/>");
        Got first = got.get(0);
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.uri()).startsWith("/xml?app=1&CallSid=n1-call&");
        assertThat(URLDecoder.decode(first.uri(), StandardCharsets.UTF_8)).contains("SipHeader_X-Customer=Müller & Söhne").endsWith("&Digits=12#");
        assertThat(Signature.verify(KEY, first.headers().getFirst("X-SignalWire-Signature"), base + first.uri(), first.body())).isTrue();
    }

    @Test
    void redirectedPostBecomesAGetSignedAnew() {
        assertThat(ask("/once", "POST", null)).isEqualTo("<Response/>");
        Got second = got.get(1);
        assertThat(second.method()).isEqualTo("GET");
        assertThat(second.uri()).isEqualTo("/ok?after=1");
        assertThat(Signature.verify(KEY, second.headers().getFirst("X-Twilio-Signature"), base + "/ok?after=1", second.body())).isTrue();
    }

    @Test
    void readsWhatIsXmlOrNothing() {
        assertThat(ask("/none", "POST", null)).isEmpty();
        assertThat(ask("/plain", "POST", null)).isEqualTo(" <Response/>");
        assertThat(ask("/latin", "POST", null)).contains("<Response>ü</Response>");
    }

    @Test
    void eachFailureHasItsNumber() {
        fails("/json", 12300, "application/json");
        fails("/error", 11200, "answered 500");
        fails("/large", 11750, "65536 bytes");
        fails("/loop", 111215, "more than 3 times");
        fails("/inside", 111215, "redirected");
        fails("/stall#rt=300", 11200, "did not answer within 300 ms");
        fails("/xml#nonsense=1", 11100, "fragment");
        fails("/text", 12100, "no XML");
        assertThat(failure("/wrong")).isInstanceOf(DocumentException.class);
        assertThat(got.stream().filter(each -> each.uri().equals("/error"))).hasSize(1);
    }

    @Test
    void fallbackIsToldWhatHappened() {
        assertThat(ask("/error", "POST", "/ok")).isEqualTo("<Response/>");
        assertThat(got.get(1).form().first("ErrorCode")).isEqualTo("11200");
        assertThat(got.get(1).form().first("ErrorUrl")).isEqualTo(base + "/error");
        assertThat(ask("/wrong", "GET", "/ok")).isEqualTo("<Response/>");
        assertThat(got.get(3).form().first("ErrorCode")).isEqualTo("12100");
        assertThat(got.get(3).form().first("CallSid")).isEqualTo("n1-call");
    }

    @Test
    void fragmentAsksForMoreAttempts() {
        fails("/error#rc=2&rp=5xx", 11200, "answered 500");
        assertThat(got).hasSize(3);
    }
}
