package io.github.camelvoice.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.outbound.HttpFailure.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP client against real servers on loopback. */
@Timeout(30)
class HttpCallerTest {

    private static final HttpCall.Times SHORT = new HttpCall.Times(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(900));
    private final Vertx servers = Vertx.vertx();
    private final Map<String, String> names = new ConcurrentHashMap<>(Map.of("hooks.example", "127.0.0.1"));
    private final AtomicInteger lookUps = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private Outbound outbound;

    @BeforeEach
    void open() {
        outbound = outbound("127.0.0.1");
    }

    private Outbound outbound(String allow) {
        return new Outbound(new TargetPolicy(allow, name -> {
            lookUps.incrementAndGet();
            if (!names.containsKey(name)) {
                throw new UnknownHostException(name);
            }
            return InetAddress.getAllByName(names.get(name));
        }));
    }

    @AfterEach
    void close() {
        outbound.close();
        servers.close().toCompletionStage().toCompletableFuture().join();
    }

    private int serve(Consumer<HttpServerRequest> handler) {
        HttpServer server = servers.createHttpServer().requestHandler(request -> {
            seen.add(request.method() + " " + request.uri());
            handler.accept(request);
        });
        return server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private HttpAnswer answer(HttpCall call) {
        return outbound.http().call(call).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private HttpFailure failure(HttpCall call) {
        try {
            throw new AssertionError("answered: " + answer(call));
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).isInstanceOf(HttpFailure.class);
            return (HttpFailure) failed.getCause();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void postsAndReadsTheAnswer() {
        int port = serve(request -> request.body().onSuccess(body -> request.response().setStatusCode(201)
                .putHeader("content-type", "Text/Plain; charset=utf-8").putHeader("X-Twice", (Iterable<String>) List.of("a", "b"))
                .end(request.getHeader("Host") + "|" + request.getHeader("Content-Type") + "|" + request.getHeader("X-Id") + "|" + body)));
        HttpAnswer answer = answer(HttpCall.post("http://hooks.example:" + port + "/a?b=c", "application/json", bytes("{\"a\":1}"))
                .withHeader("X-Id", "7"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.mediaType()).isEqualTo("text/plain");
        assertThat(answer.headers().get("x-twice")).containsExactly("a", "b");
        assertThat(answer.text()).isEqualTo("hooks.example:" + port + "|application/json|7|{\"a\":1}");
        assertThat(seen).containsExactly("POST /a?b=c");
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        int port = serve(request -> request.response().end("here"));
        names.put("rebind.example", "127.0.0.1");
        outbound.close();
        outbound = new Outbound(new TargetPolicy("127.0.0.1", name -> InetAddress.getAllByName(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.9")));
        assertThat(answer(HttpCall.get("http://rebind.example:" + port + "/")).text()).isEqualTo("here");
        assertThat(lookUps).hasValue(1);
        HttpFailure second = failure(HttpCall.get("http://rebind.example:" + port + "/"));
        assertThat(second.kind()).isEqualTo(Kind.REFUSED);
        assertThat(second.isRetryable()).isFalse();
        assertThat(seen).hasSize(1);
    }

    @Test
    void saysThatANameIsUnknownAndMayTryAgain() {
        HttpFailure failure = failure(HttpCall.get("http://nowhere.example/"));
        assertThat(failure.kind()).isEqualTo(Kind.UNRESOLVED);
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"301, GET, 0", "302, GET, 0", "303, GET, 0", "307, POST, 4", "308, POST, 4"})
    void followsRedirectsByTheRules(int status, String method, int length) {
        int port = serve(request -> {
            if (request.path().equals("/old")) {
                request.response().setStatusCode(status).putHeader("Location", "new?x=1#frag").end("moved");
            } else {
                request.body().onSuccess(body -> request.response().end(request.method() + " " + body.length() + " " + request.getHeader("Content-Type")
                        + " " + request.getHeader("X-Sig")));
            }
        });
        HttpAnswer answer = answer(HttpCall.post("http://127.0.0.1:" + port + "/old", "text/plain", bytes("body"))
                .withSigner((m, url, body) -> Map.of("X-Sig", m + url.substring(url.lastIndexOf('/')) + body.length)));
        assertThat(answer.text()).isEqualTo(method + " " + length + " " + (length == 0 ? "null" : "text/plain") + " " + method + "/new?x=1" + length);
        assertThat(answer.url()).endsWith("/new?x=1");
    }

    @Test
    void followsThreeRedirectsAndNoMore() {
        int port = serve(request -> {
            int n = Integer.parseInt(request.path().substring(1));
            if (n == 0) {
                request.response().end("there");
            } else {
                request.response().setStatusCode(302).putHeader("Location", "/" + (n - 1)).end();
            }
        });
        assertThat(answer(HttpCall.get("http://127.0.0.1:" + port + "/3")).text()).isEqualTo("there");
        assertThat(failure(HttpCall.get("http://127.0.0.1:" + port + "/4")).kind()).isEqualTo(Kind.REDIRECT);
        assertThat(seen).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({"http://10.0.0.1/", "http://169.254.169.254/latest/", "http://127.0.0.2/", "file:///etc/passwd", "//10.0.0.1/x", "http://user:pw@127.0.0.1/",
        "http://inner.example/", "http://[::1]/", "gopher://127.0.0.1/", "http://127.0.0.1:0/", "ht!tp://x", "http://0x7f.1/"})
    void doesNotFollowARedirectToWhereNothingMayGo(String location) {
        names.put("inner.example", "10.0.0.1");
        int port = serve(request -> request.response().setStatusCode(307).putHeader("Location", location).end());
        HttpFailure failure = failure(HttpCall.post("http://127.0.0.1:" + port + "/", "text/plain", bytes("x")));
        assertThat(failure.kind()).isEqualTo(Kind.REDIRECT);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.getMessage()).startsWith("redirected").doesNotContain("pw");
    }

    @Test
    void leavesCredentialsOutElsewhere() {
        int there = serve(request -> request.response().end("auth " + request.getHeader("Authorization")));
        int here = serve(request -> {
            if (request.path().equals("/away")) {
                request.response().setStatusCode(302).putHeader("Location", "http://127.0.0.1:" + there + "/").end(request.getHeader("Authorization"));
            } else {
                request.response().end("auth " + request.getHeader("Authorization"));
            }
        });
        HttpCall call = HttpCall.get("http://us%65r:p%3Aw+@127.0.0.1:" + here + "/away").withCredentials(true);
        assertThat(answer(call).text()).isEqualTo("auth null");
        assertThat(answer(HttpCall.get("http://us%65r:p%3Aw+@127.0.0.1:" + here + "/x").withCredentials(true)).text())
                .isEqualTo("auth Basic " + java.util.Base64.getEncoder().encodeToString(bytes("user:p:w+")));
        assertThat(answer(HttpCall.get("http://127.0.0.1:" + here + "/away").withHeader("Authorization", "Bearer x")).text()).isEqualTo("auth null");
        assertThat(failure(HttpCall.get("http://user:pw@127.0.0.1:" + here + "/")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() {
        int port = serve(request -> { });
        HttpFailure failure = failure(HttpCall.get("http://127.0.0.1:" + port + "/").withTimes(SHORT));
        assertThat(failure.kind()).isEqualTo(Kind.READ_TIMEOUT);
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void givesUpOnAServerThatDrips() {
        int port = serve(request -> {
            request.response().setChunked(true);
            long drip = servers.setPeriodic(50, t -> request.response().write("x"));
            request.connection().closeHandler(c -> servers.cancelTimer(drip));
        });
        assertThat(failure(HttpCall.get("http://127.0.0.1:" + port + "/").withTimes(SHORT)).kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
    }

    @Test
    void givesUpOnAPortThatAcceptsNothing() throws Exception {
        List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 8; i++) {
                SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(full.getLocalSocketAddress());
            }
            HttpFailure silent = failure(HttpCall.get("http://127.0.0.1:" + full.getLocalPort() + "/").withTimes(SHORT));
            assertThat(silent.kind()).isEqualTo(Kind.CONNECT);
            assertThat(silent).hasMessageContaining("within 300 ms");
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
        int free;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = gone.getLocalPort();
        }
        HttpFailure refused = failure(HttpCall.get("http://127.0.0.1:" + free + "/"));
        assertThat(refused.kind()).isEqualTo(Kind.CONNECT);
        assertThat(refused.getMessage()).isEqualTo("127.0.0.1:" + free + " refuses connections");
    }

    @ParameterizedTest
    @CsvSource({"true, 65536, 65536, true", "true, 65537, 65536, false", "false, 65537, 65536, false", "false, 5000000, 65536, false"})
    void readsSoMuchOfABody(boolean length, int size, int limit, boolean good) {
        int port = serve(request -> {
            Buffer body = Buffer.buffer(new byte[size]);
            if (length) {
                request.response().end(body);
            } else {
                request.response().setChunked(true).write(body);
                request.response().end();
            }
        });
        HttpCall call = HttpCall.get("http://127.0.0.1:" + port + "/").withBodyLimit(limit);
        if (good) {
            assertThat(answer(call).body()).hasSize(size);
        } else {
            assertThat(failure(call).kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(answer(call.discarding(10)).body()).hasSize(10);
        }
    }

    @Test
    void doesNotReadABodyWithoutEnd() {
        int port = serve(request -> {
            request.response().setChunked(true);
            endless(request);
        });
        assertThat(failure(HttpCall.get("http://127.0.0.1:" + port + "/")).kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(answer(HttpCall.notify("http://127.0.0.1:" + port + "/", "text/plain", bytes("x"))).body()).hasSize(HttpCall.RECEIPT_LIMIT);
    }

    private void endless(HttpServerRequest request) {
        request.response().write(Buffer.buffer(new byte[8192])).onSuccess(written -> servers.runOnContext(again -> endless(request)));
    }

    @ParameterizedTest
    @CsvSource({"rc=2&rp=5xx, 3", "rc=2, 1", "rc=0&rp=all, 1", "rp=all, 2", "rp=4xx, 1", "rt=1000, 1"})
    void triesAgainAsTheUrlAsks(String fragment, int requests) {
        int port = serve(request -> request.response().setStatusCode(503).end());
        assertThat(answer(HttpCall.get("http://127.0.0.1:" + port + "/#" + fragment)).status()).isEqualTo(503);
        assertThat(seen).hasSize(requests);
    }

    @Test
    void takesTimesFromTheUrl() {
        int port = serve(request -> { });
        long from = System.nanoTime();
        assertThat(failure(HttpCall.get("http://127.0.0.1:" + port + "/#rt=100&rc=1&rp=rt")).kind()).isEqualTo(Kind.READ_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
        assertThat(failure(HttpCall.get("http://127.0.0.1:" + port + "/#tt=100")).kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
        assertThat(seen).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"x", "rt=99", "rt=15001", "ot=10001", "tt=15001", "rc=6", "rc=-1", "rp=6xx", "rt=1000&rt=2000", "ct=1000&ot=1000", "rt",
        "rt=", "&", "rt=1e3", "tt=１000"})
    void refusesAnotherFragment(String fragment) {
        assertThat(failure(HttpCall.get("http://127.0.0.1:1/#" + fragment)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aConnectionThatWasKeptOpenAndIsClosedIsReplacedOnce() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                while (!door.isClosed()) {
                    try (Socket socket = door.accept()) {
                        connections.incrementAndGet();
                        socket.getInputStream().read(new byte[4096]);
                        socket.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + connections));
                        socket.getInputStream().read(new byte[4096]);
                    } catch (IOException gone) {
                        // the next one
                    }
                }
            }, "closing");
            thread.setDaemon(true);
            thread.start();
            String url = "http://127.0.0.1:" + door.getLocalPort() + "/";
            assertThat(answer(HttpCall.get(url)).text()).isEqualTo("1");
            assertThat(answer(HttpCall.post(url, "text/plain", bytes("x"))).text()).isEqualTo("2");
        }
    }

    @Test
    void usesAConnectionAgain() {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        int port = serve(request -> {
            ports.add(request.remoteAddress().port());
            request.response().end("x");
        });
        answer(HttpCall.get("http://hooks.example:" + port + "/1"));
        answer(HttpCall.get("http://hooks.example:" + port + "/2"));
        answer(HttpCall.get("http://127.0.0.1:" + port + "/3"));
        assertThat(ports.get(1)).isEqualTo(ports.get(0));
        assertThat(ports.get(2)).isNotEqualTo(ports.get(0));
    }
}
