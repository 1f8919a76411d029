package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.testkit.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers on TCP and TLS that stop in the middle: they cost their own connection, and nobody waits for them. */
@Tag("peer")
class StuckPeersTest {

    @TempDir
    private static Path folder;
    private static SSLContext context;

    private final ExecutorService io = Executors.newCachedThreadPool();
    private final BlockingQueue<WireChannel> channels = new LinkedBlockingQueue<>();
    private final List<StreamTransport> open = new ArrayList<>();
    private int port;

    @BeforeAll
    static void certificates() {
        TestPki pki = TestPki.create(folder);
        context = pki.context(pki.identity("loopback", "IP:127.0.0.1"));
    }

    @AfterEach
    void close() {
        open.forEach(StreamTransport::stop);
        io.shutdownNow();
    }

    private StreamTransport transport(TlsSettings tls, ServerSocket bound) {
        Ingress ingress = new Ingress() {
            @Override
            public void received(byte[] bytes, InetSocketAddress source, WireChannel reply) {
                channels.add(reply);
            }

            @Override
            public void refused(InetSocketAddress source, String transport, String why) {
                // the connection is closed, which the tests see
            }
        };
        port = bound.getLocalPort();
        StreamTransport transport = new StreamTransport(tls, (InetSocketAddress) bound.getLocalSocketAddress(), bound, io, ingress,
                WireTap.NONE, new Flood(EngineClock.SYSTEM));
        transport.start();
        open.add(transport);
        return transport;
    }

    private StreamTransport transport(TlsSettings tls) throws IOException {
        return transport(tls, StreamTransport.bind(InetAddress.getLoopbackAddress(), 0));
    }

    private static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void closingATlsConnectionWhosePeerDoesNotReadWaitsForNobody() throws Exception {
        StreamTransport transport = transport(new TlsSettings(context, false, true));
        try (Socket phone = context.getSocketFactory().createSocket()) {
            phone.setReceiveBufferSize(4096);
            phone.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            phone.getOutputStream().write(ascii("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n"));
            WireChannel channel = channels.take();
            await().until(() -> isFull(channel));
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> transport.closeStuck(in(11)));
            await().untilAsserted(() -> assertThat(transport.connections()).isZero());
        }
    }

    /** Whether what waits for the peer stays there. */
    private static boolean isFull(WireChannel channel) {
        try {
            while (true) {
                channel.write(new byte[64 * 1024]);
            }
        } catch (IOException full) {
            return LastWrite.blocked();
        }
    }

    /** Whether a thread is stuck in a write of TLS. */
    private static final class LastWrite {
        static boolean blocked() {
            return Thread.getAllStackTraces().values().stream().anyMatch(stack -> contains(stack, "sun.security.ssl.SSLSocketOutputRecord")
                    && contains(stack, StreamConnection.class.getName()) && stack.length > 0 && !stack[0].getClassName().startsWith("sun.security"));
        }

        private static boolean contains(StackTraceElement[] stack, String type) {
            for (StackTraceElement each : stack) {
                if (each.getClassName().equals(type)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void aHandshakeThatDoesNotComeToAnEndIsCut() throws IOException {
        StreamTransport transport = transport(new TlsSettings(context, false, true));
        try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
            phone.getOutputStream().write(0x16);
            await().until(() -> {
                boolean was = transport.connections() == 1;
                transport.closeStuck(in(11));
                return was;
            });
            await().until(() -> {
                transport.closeStuck(in(11));
                return transport.connections() == 0;
            });
            assertThat(phone.isConnected()).isTrue();
        }
    }

    @Test
    void aMessageThatTricklesInIsCutAndAConnectionThatWaitsIsNot() throws Exception {
        StreamTransport transport = transport(null);
        try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
            phone.getOutputStream().write(ascii("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n"));
            channels.take();
            transport.closeStuck(in(31));
            assertThat(transport.connections()).isEqualTo(1);
            phone.getOutputStream().write(ascii("OPTIONS sip:a@b SIP/2.0\r\nX-Slow: "));
            await().until(() -> {
                transport.closeStuck(in(31));
                return transport.connections() == 0;
            });
        }
    }

    @Test
    void anAcceptThatFailsIsTriedAgainAfterABreak() throws IOException {
        AtomicInteger left = new AtomicInteger(2);
        ServerSocket shortOfFiles = new ServerSocket(0, 10, InetAddress.getLoopbackAddress()) {
            @Override
            public Socket accept() throws IOException {
                if (left.getAndDecrement() > 0) {
                    throw new SocketException("Too many open files");
                }
                return super.accept();
            }
        };
        long began = System.nanoTime();
        StreamTransport transport = transport(null, shortOfFiles);
        try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
            await().until(() -> transport.connections() == 1);
            assertThat(System.nanoTime() - began).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(199));
            assertThat(phone.isClosed()).isFalse();
        }
    }
}
