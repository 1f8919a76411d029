package io.github.camelvoice.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of WebSockets that refuse and then talk without end, or ping without end, and one that does neither. */
@Timeout(30)
class PeerLimitsTest {

    private static final long MOST = 64L << 20;
    private final Outbound outbound = new Outbound("127.0.0.1");
    private final AtomicLong written = new AtomicLong();

    @AfterEach
    void close() {
        outbound.close();
    }

    private CompletableFuture<WebSocket> connect(int port) {
        WebSocketClient client = outbound.vertx().createWebSocketClient();
        return client.connect(new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/").setTimeout(10_000))
                .toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS);
    }

    private ServerSocket refusing(String head, boolean endless) throws IOException {
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> {
            try (Socket socket = door.accept(); OutputStream out = socket.getOutputStream()) {
                socket.getInputStream().read(new byte[4096]);
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                byte[] filler = new byte[16_384];
                while (endless && written.addAndGet(filler.length) < MOST) {
                    out.write(filler);
                }
            } catch (IOException closed) {
                // that is what is waited for
            }
        }, "refusing");
        thread.setDaemon(true);
        thread.start();
        return door;
    }

    @Test
    void readsNoEndlessBodyOfARefusal() throws Exception {
        try (ServerSocket door = refusing("HTTP/1.1 403 Forbidden\r\nContent-Length: 1000000000\r\n\r\n", true)) {
            assertThatThrownBy(() -> connect(door.getLocalPort()).join()).hasMessageContaining("Connection closed");
            assertThat(written.get()).isLessThan(MOST);
        }
    }

    @Test
    void readsTheBodyOfAnOrdinaryRefusal() throws Exception {
        try (ServerSocket door = refusing("HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nno!!!", false)) {
            assertThatThrownBy(() -> connect(door.getLocalPort()).join()).hasCauseInstanceOf(UpgradeRejectedException.class);
        }
    }

    /** Takes the upgrade, then pings as fast as it can and reads nothing. */
    private ServerSocket pinging() throws IOException {
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> {
            try (Socket socket = door.accept(); OutputStream out = socket.getOutputStream()) {
                byte[] head = new byte[4096];
                String request = new String(head, 0, socket.getInputStream().read(head), StandardCharsets.US_ASCII);
                String key = request.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")).findFirst().orElseThrow()
                        .substring(18).strip();
                String accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                        .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII)));
                out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                byte[] pings = new byte[127 * 128];
                for (int i = 0; i < pings.length; i += 127) {
                    pings[i] = (byte) 0x89;
                    pings[i + 1] = 125;
                }
                while (written.addAndGet(pings.length) < MOST) {
                    out.write(pings);
                }
            } catch (IOException | GeneralSecurityException closed) {
                // that is what is waited for
            }
        }, "pinging");
        thread.setDaemon(true);
        thread.start();
        return door;
    }

    @Test
    void answersNoPingsWithoutEnd() throws Exception {
        try (ServerSocket door = pinging()) {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            connect(door.getLocalPort()).thenAccept(socket -> socket.closeHandler(closed::complete));
            closed.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(written.get()).isLessThan(MOST);
        }
    }

    @Test
    void leavesAnOpenWebSocketAlone() {
        Vertx servers = Vertx.vertx();
        try {
            int port = servers.createHttpServer().webSocketHandler(socket -> socket.binaryMessageHandler(socket::writeBinaryMessage)).listen(0, "127.0.0.1")
                    .toCompletionStage().toCompletableFuture().join().actualPort();
            WebSocket socket = connect(port).join();
            AtomicInteger back = new AtomicInteger();
            socket.binaryMessageHandler(data -> back.addAndGet(data.length()));
            for (int i = 0; i < 40; i++) {
                socket.writeBinaryMessage(Buffer.buffer(new byte[20_000]));
            }
            await().untilAsserted(() -> assertThat(back).hasValue(800_000));
            assertThat(socket.isClosed()).isFalse();
        } finally {
            servers.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
