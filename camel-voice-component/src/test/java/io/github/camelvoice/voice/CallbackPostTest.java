package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.callback.StoredCallback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks to URLs, with receivers of every kind. */
class CallbackPostTest extends VoiceRouteTest {

    private static final String BODY = "{\"event_type\":\"calling.call.tap\"}";

    private record Got(String path, com.sun.net.httpserver.Headers headers, String body) {
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange, int number) throws IOException;
    }

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Answer answer = (exchange, number) -> exchange.sendResponseHeaders(204, -1);

    @BeforeEach
    void startReceiver() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            got.add(new Got(exchange.getRequestURI().toString(), exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            try (exchange) {
                answer.to(exchange, got.size());
            }
        });
        server.start();
    }

    @AfterEach
    void stopReceiver() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void route(String options) throws Exception {
        yaml("""
                - route:
                    id: callbacks
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: voice:callbacks?secretKey=key%s
                      steps:
                        - bean:
                            beanType: io.github.camelvoice.voice.VoiceCallbackPost
                """.formatted(options));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void send(String url) {
        engine.callbacks.send(Callback.json("tap", "c1", url, BODY));
    }

    private StoredCallback only() throws Exception {
        return engine.archive.callback(engine.archive.callbacks(new CallbackQuery(null, null, null, 1)).callbacks().get(0).id()).orElseThrow();
    }

    private void settles(CallbackState state) {
        eventually(() -> {
            engine.timers.advance(Duration.ofMillis(50));
            return only().state() == state;
        });
    }

    private static void status(HttpExchange exchange, int status, String header, String value) throws IOException {
        exchange.getResponseHeaders().set(header, value);
        exchange.sendResponseHeaders(status, -1);
    }

    @Test
    void theReceiverGetsTheBytesSignedUnderOneKey() throws Exception {
        route("");
        send(url("/status?x=1").replace("://", "://me:pass@") + "#rt=3000");
        settles(CallbackState.DELIVERED);
        Got one = got.get(0);
        assertThat(one.path()).isEqualTo("/status?x=1");
        assertThat(one.body()).isEqualTo(BODY);
        assertThat(one.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(one.headers().getFirst("Idempotency-Key")).isEqualTo(only().id());
        assertThat(one.headers().getFirst("X-Callback-Attempt")).isEqualTo("1");
        assertThat(one.headers().getFirst("Authorization")).isEqualTo("Basic " + Base64.getEncoder().encodeToString("me:pass".getBytes()));
        assertThat(Signature.verify("key", one.headers().getFirst("X-SignalWire-Signature"), url("/status?x=1"), BODY.getBytes())).isTrue();
    }

    @Test
    void aFormIsPostedOrPutIntoTheQueryAndSignedUnderBothNames() throws Exception {
        route("");
        Form form = new Form(List.of(Map.entry("To", "sip:b@x;y=1"), Map.entry("From", "Zoë & co")));
        engine.callbacks.send(Callback.form("call", "c1", url("/form?x=1"), false, form));
        engine.callbacks.send(Callback.form("call", "c1", url("/form?x=1#rt=3000"), true, form));
        eventually(() -> {
            engine.timers.advance(Duration.ofMillis(50));
            return got.size() == 2;
        });
        assertThat(got).extracting(Got::path).containsExactly("/form?x=1", "/form?x=1&" + form.encoded());
        assertThat(got).extracting(Got::body).containsExactly(form.encoded(), "");
        assertThat(got.get(0).headers().getFirst("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        for (Got each : got) {
            String signature = each.headers().getFirst("X-Twilio-Signature");
            assertThat(each.headers().getFirst("X-SignalWire-Signature")).isEqualTo(signature);
            assertThat(Signature.verify("key", signature, url(each.path()), each.body().getBytes())).isTrue();
        }
    }

    @Test
    void oneThatFailsTwiceAndThenTakesItHasItOnceWithTheSameKey() throws Exception {
        answer = (exchange, number) -> exchange.sendResponseHeaders(number < 3 ? 500 : 200, -1);
        route("");
        send(url("/"));
        settles(CallbackState.DELIVERED);
        assertThat(got).hasSize(3).extracting(each -> each.headers().getFirst("Idempotency-Key")).containsOnly(only().id());
        assertThat(only().attempts()).extracting(Attempt::failure)
                .containsExactly("the receiver answered 500", "the receiver answered 500", null);
    }

    @Test
    void oneThatDoesNotAnswerIsTriedAgainWhileOthersAreServed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        answer = (exchange, number) -> {
            if (exchange.getRequestURI().getPath().equals("/slow") && number == 1) {
                try {
                    end.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(204, -1);
        };
        route("&readTimeout=300ms");
        send(url("/slow"));
        eventually(() -> got.size() == 1);
        engine.callbacks.send(Callback.json("tap", "c2", url("/quick"), BODY));
        eventually(() -> got.size() == 2);
        assertThat(got.get(1).path()).isEqualTo("/quick");
        eventually(() -> {
            engine.timers.advance(Duration.ofMillis(50));
            return engine.callbacks.figures().delivered() == 2;
        });
        end.countDown();
        assertThat(engine.callbacks.figures().failed()).isEqualTo(1);
        assertThat(got).extracting(Got::path).containsExactly("/slow", "/quick", "/slow");
    }

    @Test
    void redirectsAreFollowedAndSignedAnew() throws Exception {
        answer = (exchange, number) -> {
            if (number == 1) {
                status(exchange, 307, "Location", "/other");
            } else {
                exchange.sendResponseHeaders(200, -1);
            }
        };
        route("");
        send(url("/status"));
        settles(CallbackState.DELIVERED);
        assertThat(got.get(1).body()).isEqualTo(BODY);
        assertThat(Signature.verify("key", got.get(1).headers().getFirst("X-SignalWire-Signature"), url("/other"), BODY.getBytes())).isTrue();
    }

    @Test
    void aRedirectToAPrivateAddressIsGivenUpWithItsCause() throws Exception {
        answer = (exchange, number) -> status(exchange, 307, "Location", "http://10.1.2.3/inside");
        route("");
        send(url("/status"));
        settles(CallbackState.GIVEN_UP);
        assertThat(only().tried()).isEqualTo(1);
        assertThat(only().cause()).contains("10.1.2.3").contains("nothing may be sent");
    }

    @Test
    void whatThePolicyRefusesAtDeliveryIsGivenUp() throws Exception {
        route("");
        send("http://10.1.2.3/inside");
        settles(CallbackState.GIVEN_UP);
        assertThat(only().cause()).contains("nothing may be sent to 10.1.2.3");
        assertThat(got).isEmpty();
    }

    @Test
    void goneIsGoneAndALaterTimeIsKept() throws Exception {
        answer = (exchange, number) -> {
            if (number == 1) {
                status(exchange, 429, "Retry-After", "30");
            } else {
                exchange.sendResponseHeaders(410, -1);
            }
        };
        route("");
        send(url("/"));
        eventually(() -> engine.callbacks.figures().failed() == 1);
        engine.timers.advance(Duration.ofSeconds(29));
        assertThat(got).hasSize(1);
        eventually(() -> {
            engine.timers.advance(Duration.ofMillis(500));
            return only().state() == CallbackState.GIVEN_UP;
        });
        assertThat(only().cause()).isEqualTo("the receiver answered 410");
    }

    @Test
    void aReceiverThatIsNotThereIsAFailedAttempt() throws Exception {
        String gone = url("/");
        server.stop(0);
        route("&quickAttempts=1&expiry=1ms");
        send(gone);
        settles(CallbackState.GIVEN_UP);
        assertThat(only().cause()).contains("its time was over");
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        Instant now = Instant.parse("2026-01-02T03:04:05Z");
        assertThat(VoiceCallbackPost.retryAfter("120", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(VoiceCallbackPost.retryAfter("Fri, 02 Jan 2026 03:04:15 GMT", now)).isEqualTo(Duration.ofSeconds(10));
        assertThat(VoiceCallbackPost.retryAfter("Fri, 02 Jan 2026 03:04:00 GMT", now)).isNull();
        assertThat(VoiceCallbackPost.retryAfter("soon", now)).isNull();
        assertThat(VoiceCallbackPost.retryAfter(null, now)).isNull();
    }
}
