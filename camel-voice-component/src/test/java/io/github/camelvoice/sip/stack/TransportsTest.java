package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.testkit.TestPki;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two stacks, or a stack and a plain socket, over UDP, TCP and TLS. */
@Tag("peer")
class TransportsTest {

    @TempDir
    private static Path folder;
    private static TestPki pki;
    private static TestPki.Identity loopback;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void certificates() {
        pki = TestPki.create(folder);
        loopback = pki.identity("loopback", "IP:127.0.0.1");
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static SipConfig tls(TestPki.Identity identity) {
        return SipConfig.loopback().withTls(0, pki.context(identity), false, true);
    }

    private StackRig rig(SipConfig config) {
        return rig(config, WireTap.NONE, new Dns());
    }

    private StackRig rig(SipConfig config, WireTap tap, Dns dns) {
        StackRig rig = StackRig.start(config, tap, dns);
        open.add(rig);
        return rig;
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void aCallGoesThrough(String transport) {
        StackRig a = rig(tls(loopback));
        StackRig b = rig(tls(loopback));
        assertThat(a.send("OPTIONS", b.uri("127.0.0.1", transport)).next()).isEqualTo("200");
        Heard invite = a.send("INVITE", b.uri("127.0.0.1", transport));
        assertThat(invite.next()).isEqualTo("100");
        InboundRequest request = b.request();
        assertThat(request.transport()).isEqualTo(transport);
        request.respond(StackRig.response(request, 180));
        request.respond(StackRig.response(request, 200));
        assertThat(invite.next()).isEqualTo("180");
        assertThat(invite.next()).isEqualTo("200");
        assertThat(invite.last.getTopmostVia().getTransport()).isEqualToIgnoringCase(transport);
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        assertThat(a.send("BYE", b.uri("127.0.0.1", transport)).next()).isEqualTo("200");
        assertThat(b.host.connections()).isEqualTo(transport.equals("udp") ? 0 : 1);
    }

    @Test
    void bothSidesUseTheConnectionThatIsThere() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
            exchange(phone, Text.request("OPTIONS", "sip:bob@127.0.0.1", "TCP", "127.0.0.1:" + phone.getLocalPort()));
            Heard heard = a.send("OPTIONS", "sip:phone@127.0.0.1:" + phone.getLocalPort() + ";transport=tcp");
            String request = read(phone);
            assertThat(request).startsWith("OPTIONS sip:phone@");
            write(phone, request.replaceFirst("OPTIONS .*", "SIP/2.0 200 OK"));
            assertThat(heard.next()).isEqualTo("200");
            assertThat(a.host.connections()).isEqualTo(1);
        }
        Awaitility.await().until(() -> a.host.connections() == 0);
    }

    @Test
    void nobodyThereIsToldAtOnce() throws IOException {
        StackRig a = rig(tls(loopback));
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        for (String transport : List.of("tcp", "tls")) {
            assertThat(a.send("INVITE", "sip:bob@127.0.0.1:" + closed + ";transport=" + transport).next())
                    .startsWith("failed: cannot send to 127.0.0.1 port " + closed + " (" + transport + "): ").contains("refused");
        }
        Awaitility.await().until(() -> a.host.connections() == 0);
    }

    @Test
    void aStreamOfGarbageIsClosed() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        for (String garbage : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(20_000))) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
                write(socket, garbage);
                socket.setSoTimeout(10_000);
                assertThat(readToEnd(socket)).isZero();
            }
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
            write(socket, "\r\n\r\n");
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
            String bad = Text.request("INVITE", "sip:a@b", "TCP", "127.0.0.1:1").replace("Max-Forwards: 70", "Max-Forwards: x");
            assertThat(exchange(socket, bad)).startsWith("SIP/2.0 400 Bad Request\r\n");
            assertThat(exchange(socket, Text.request("OPTIONS", "sip:a@b", "TCP", "127.0.0.1:1"))).startsWith("SIP/2.0 200 ");
        }
    }

    private static long readToEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (java.net.SocketException reset) {
            return 0;
        }
    }

    @Test
    void theTapSeesTheBytesOfBothWays() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        WireTap tap = new WireTap() {
            @Override
            public void received(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
                note("in", transport, from, message, length);
            }

            @Override
            public void sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
                note("out", transport, to, message, length);
            }

            private void note(String way, String transport, InetSocketAddress peer, byte[] message, int length) {
                String text = new String(message, 0, length, StandardCharsets.UTF_8);
                seen.add(way + ' ' + transport + ' ' + peer.getPort() + ' ' + text.substring(0, 11));
            }
        };
        StackRig a = rig(tls(loopback), tap, new Dns());
        StackRig b = rig(tls(loopback));
        for (String transport : List.of("udp", "tcp", "tls")) {
            assertThat(a.send("OPTIONS", b.uri("127.0.0.1", transport)).next()).isEqualTo("200");
        }
        int tlsPort = b.host.bindings().tlsPort();
        assertThat(seen).containsExactly("out udp " + b.port() + " OPTIONS sip", "in udp " + b.port() + " SIP/2.0 200",
                "out tcp " + b.port() + " OPTIONS sip", "in tcp " + b.port() + " SIP/2.0 200",
                "out tls " + tlsPort + " OPTIONS sip", "in tls " + tlsPort + " SIP/2.0 200");
    }

    @Test
    void closingEndsThreadsAndFreesPorts() throws IOException {
        Set<Thread> before = sipThreads();
        StackRig a = StackRig.start(tls(loopback));
        StackRig b = StackRig.start(tls(loopback));
        for (String transport : List.of("udp", "tcp", "tls")) {
            assertThat(a.send("OPTIONS", b.uri("127.0.0.1", transport)).next()).isEqualTo("200");
        }
        a.close();
        b.close();
        a.close();
        Awaitility.await().atMost(5, TimeUnit.SECONDS).untilAsserted(() -> assertThat(sipThreads()).isEqualTo(before));
        StackRig again = StackRig.start(SipConfig.loopback().withPort(a.port()));
        again.close();
    }

    /** Ours and JAIN-SIP's. */
    private static Set<Thread> sipThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.isAlive() && (t.getName().startsWith("voice-sip")
                || t.getName().contains("EventScanner") || t.getName().contains("MessageProcessor") || t.getName().contains("Timer-")))
                .collect(Collectors.toSet());
    }

    private static String exchange(Socket socket, String request) throws IOException {
        write(socket, request);
        return read(socket);
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String read(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return text.toString();
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
