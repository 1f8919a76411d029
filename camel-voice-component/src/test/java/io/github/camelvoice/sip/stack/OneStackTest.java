package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.sip.SipConfig;
import io.github.camelvoice.sip.digest.DigestUsers;
import io.github.camelvoice.testkit.ManualTimers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Start, watchdog, authentication, and what a bad peer on a stream may cost. */
class OneStackTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private StackRig rig(SipConfig config) {
        return rig(config, WireTap.NONE, new Dns());
    }

    private StackRig rig(SipConfig config, WireTap tap, Dns dns) {
        StackRig rig = StackRig.start(config, tap, dns);
        open.add(rig);
        return rig;
    }

    @Test
    void callersAreAskedWhoTheyAre() {
        StackRig b = rig(SipConfig.loopback().withUsers(Map.of("alice", "wonder")).withDigestAlgorithms(List.of("SHA-256", "MD5")));
        try (UdpPeer peer = new UdpPeer(b.port())) {
            for (String method : List.of("INVITE", "BYE", "INFO", "UPDATE", "PRACK", "SUBSCRIBE", "NOTIFY", "PUBLISH", "REGISTER")) {
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
        assertThat(rig(SipConfig.loopback()).send("INVITE", trusting.uri("127.0.0.1", "udp")).next()).isEqualTo("100");
    }

    @Test
    void whoWatchesOrRegistersIsAskedThoughCallersAreNot() {
        SipConfig asks = SipConfig.loopback().withUsers(Map.of("alice", "wonder"));
        StackRig b = rig(new SipConfig("127.0.0.1", 0, -1, null, false, true, null, asks.users(), false, "voice", List.of(), 5000, true, null,
                1800, 90, "voice"));
        try (UdpPeer peer = new UdpPeer(b.port())) {
            for (String method : List.of("SUBSCRIBE", "PUBLISH", "REGISTER")) {
                peer.send(Text.request(method, "sip:bob@127.0.0.1", "UDP", peer.sentBy()));
                assertThat(peer.receive()).as(method).startsWith("SIP/2.0 401 ");
            }
            peer.send(Text.request("BYE", "sip:bob@127.0.0.1", "UDP", peer.sentBy()));
            assertThat(b.request().message().getMethod()).isEqualTo("BYE");
        }
    }

    @Test
    void aMethodIsOpenWhenSomebodyServesIt() {
        StackRig b = rig(SipConfig.loopback());
        try (UdpPeer peer = new UdpPeer(b.port())) {
            String subscribe = Text.request("SUBSCRIBE", "sip:bob@127.0.0.1", "UDP", peer.sentBy());
            peer.send(subscribe);
            assertThat(peer.receive()).startsWith("SIP/2.0 405 ").doesNotContain("SUBSCRIBE,").contains("Allow: ");
            b.repertoire = Repertoire.CALLS.with("SUBSCRIBE", Set.of("eventlist"));
            peer.send(subscribe);
            assertThat(b.request().message().getMethod()).isEqualTo("SUBSCRIBE");
            peer.send(Text.request("INVITE", "sip:bob@127.0.0.1", "UDP", peer.sentBy()).replace("Max-Forwards", "Require: eventlist\r\nMax-Forwards"));
            assertThat(peer.receive()).as("of another method").startsWith("SIP/2.0 420 ").contains("Unsupported: eventlist");
            peer.send(Text.request("OPTIONS", "sip:bob@127.0.0.1", "UDP", peer.sentBy()));
            assertThat(peer.receive()).startsWith("SIP/2.0 200 ").contains("SUBSCRIBE", "eventlist");
        }
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
        StackRig a = rig(new SipConfig("::1", 0, -1, null, false, true, null, DigestUsers.NONE, false, "voice", List.of(), 100, true, null, 0, 90, "voice"));
        StackRig b = rig(new SipConfig("::1", 0, -1, null, false, true, null, DigestUsers.NONE, false, "voice", List.of(), 100, true, null, 0, 90, "voice"));
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        for (String transport : List.of("udp", "tcp")) {
            assertThat(a.send("INFO", b.uri("[::1]", transport)).next()).isEqualTo("200");
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
            assertThat(a.send("OPTIONS", b.uri("127.0.0.1", "tcp")).next()).isEqualTo("200");
            // Which of them find no room is up to the kernel; a request that found some waits, as no timer runs here.
            await().until(() -> all.stream().anyMatch(heard -> !heard.isSilent()));
            assertThat(all.stream().filter(heard -> !heard.isSilent()).findFirst().orElseThrow().next()).endsWith("the far end does not read");
        }
    }

    @Test
    void thousandsOfBytesInOrderFromManySenders() {
        StackRig a = rig(SipConfig.loopback());
        StackRig b = rig(SipConfig.loopback());
        b.onRequest = r -> r.respond(StackRig.response(r, 200));
        List<Heard> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            SIPRequest info = StackRig.parse(Text.request("INFO", b.uri("127.0.0.1", "tcp"), "TCP", "x:1", "X-Number: " + i));
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
    void aConnectionThatBreaksEndsWhatWaitsOnIt() throws IOException {
        StackRig a = rig(SipConfig.loopback());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Heard heard = a.send("INVITE", "sip:bob@127.0.0.1:" + server.getLocalPort() + ";transport=tcp");
            try (Socket socket = server.accept()) {
                assertThat(read(socket)).startsWith("INVITE ");
            }
            assertThat(heard.next()).isEqualTo("failed: the far end closed the connection");
        }
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
