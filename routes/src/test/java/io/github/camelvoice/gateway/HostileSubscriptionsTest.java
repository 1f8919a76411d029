package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.testkit.RawSip.Message;
import io.github.camelvoice.testkit.ScriptedNotifier;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions that mean harm, or more than can be. */
class HostileSubscriptionsTest {

    private static final String DIALOGS = "application/dialog-info+xml";

    @TempDir
    Path folder;
    private Running running;
    private ScriptedNotifier notifier;

    @BeforeEach
    void open() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1"));
        notifier = ScriptedNotifier.open();
    }

    @AfterEach
    void close() {
        notifier.close();
        running.close();
    }

    private String document(String notify, String... resources) {
        StringBuilder entries = new StringBuilder();
        for (String resource : resources) {
            entries.append("<entry uri=\"").append(resource).append("\"/>");
        }
        return "<?xml version=\"1.0\"?><subscribe xmlns=\"http://voip.co.uk/api/sep/2009-06\" event=\"dialog\"><resource-lists xmlns=\"urn:ietf:params:xml:ns:"
                + "resource-lists\"><list>" + entries + "</list></resource-lists>" + (notify == null ? "" : "<notify url=\"" + notify + "\"/>") + "<expires>"
                + Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS) + "</expires></subscribe>";
    }

    private HttpRequest.Builder request(String document) {
        return running.request("/v/2009-06/sep").header("Content-Type", "text/xml").POST(HttpRequest.BodyPublishers.ofString(document));
    }

    private HttpResponse<String> post(String document) throws Exception {
        return running.send(request(document));
    }

    private static String path(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return URI.create(created.headers().firstValue("Location").orElseThrow()).getPath();
    }

    @Test
    void xmlThatReachesOutIsRefused() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the-secret-of-the-file");
        String good = document(null, notifier.uri("x"));
        for (String prolog : List.of("<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:" + running.httpPort() + "/x.dtd\">",
                "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY e \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>", "<!DOCTYPE x>")) {
            HttpResponse<String> refused = post(good.replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\"?>" + prolog).replace(notifier.uri("x"), "sip:&e;@x"));
            assertThat(refused.statusCode()).as(prolog).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("the-secret-of-the-file");
        }
        HttpResponse<String> included = post(good.replace("<list>", "<list><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"" + secret.toUri()
                + "\" parse=\"text\"/>"));
        assertThat(included.body()).doesNotContain("the-secret-of-the-file");
        assertThat(post(good).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "file:///etc/passwd", "ftp://127.0.0.1/", "direct:api",
        "kafka:topic", "{{voice.signing.key}}", "${body}", "http://127.0.0.1.nip.invalid:99999/", "javascript:alert(1)", "http://user:pw@10.1.2.3/", "http:///x"})
    void callbacksToTheInsideAreRefused(String url) throws Exception {
        HttpResponse<String> refused = post(document(url, notifier.uri("x")));
        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 403);
        assertThat(notifier.sip().requests("SUBSCRIBE")).isEmpty();
    }

    /** A receiver that is this gateway would subscribe again with each callback, for ever. */
    @Test
    void aLoopIsRefused() throws Exception {
        for (String host : List.of("127.0.0.1", "localhost")) {
            HttpResponse<String> refused = post(document("http://" + host + ":" + running.httpPort() + "/v/2009-06/sep", notifier.uri("x")));
            assertThat(refused.statusCode()).as(host + " " + refused.body()).isIn(400, 403);
        }
    }

    @Test
    void tooManyResources() throws Exception {
        String[] many = new String[100_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = notifier.uri("u" + i);
        }
        assertThat(post(document(null, many)).statusCode()).isIn(400, 413);
        assertThat(post(document(null)).statusCode()).isEqualTo(400);
        assertThat(post(document(null, notifier.uri("x")).replaceAll("<expires>[^<]*", "<expires>2009-06-01T18:00:00+00:00")).statusCode()).isEqualTo(400);
        assertThat(post(document(null, notifier.uri("x")).replace("api/sep/2009-06", "api/sep/1999-01")).statusCode()).isEqualTo(400);
        assertThat(post(document(null, "tel:+441234", "mailto:x@y", "sip:")).statusCode()).isEqualTo(400);
        assertThat(notifier.sip().requests("SUBSCRIBE")).isEmpty();
    }

    @Test
    void aThousandMadeAndEndedAtOnce() throws Exception {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        // The gateway has 512 connections, and the client opens one for each request that is under way.
        Semaphore underWay = new Semaphore(300);
        for (int i = 0; i < 1000; i++) {
            underWay.acquire();
            all.add(running.client().sendAsync(request(document(null, notifier.uri("u" + i))).build(), HttpResponse.BodyHandlers.ofString())
                    .thenCompose(created -> created.statusCode() != 201 ? CompletableFuture.completedFuture(created.statusCode())
                            : running.client().sendAsync(running.request(path(created)).DELETE().build(), HttpResponse.BodyHandlers.ofString())
                                    .thenApply(HttpResponse::statusCode))
                    .whenComplete((code, failure) -> underWay.release()));
        }
        List<Integer> codes = all.stream().map(CompletableFuture::join).toList();
        assertThat(codes).isSubsetOf(204, 429, 403);
        assertThat(codes).contains(204);
        String path = path(post(document(null, notifier.uri("last"))));
        await().atMost(Duration.ofSeconds(40)).until(() -> notifier.sip().requests("SUBSCRIBE").stream().anyMatch(each -> each.text().contains("sip:last@")));
        assertThat(running.get(path).statusCode()).isEqualTo(200);
    }

    /** The newest state wins where a receiver is slow, and the end of a call is not lost. */
    @Test
    void aSlowReceiverGetsTheNewest() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            path(post(document("http://127.0.0.1:" + receiver.getAddress().getPort() + "/slow", notifier.uri("busy"))));
            Message subscribe = notifier.subscribe(1);
            for (int i = 0; i < 500; i++) {
                assertThat(notifier.tell(subscribe, DIALOGS, "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + i + "\" state=\"full\" entity=\""
                        + notifier.uri("busy") + "\"><dialog id=\"d" + i / 2 + "\"><state>" + (i % 2 == 0 ? "confirmed" : "terminated") + "</state></dialog></dialog-info>"))
                        .isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told).last().asString().contains("id=\"d249\"", "terminated"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(told.stream().filter(each -> each.contains("id=\"d0\"")).reduce((first, second) -> second))
                    .hasValueSatisfying(last -> assertThat(last).contains("terminated")));
            assertThat(told.size()).isLessThan(250);
            for (int i = 0; i < 250; i++) {
                String id = "id=\"d" + i + "\"";
                assertThat(told.stream().filter(each -> each.contains(id)).reduce((first, second) -> second)).as("the end of " + id).hasValueSatisfying(
                        last -> assertThat(last).contains("terminated"));
            }
        } finally {
            receiver.stop(0);
        }
    }
}
