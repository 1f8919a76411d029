package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.testkit.ManualTimers;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
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
    private static TestPki.Identity named;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void certificates() {
        pki = TestPki.create(folder);
        loopback = pki.identity("loopback", "IP:127.0.0.1");
        named = pki.identity("named", "DNS:voice.example.com");
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

    private static Heard send(StackRig from, String method, String uri) {
        SIPRequest request = StackRig.parse(Text.request(method, uri, "UDP", "x:1"));
        request.removeHeader("Via");
        Heard heard = new Heard();
        from.host.send(request, heard, Runnable::run);
        return heard;
    }

    private static String uri(StackRig to, String host, String transport) {
        int port = transport.equals("tls") ? to.host.bindings().tlsPort() : to.port();
        return "sip:bob@" + host + ":" + port + ";transport=" + transport;
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void aCallGoesThrough(String transport) {
        StackRig a = rig(tls(loopback));
        StackRig b = rig(tls(loopback));
        assertThat(send(a, "OPTIONS", uri(b, "127.0.0.1", transport)).next()).isEqualTo("200");
        Heard invite = send(a, "INVITE", uri(b, "127.0.0.1", transport));
        assertThat(invite.next()).isEqualTo("100");
        InboundRequest request = b.request();
        assertThat(request.transport()).isEqualTo(transport);
        request.respond(StackRig.response(request, 180));
        request.respond(StackRig.response(request, 200));
        assertThat(invite.next()).isEqualTo("180");
        assertThat(invite.next()).isEqualTo("200");
        assertThat(invite.last.getTopmostVia().getTransport()).isEqualToIgnoringCase(transport);
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        assertThat(send(a, "BYE", uri(b, "127.0.0.1", transport)).next()).isEqualTo("200");
        assertThat(b.host.connections()).isEqualTo(transport.equals("udp") ? 0 : 1);
    }

    @Test
    void bothSidesUseTheConnectionThatIsThere() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
            exchange(phone, Text.request("OPTIONS", "sip:bob@127.0.0.1", "TCP", "127.0.0.1:" + phone.getLocalPort()));
            Heard heard = send(a, "OPTIONS", "sip:phone@127.0.0.1:" + phone.getLocalPort() + ";transport=tcp");
            String request = read(phone);
            assertThat(request).startsWith("OPTIONS sip:phone@");
            write(phone, request.replaceFirst("OPTIONS .*", "SIP/2.0 200 OK"));
            assertThat(heard.next()).isEqualTo("200");
            assertThat(a.host.connections()).isEqualTo(1);
        }
        Awaitility.await().until(() -> a.host.connections() == 0);
    }

    @Test
    void thousandsOfBytesInOrderFromManySenders() {
        StackRig a = rig(SipConfig.loopback());
        StackRig b = rig(SipConfig.loopback());
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            SIPRequest info = StackRig.parse(Text.request("INFO", uri(b, "127.0.0.1", "tcp"), "TCP", "x:1", "X-Number: " + i));
            info.removeHeader("Via");
            info.setMessageContent("x".repeat(2000).getBytes(StandardCharsets.US_ASCII));
            Heard heard = new Heard();
            all.add(heard);
            a.host.send(info, heard, Runnable::run);
        }
        for (int i = 0; i < 300; i++) {
            assertThat(all.get(i).next()).isEqualTo("200");
            assertThat(b.request().message().getHeader("X-Number").toString().trim()).isEqualTo("X-Number: " + i);
        }
    }

    @Test
    void nobodyThereIsToldAtOnce() throws IOException {
        StackRig a = rig(tls(loopback));
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        for (String transport : List.of("tcp", "tls")) {
            assertThat(send(a, "INVITE", "sip:bob@127.0.0.1:" + closed + ";transport=" + transport).next())
                    .startsWith("failed: cannot send to 127.0.0.1 port " + closed + " (" + transport + "): ").contains("refused");
        }
        Awaitility.await().until(() -> a.host.connections() == 0);
    }

    @Test
    void aConnectionThatBreaksEndsWhatWaitsOnIt() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Heard heard = send(a, "INVITE", "sip:bob@127.0.0.1:" + server.getLocalPort() + ";transport=tcp");
            try (Socket socket = server.accept()) {
                assertThat(read(socket)).startsWith("INVITE ");
            }
            assertThat(heard.next()).isEqualTo("failed: the far end closed the connection");
        }
    }

    @Test
    void aPeerThatDoesNotReadCostsNobodyElse() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        StackRig b = rig(SipConfig.loopback());
        try (ServerSocket deaf = new ServerSocket()) {
            deaf.setReceiveBufferSize(1024);
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            List<Heard> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                SIPRequest info = StackRig.parse(Text.request("INFO", "sip:x@127.0.0.1:" + deaf.getLocalPort() + ";transport=tcp", "TCP", "x:1"));
                info.removeHeader("Via");
                info.setMessageContent(new byte[50_000]);
                Heard heard = new Heard();
                all.add(heard);
                a.host.send(info, heard, Runnable::run);
            }
            assertThat(send(a, "OPTIONS", uri(b, "127.0.0.1", "tcp")).next()).isEqualTo("200");
            assertThat(all.get(199).next()).endsWith("the far end does not read");
        }
    }

    private static Dns at(String host) {
        return new Dns() {
            @Override
            List<String> records(String name, String type) {
                return List.of();
            }

            @Override
            InetAddress address(String name) {
                assertThat(name).isEqualTo(host);
                return InetAddress.getLoopbackAddress();
            }
        };
    }

    @Test
    void theCertificateMustCarryTheNameThatWasCalled() {
        StackRig b = rig(tls(named));
        StackRig right = rig(tls(loopback), WireTap.NONE, at("voice.example.com"));
        assertThat(send(right, "OPTIONS", uri(b, "voice.example.com", "tls")).next()).isEqualTo("200");
        StackRig wrong = rig(tls(loopback), WireTap.NONE, at("other.example.com"));
        assertThat(send(wrong, "OPTIONS", uri(b, "other.example.com", "tls")).next()).startsWith("failed: ").contains("other.example.com");
        assertThat(send(right, "OPTIONS", uri(b, "127.0.0.1", "tls")).next()).as("the address is not in it").startsWith("failed: ");
        assertThat(b.requests).isEmpty();
    }

    @Test
    void aStrangersCertificateIsRefusedUnlessSomebodyWantsItSo(@TempDir Path elsewhere) {
        TestPki strangers = TestPki.create(elsewhere);
        StackRig b = rig(SipConfig.loopback().withTls(0, strangers.context(strangers.identity("x", "IP:127.0.0.1")), false, true));
        assertThat(send(rig(tls(loopback)), "OPTIONS", uri(b, "127.0.0.1", "tls")).next()).startsWith("failed: ").contains("tls");
        StackRig careless = rig(SipConfig.loopback().withTls(0, pki.context(loopback), false, false));
        assertThat(send(careless, "OPTIONS", uri(b, "127.0.0.1", "tls")).next()).isEqualTo("200");
    }

    @Test
    void callersCanBeMadeToShowACertificate() {
        StackRig strict = rig(SipConfig.loopback().withTls(0, pki.context(loopback), true, true));
        assertThat(send(rig(tls(loopback)), "OPTIONS", uri(strict, "127.0.0.1", "tls")).next()).isEqualTo("200");
        StackRig anonymous = rig(SipConfig.loopback().withTls(-1, pki.context(null), false, true));
        assertThat(send(anonymous, "OPTIONS", uri(strict, "127.0.0.1", "tls")).next()).startsWith("failed: ");
    }

    @Test
    void oldTlsIsRefused() throws Exception {
        StackRig b = rig(tls(loopback));
        try (SSLSocket socket = (SSLSocket) pki.context(loopback).getSocketFactory().createSocket("127.0.0.1", b.host.bindings().tlsPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
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
            assertThat(send(a, "OPTIONS", uri(b, "127.0.0.1", transport)).next()).isEqualTo("200");
        }
        int tlsPort = b.host.bindings().tlsPort();
        assertThat(seen).containsExactly("out udp " + b.port() + " OPTIONS sip", "in udp " + b.port() + " SIP/2.0 200",
                "out tcp " + b.port() + " OPTIONS sip", "in tcp " + b.port() + " SIP/2.0 200",
                "out tls " + tlsPort + " OPTIONS sip", "in tls " + tlsPort + " SIP/2.0 200");
    }

    @Test
    void callersAreAskedWhoTheyAre() {
        StackRig b = rig(SipConfig.loopback().withUsers(Map.of("alice", "wonder")).withDigestAlgorithms(List.of("SHA-256", "MD5")));
        try (UdpPeer peer = new UdpPeer(b.port())) {
            for (String method : List.of("INVITE", "BYE", "INFO", "UPDATE", "PRACK")) {
                peer.send(Text.request(method, "sip:bob@127.0.0.1", "UDP", peer.sentBy()));
                assertThat(peer.receive()).as(method).startsWith("SIP/2.0 401 ").contains("algorithm=SHA-256", "algorithm=MD5");
            }
            assertThat(b.host.transactions()).as("no state before authentication").isZero();
            b.inDialog = true;
            peer.send(Text.request("BYE", "sip:bob@127.0.0.1", "UDP", peer.sentBy()).replace("To: <sip:bob@127.0.0.1>",
                    "To: <sip:bob@127.0.0.1>;tag=x"));
            assertThat(b.request().message().getMethod()).isEqualTo("BYE");
            peer.ping();
        }
        StackRig trusting = rig(SipConfig.loopback().withUsers(Map.of("alice", "wonder")).withTrustedSources(List.of("127.0.0.0/8")));
        assertThat(send(rig(SipConfig.loopback()), "INVITE", uri(trusting, "127.0.0.1", "udp")).next()).isEqualTo("100");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        SipStackHost second = new SipStackHost(SipConfig.loopback().withPort(a.port()), EngineClock.SYSTEM, new ManualTimers());
        assertThatThrownBy(() -> second.start(a)).isInstanceOf(SipStartException.class)
                .hasMessage("SIP port " + a.port() + " (udp) on 127.0.0.1 is in use");
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SipStackHost third = new SipStackHost(SipConfig.loopback().withPort(tcp.getLocalPort()), EngineClock.SYSTEM, new ManualTimers());
            assertThatThrownBy(() -> third.start(a)).isInstanceOf(SipStartException.class)
                    .hasMessage("SIP port " + tcp.getLocalPort() + " (tcp) on 127.0.0.1 is in use");
        }
    }

    @Test
    void closingEndsThreadsAndFreesPorts() throws IOException {
        Set<Thread> before = sipThreads();
        StackRig a = StackRig.start(tls(loopback));
        StackRig b = StackRig.start(tls(loopback));
        for (String transport : List.of("udp", "tcp", "tls")) {
            assertThat(send(a, "OPTIONS", uri(b, "127.0.0.1", transport)).next()).isEqualTo("200");
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

    @Test
    void theWatchdogOpensASilentPortAnew() {
        StackRig a = rig(SipConfig.loopback());
        try (UdpPeer peer = new UdpPeer(a.port())) {
            a.host.watchdog().look();
            assertThat(a.host.reopened()).isZero();
            a.host.udp().stop();
            for (int i = 0; i < Watchdog.MISSES; i++) {
                a.host.watchdog().look();
            }
            a.host.settle();
            assertThat(a.host.reopened()).isEqualTo(1);
            assertThat(peer.ping()).startsWith("SIP/2.0 200");
        }
    }

    @Test
    void ipv6Works() {
        StackRig a = rig(new SipConfig("::1", 0, -1, null, false, true, null, Map.of(), false, "voice", List.of(), 100, null, 0, 90, "voice"));
        StackRig b = rig(new SipConfig("::1", 0, -1, null, false, true, null, Map.of(), false, "voice", List.of(), 100, null, 0, 90, "voice"));
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        for (String transport : List.of("udp", "tcp")) {
            assertThat(send(a, "INFO", uri(b, "[::1]", transport)).next()).isEqualTo("200");
        }
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
