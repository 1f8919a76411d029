package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream alone: heartbeats, filters, and clients that do not keep up. */
class EventStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Vertx vertx = Vertx.vertx();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private volatile boolean welcome = true;
    private final EventStream stream = new EventStream(vertx, 100, account -> welcome);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:events").routeId(EventStream.ROUTE).autoStartup(false).bean(stream, "publish");
            }
        });
        context.start();
        Router router = Router.router(vertx);
        stream.install(context, router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        stream.close();
        context.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Stream<String> open(String query) throws Exception {
        HttpResponse<Stream<String>> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.actualPort() + EventStream.PATH + query)).build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        return response.body();
    }

    private boolean routeRuns() {
        return context.getRouteController().getRouteStatus(EventStream.ROUTE).isStarted();
    }

    @Test
    void theRouteRunsWhileSomebodyListens() throws Exception {
        assertThat(routeRuns()).isFalse();
        try (Stream<String> first = open("")) {
            assertThat(first.anyMatch(": events from now on"::equals)).isTrue();
            assertThat(routeRuns()).isTrue();
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stream.listeners()).isZero();
            assertThat(routeRuns()).isFalse();
        });
    }

    @Test
    void sendsWhatIsAskedForAndHeartbeats() throws Exception {
        try (Stream<String> lines = open("?kind=dtmf,call-ended&call=a")) {
            stream.publish("dtmf", "b", 0, "{\"no\":1}");
            stream.publish("call-answered", "a", 1, "{\"no\":2}");
            stream.publish("dtmf", "a", 2, "{\"yes\":1}");
            stream.publish("call-ended", "a", 3, "{\"yes\":2}");
            List<String> said = lines.filter(line -> !line.isEmpty()).limit(30).toList();
            assertThat(said).contains(": events from now on").containsSubsequence("id: a/2", "event: dtmf", "data: {\"yes\":1}", "id: a/3",
                    "event: call-ended", "data: {\"yes\":2}", ":").noneMatch(line -> line.contains("\"no\""));
        }
    }

    @Test
    void endsWhereTheAccountIsTakenAway() throws Exception {
        try (Stream<String> lines = open("")) {
            await().atMost(PATIENCE).until(() -> stream.listeners() == 1);
            welcome = false;
            assertThat(lines.toList()).as("the stream ends").contains(": events from now on");
            await().atMost(PATIENCE).until(() -> stream.listeners() == 0);
        }
    }

    @Test
    void aClientThatDoesNotReadIsDisconnectedAndCounted() throws Exception {
        try (Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4096);
            lazy.connect(new java.net.InetSocketAddress("127.0.0.1", server.actualPort()));
            OutputStream out = lazy.getOutputStream();
            out.write(("GET " + EventStream.PATH + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> stream.listeners() == 1);
            String json = "{\"x\":\"" + "y".repeat(10_000) + "\"}";
            for (int i = 0; i < 10_000 && stream.dropped() == 0; i++) {
                stream.publish("dtmf", "a", i, json);
            }
            assertThat(stream.dropped()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> stream.listeners() == 0);
        }
    }
}
