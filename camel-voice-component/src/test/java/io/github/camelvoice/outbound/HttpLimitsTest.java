package io.github.camelvoice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.outbound.HttpFailure.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the HTTP client bounds, and servers that do not speak HTTP as they should. */
@Timeout(30)
class HttpLimitsTest {

    private final Vertx servers = Vertx.vertx();
    private final Outbound outbound = new Outbound("127.0.0.1,127.0.0.2");
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        outbound.close();
        servers.close().toCompletionStage().toCompletableFuture().join();
    }

    private int holding(String host) {
        return servers.createHttpServer().requestHandler(held::add).listen(0, host).toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private static HttpFailure failure(CompletableFuture<HttpAnswer> call) {
        try {
            throw new AssertionError("answered: " + call.orTimeout(20, TimeUnit.SECONDS).join());
        } catch (CompletionException failed) {
            return (HttpFailure) failed.getCause();
        }
    }

    @Test
    void soManyAtOnceAndSoManyInLine() {
        HttpCaller http = new HttpCaller(outbound.vertx(), outbound.policy(), new HttpCaller.Limits(2, 3, 4));
        int one = holding("127.0.0.1");
        int two = holding("127.0.0.2");
        List<CompletableFuture<HttpAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(http.call(HttpCall.get("http://127.0.0.1:" + one + "/" + i)).toCompletableFuture());
        }
        await().until(() -> held.size() == 2);
        CompletableFuture<HttpAnswer> elsewhere = http.call(HttpCall.get("http://127.0.0.2:" + two + "/e")).toCompletableFuture();
        await().until(() -> held.size() == 3);
        CompletableFuture<HttpAnswer> waits = http.call(HttpCall.get("http://127.0.0.2:" + two + "/w")).toCompletableFuture();
        HttpFailure busy = failure(http.call(HttpCall.get("http://127.0.0.1:" + one + "/x")).toCompletableFuture());
        assertThat(busy.kind()).isEqualTo(Kind.BUSY);
        assertThat(busy.isRetryable()).isTrue();
        while (!waits.isDone() || !calls.stream().allMatch(CompletableFuture::isDone) || !elsewhere.isDone()) {
            HttpServerRequest next = held.poll();
            if (next != null) {
                next.response().end("x");
            } else {
                await().pollInterval(Duration.ofMillis(5)).until(() -> !held.isEmpty() || waits.isDone() && elsewhere.isDone()
                        && calls.stream().allMatch(CompletableFuture::isDone));
            }
        }
        assertThat(calls).allMatch(call -> call.join().status() == 200);
        http.close();
    }

    @Test
    void whoGivesUpInLineLeavesIt() {
        HttpCaller http = new HttpCaller(outbound.vertx(), outbound.policy(), new HttpCaller.Limits(1, 1, 1));
        int port = holding("127.0.0.1");
        String url = "http://127.0.0.1:" + port;
        CompletableFuture<HttpAnswer> first = http.call(HttpCall.get(url + "/1#rt=15000")).toCompletableFuture();
        await().until(() -> held.size() == 1);
        assertThat(failure(http.call(HttpCall.get(url + "/2#tt=100")).toCompletableFuture()).kind()).isEqualTo(Kind.TOTAL_TIMEOUT);
        CompletableFuture<HttpAnswer> third = http.call(HttpCall.get(url + "/3")).toCompletableFuture();
        held.remove().response().end("1");
        assertThat(first.join().text()).isEqualTo("1");
        await().until(() -> held.size() == 1);
        assertThat(held.peek().path()).isEqualTo("/3");
        held.remove().response().end("3");
        assertThat(third.join().text()).isEqualTo("3");
        http.close();
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        int port = holding("127.0.0.1");
        CompletableFuture<HttpAnswer> call = outbound.http().call(HttpCall.get("http://127.0.0.1:" + port + "/#rt=15000")).toCompletableFuture();
        await().until(() -> held.size() == 1);
        outbound.close();
        assertThat(failure(call).kind()).isIn(Kind.PROTOCOL, Kind.BUSY);
        assertThatThrownBy(outbound::http).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::isAlive).extracting(Thread::getName).noneMatch(name -> name.startsWith("voice-lookup"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabc",
        "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "\u0000\u0001\u0002\u0003\r\n\r\n"})
    void saysThatItIsNoHttp(String says) throws Exception {
        try (Raw server = new Raw(says)) {
            HttpFailure failure = failure(outbound.http().call(HttpCall.get(server.url()).withTimes(new HttpCall.Times(Duration.ofSeconds(1),
                    Duration.ofMillis(500), Duration.ofSeconds(2)))).toCompletableFuture());
            assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
            assertThat(failure.getMessage()).contains("127.0.0.1:");
        }
    }

    @Test
    void headersWithoutEndAreTooMany() throws Exception {
        try (Raw server = new Raw("HTTP/1.1 200 OK\r\n" + "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(2_000))) {
            assertThat(failure(outbound.http().call(HttpCall.get(server.url())).toCompletableFuture()).kind()).isEqualTo(Kind.PROTOCOL);
        }
    }

    @Test
    void oneHundredContinueAfterTheOtherIsNoSignOfLife() throws Exception {
        try (Raw server = new Raw("HTTP/1.1 102 Processing\r\n\r\n".repeat(50))) {
            HttpFailure failure = failure(outbound.http().call(HttpCall.get(server.url() + "#rt=300")).toCompletableFuture());
            assertThat(failure.kind()).isIn(Kind.READ_TIMEOUT, Kind.PROTOCOL);
        }
    }

    @Test
    void callersCannotSetHeadersOfTheConnection() {
        HttpCall call = HttpCall.get("http://127.0.0.1/");
        for (String[] header : new String[][] {{"Host", "x"}, {"content-length", "1"}, {"Transfer-Encoding", "chunked"}, {"Connection", "close"},
            {"Proxy-Authorization", "x"}, {"Sec-WebSocket-Key", "x"}, {"Expect", "100-continue"}, {"X:Y", "x"}, {"X Y", "x"}, {"X\r\nY", "x"}, {"", "x"},
            {"X", "a\r\nInjected: b"}, {"X", "a\nb"}, {"X", "a\u0000b"}, {"X", "\u00e9"}, {"X", "a\rb"}, {"X", "a".repeat(8_193)}}) {
            assertThatThrownBy(() -> call.withHeader(header[0], header[1])).as(header[0]).isInstanceOf(IllegalArgumentException.class)
                    .message().doesNotContain("Injected").doesNotContain("\n");
        }
        assertThat(call.withHeader("x-a", "1").withHeader("X-A", "2").headers()).containsExactly(java.util.Map.entry("X-A", "2"));
    }

    /** Says the same to every connection as soon as something comes, and closes its side. */
    private static final class Raw implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));

        Raw(String says) throws IOException {
            Thread thread = new Thread(() -> serve(says.getBytes(StandardCharsets.ISO_8859_1)), "raw");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(byte[] says) {
            while (!door.isClosed()) {
                try (Socket socket = door.accept()) {
                    socket.getInputStream().read(new byte[1024]);
                    socket.getOutputStream().write(says);
                    socket.shutdownOutput();
                    socket.setSoTimeout(2_000);
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    // the next one
                }
            }
        }

        String url() {
            return "http://127.0.0.1:" + door.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
