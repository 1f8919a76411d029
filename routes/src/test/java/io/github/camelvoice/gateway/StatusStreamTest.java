package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.gateway.access.Account;
import io.github.camelvoice.gateway.access.Permission;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.Sessions;
import io.github.camelvoice.session.StatusType;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream of statuses alone: what was missed, what comes, whose it is, and clients that do not keep up. */
class StatusStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALICE = "alice@example.com";
    private static final Account BOT = new Account("bot", Map.of("default", Set.of(Permission.SESSIONS_GET)), null);
    private static final Account OPERATOR = Account.ofAll("voice");

    private final Vertx vertx = Vertx.vertx();
    private final List<SessionStatus> history = new CopyOnWriteArrayList<>();
    private final List<Sessions.Listener> followers = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private volatile String owner = "bot";
    private volatile Account caller = BOT;
    private volatile boolean welcome = true;
    private StatusStream stream;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Sessions sessions = (Sessions) Proxy.newProxyInstance(Sessions.class.getClassLoader(), new Class<?>[]{Sessions.class}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "get" -> arguments[0].equals(ALICE) && owner != null ? Optional.of(info()) : Optional.empty();
                    case "follow" -> follow((Sessions.Listener) arguments[1]);
                    case "history" -> read((long) arguments[1]);
                    default -> throw new AssertionError(method.getName());
                });
        SipAccountApi accounts = new SipAccountApi(() -> sessions, null, "default");
        stream = new StatusStream(vertx, accounts, () -> sessions, account -> welcome);
        Router router = Router.router(vertx);
        router.route().order(-2).handler(context -> {
            context.put(HttpGuard.ACCOUNT, caller);
            context.next();
        });
        stream.install(router, 100);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        stream.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private SessionInfo info() {
        SessionStatus last = history.isEmpty() ? status(0, StatusType.NO_SESSION, "") : history.get(history.size() - 1);
        return new SessionInfo(ALICE, owner, Optional.empty(), false, 0, last, "");
    }

    private Sessions.Following follow(Sessions.Listener listener) {
        followers.add(listener);
        return () -> followers.remove(listener);
    }

    private List<SessionStatus> read(long after) throws InterruptedException {
        List<SessionStatus> found = history.stream().filter(each -> each.sequence() > after).toList();
        reading.await(20, TimeUnit.SECONDS);
        return found;
    }

    private static SessionStatus status(long sequence, StatusType type, String description) {
        return new SessionStatus(ALICE, sequence, Instant.EPOCH, type, "", "", "", Map.of(), description, "", "", "");
    }

    private void tell(long sequence) {
        SessionStatus status = status(sequence, StatusType.READY, "line\nfeed");
        history.add(status);
        followers.forEach(each -> each.told(status));
    }

    private HttpResponse<Stream<String>> ask(String query, String last) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()
                + StatusStream.PATH.replace(":name", "alice%40example.com") + query)).timeout(PATIENCE);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    private Stream<String> open(String query, String last) throws Exception {
        HttpResponse<Stream<String>> response = ask(query, last);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        return response.body();
    }

    private static List<Long> sequences(Stream<String> lines, int count) {
        return lines.filter(line -> line.startsWith("id: ")).map(line -> Long.valueOf(line.substring(4))).limit(count).toList();
    }

    @Test
    void tellsWhatComes() throws Exception {
        tell(1);
        try (Stream<String> lines = open("", null)) {
            await().atMost(PATIENCE).until(() -> followers.size() == 1);
            tell(2);
            List<String> said = lines.filter(line -> line.contains(": ")).limit(4).toList();
            assertThat(said).startsWith(": statuses from now on", "id: 2", "event: READY");
            assertThat(Running.JSON.readTree(said.get(3).substring(6)).get("description").asText()).isEqualTo("line\nfeed");
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(stream.listeners()).isZero();
            assertThat(followers).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(value = {"'',3", "?after=3,null"}, nullValues = "null")
    void tellsWhatWasMissedAndWhatComesMeanwhileOnceAndInOrder(String query, String last) throws Exception {
        LongStream.rangeClosed(1, 5).forEach(this::tell);
        reading = new CountDownLatch(1);
        try (Stream<String> lines = open(query, last)) {
            await().atMost(PATIENCE).until(() -> followers.size() == 1);
            LongStream.rangeClosed(6, 8).forEach(this::tell);
            reading.countDown();
            LongStream.rangeClosed(9, 10).forEach(this::tell);
            assertThat(sequences(lines, 7)).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L);
        }
    }

    @Test
    void whoKnowsMoreThanThereIsGetsAllOfIt() throws Exception {
        LongStream.rangeClosed(1, 2).forEach(this::tell);
        try (Stream<String> lines = open("", "4711")) {
            await().atMost(PATIENCE).until(() -> followers.size() == 1);
            tell(3);
            assertThat(sequences(lines, 3)).containsExactly(1L, 2L, 3L);
        }
    }

    @ParameterizedTest
    @CsvSource({"x", "-1", "99999999999999999999", "''"})
    void aPlaceThatIsNoNumberIsRefused(String last) throws Exception {
        assertThat(ask("?after=" + last, null).statusCode()).isEqualTo(400);
    }

    @Test
    void othersAreNotThereExceptForThoseWhoMaySeeAll() throws Exception {
        owner = "somebody";
        HttpResponse<Stream<String>> refused = ask("", null);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body().toList().toString()).contains("no-such-account").doesNotContain("somebody");
        caller = OPERATOR;
        try (Stream<String> lines = open("", null)) {
            assertThat(lines.anyMatch(": statuses from now on"::equals)).isTrue();
        }
        owner = null;
        assertThat(ask("", null).statusCode()).isEqualTo(404);
    }

    @Test
    void endsWhereSomebodyElseTakesTheName() throws Exception {
        try (Stream<String> lines = open("", null)) {
            await().atMost(PATIENCE).until(() -> followers.size() == 1);
            tell(1);
            Iterator<String> ids = lines.filter(line -> line.startsWith("id:")).iterator();
            assertThat(ids.next()).isEqualTo("id: 1");
            owner = "somebody";
            tell(2);
            assertThat(ids.hasNext()).as("the stream goes on").isFalse();
        }
    }

    @Test
    void endsWhereTheAccountIsTakenAway() throws Exception {
        try (Stream<String> lines = open("", null)) {
            await().atMost(PATIENCE).until(() -> stream.listeners() == 1);
            welcome = false;
            assertThat(lines.toList()).contains(": statuses from now on");
            await().atMost(PATIENCE).until(() -> stream.listeners() == 0 && followers.isEmpty());
        }
    }

    @Test
    void aClientThatDoesNotReadIsDisconnectedAndCounted() throws Exception {
        try (Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4096);
            lazy.connect(new java.net.InetSocketAddress("127.0.0.1", server.actualPort()));
            OutputStream out = lazy.getOutputStream();
            out.write(("GET " + StatusStream.PATH.replace(":name", ALICE) + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().atMost(PATIENCE).until(() -> followers.size() == 1);
            String description = "y".repeat(10_000);
            for (int i = 1; i <= 2_000 && !followers.isEmpty(); i++) {
                SessionStatus status = status(i, StatusType.READY, description);
                followers.forEach(each -> each.told(status));
            }
            await().atMost(PATIENCE).until(() -> stream.dropped() == 1 && stream.listeners() == 0);
        }
    }

    @Test
    void oneAccountDoesNotTakeAllPlaces() throws Exception {
        for (int i = 0; i < StatusStream.MAX_CLIENTS_PER_ACCOUNT; i++) {
            open("", null);
        }
        HttpResponse<Stream<String>> refused = ask("", null);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
        caller = OPERATOR;
        open("", null);
    }
}
