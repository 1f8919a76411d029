package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.callback.Form;
import io.github.camelvoice.callback.Signature;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Status callbacks over a receiver that is slow and fails: each arrives, in order, numbered without a gap. */
class StatusDeliveryTest {

    private static final String KEY = "signing-key-of-the-test";
    private static final int CALLS = 3;
    private final List<Form> taken = new CopyOnWriteArrayList<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
    private final CountDownLatch callsAreOver = new CountDownLatch(CALLS);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer receiver;
    private Running running;
    private volatile boolean unsigned;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Form form = Form.decode(body);
            unsigned |= !Signature.verify(KEY, exchange.getRequestHeaders().getFirst("X-Twilio-Signature"), url(), body);
            try (exchange) {
                if (form.first("CallStatus").equals("initiated")) {
                    hold(callsAreOver);
                }
                boolean fails = failedOnce.add(form.first("CallSid") + form.first("SequenceNumber")) && form.first("SequenceNumber").equals("1");
                if (!fails && seen.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"))) {
                    taken.add(form);
                }
                exchange.sendResponseHeaders(fails ? 503 : 204, -1);
            }
        });
        receiver.start();
        running = Running.start(data, Map.of("voice.outbound.allow", "127.0.0.1", "voice.signing.key", KEY));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        running.close();
        threads.shutdownNow();
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/status";
    }

    private void call() throws Exception {
        Map<String, String> form = Map.of("To", "sip:hello@127.0.0.1:" + running.sipPort(), "From", "test", "Twiml",
                "<Response><Pause length=\"1\"/></Response>", "StatusCallback", url(), "StatusCallbackEvent", "initiated ringing answered completed");
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&").append(name).append('=').append(URLEncoder.encode(value,
                StandardCharsets.UTF_8)));
        HttpResponse<String> answer = running.send(running.request("/2010-04-01/Accounts/default/Calls.json").header("Content-Type",
                "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void eachCallIsToldInOrderWithoutAGap() throws Exception {
        for (int i = 0; i < CALLS; i++) {
            call();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> Running.json(running.get("/2010-04-01/Accounts/default/Calls.json?Status=completed"))
                .path("calls").findValuesAsText("direction").stream().filter("outbound-api"::equals).count() == CALLS);
        for (int i = 0; i < CALLS; i++) {
            callsAreOver.countDown();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> taken.stream().filter(form -> "completed".equals(form.first("CallStatus"))).count() == CALLS);
        Collection<List<Form>> calls = taken.stream().collect(Collectors.groupingBy(form -> form.first("CallSid"))).values();
        assertThat(calls).hasSize(CALLS).allSatisfy(told -> {
            assertThat(told).extracting(form -> form.first("SequenceNumber")).containsExactly(
                    IntStream.range(0, told.size()).mapToObj(String::valueOf).toArray(String[]::new));
            assertThat(told).extracting(form -> form.first("CallStatus")).startsWith("initiated").endsWith("in-progress", "completed");
        });
        assertThat(unsigned).isFalse();
    }
}
