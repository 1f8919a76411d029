package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.KamailioEvents;
import io.github.camelvoice.testkit.RawSip;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.XmlLint;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What phones at Kamailio do, asked for and told over HTTP. */
@Tag("peer")
class WatchedPhonesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern VERSION = Pattern.compile("<[^>]*list[^>]* version=\"(\\d+)\"");

    @TempDir
    static Path folder;
    private static TestPki pki;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private HttpServer receiver;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    @BeforeEach
    void startReceiver() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/callback", exchange -> {
            assertThat(exchange.getRequestURI().getQuery()).isEqualTo("xxx=yyy");
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private String document(String event, String... resources) {
        StringBuilder entries = new StringBuilder();
        for (String resource : resources) {
            entries.append("<entry uri=\"").append(resource).append("\"/>");
        }
        return """
                <?xml version="1.0"?>
                <subscribe xmlns="http://voip.co.uk/api/sep/2009-06" event="%s">
                  <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list>%s</list></resource-lists>
                  <notify url="http://127.0.0.1:%d/callback?xxx=yyy"/>
                  <expires>%s</expires>
                </subscribe>
                """.formatted(event, entries, receiver.getAddress().getPort(), Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS));
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request, String document) {
        return request.header("Content-Type", "text/xml").POST(HttpRequest.BodyPublishers.ofString(document));
    }

    private static String path(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return URI.create(created.headers().firstValue("Location").orElseThrow()).getPath();
    }

    private void awaitTold(String what, String... texts) {
        await(what).atMost(PATIENCE).untilAsserted(() -> assertThat(told).anySatisfy(document -> assertThat(document).contains(texts)));
    }

    /** What was told just before a crash may be told once more after it. */
    private void mustBeInOrder() {
        long last = -1;
        for (String document : told) {
            XmlLint.mustBeWellFormed(folder, document);
            Matcher version = VERSION.matcher(document);
            assertThat(version.find()).as(document).isTrue();
            assertThat(Long.parseLong(version.group(1))).isGreaterThanOrEqualTo(last);
            last = Long.parseLong(version.group(1));
        }
    }

    @Test
    void phonesRegisterAndLeave() throws Exception {
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start();
                Running running = Running.start(folder.resolve("data"), Map.of("voice.outbound.allow", "127.0.0.1"))) {
            String path = path(running.send(post(running.request("/v/2009-06/sep"), document("reg", kamailio.uri("alice"), kamailio.uri("bob")))));
            try (Baresip alice = Baresip.registered(folder, pki, "alice", kamailio, "auto")) {
                awaitTold("alice is there", kamailio.uri("alice"), "127.0.0.1:" + alice.port(), "state=\"active\"");
                try (Baresip bob = Baresip.registered(folder, pki, "bob", kamailio, "auto")) {
                    awaitTold("bob is there", "127.0.0.1:" + bob.port());
                }
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told.get(told.size() - 1)).doesNotContain("event=\"created\""));
            mustBeInOrder();
            HttpResponse<String> now = running.get(path);
            assertThat(now.statusCode()).isEqualTo(200);
            XmlLint.mustBeWellFormed(folder, now.body());
            assertThat(now.body()).contains("terminated", kamailio.uri("alice"), kamailio.uri("bob"), "xxx=yyy");
            assertThat(running.send(running.request(path).DELETE()).statusCode()).isEqualTo(204);
            assertThat(running.get(path).statusCode()).isEqualTo(404);
        }
    }

    /** The last states are there at once after a crash, and what happens then is told. */
    @Test
    void aCrashInTheMiddle() throws Exception {
        Path data = Files.createDirectories(folder.resolve("crash"));
        Map<String, String> settings = Map.of("voice.outbound.allow", "127.0.0.1");
        try (KamailioEvents kamailio = KamailioEvents.in(folder).start(); RawSip publisher = RawSip.open()) {
            String alice = kamailio.uri("alice");
            String path;
            try (GatewayProcess gateway = GatewayProcess.start(folder, data, settings)) {
                path = path(HttpClient.newHttpClient().send(post(gateway.request("/v/2009-06/sep"), document("message-summary", alice)).build(),
                        HttpResponse.BodyHandlers.ofString()));
                publisher.publish(kamailio.port(), alice, "message-summary", 600, null, "application/simple-message-summary",
                        "Messages-Waiting: yes\r\nMessage-Account: " + alice + "\r\nVoice-Message: 2/8 (0/2)\r\n");
                awaitTold("messages", "2/8");
                gateway.kill();
            }
            kamailio.kill();
            try (GatewayProcess gateway = GatewayProcess.start(folder, data, settings)) {
                assertThat(gateway.get(path).body()).contains("2/8");
                kamailio.restart();
                await("subscribed anew").atMost(PATIENCE).until(() -> kamailio.taken("SUBSCRIBE", "message-summary") > 0);
                publisher.publish(kamailio.port(), alice, "message-summary", 600, null, "application/simple-message-summary",
                        "Messages-Waiting: no\r\nMessage-Account: " + alice + "\r\nVoice-Message: 0/10\r\n");
                awaitTold("none new", "0/10");
                mustBeInOrder();
            }
        }
    }
}
