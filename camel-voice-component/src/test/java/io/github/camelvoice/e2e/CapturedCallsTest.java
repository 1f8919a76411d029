package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static io.github.camelvoice.e2e.EngineRig.RING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two engines say to each other is in both archives, message for message. */
class CapturedCallsTest {

    private static final List<String> ANSWERED = List.of("INVITE", "100", "180", "200", "ACK", "BYE", "200");

    @TempDir
    static Path folder;

    /** Without what was sent again because this machine was slow. */
    private static SipInfo info(EngineRig rig, String sipCallId, int messages) {
        return info(rig, sipCallId, messages, CapturedCallsTest::once);
    }

    private static SipInfo info(EngineRig rig, String sipCallId, int messages, UnaryOperator<SipInfo> shown) {
        return Awaitility.await(messages + " messages").atMost(EngineRig.PATIENCE)
                .until(() -> read(rig, sipCallId).map(shown), found -> found.isPresent() && found.get().messages().size() >= messages).orElseThrow();
    }

    private static SipInfo once(SipInfo info) {
        List<SipMessage> first = new ArrayList<>();
        for (SipMessage message : info.messages()) {
            if (first.stream().noneMatch(each -> each.sent() == message.sent() && Arrays.equals(each.data(), message.data()))) {
                first.add(message);
            }
        }
        return new SipInfo(info.call(), first, info.dropped());
    }

    private static Optional<SipInfo> read(EngineRig rig, String sipCallId) throws StoreException {
        return rig.engine.archive().read("default", sipCallId);
    }

    private static List<String> words(SipInfo info) {
        return info.messages().stream().map(CapturedCallsTest::word).toList();
    }

    private static String word(SipMessage message) {
        String[] words = new String(message.data(), StandardCharsets.UTF_8).split(" ", 3);
        return words[0].startsWith("SIP/") ? words[1] : words[0];
    }

    /** The same messages with the same addresses, sent here and received there, in the order of their times. */
    private static void mustMirror(SipInfo caller, SipInfo callee, String transport) {
        assertThat(words(callee)).isEqualTo(words(caller));
        for (int i = 0; i < caller.messages().size(); i++) {
            SipMessage here = caller.messages().get(i);
            SipMessage there = callee.messages().get(i);
            assertThat(there.data()).isEqualTo(here.data());
            assertThat(there).extracting(SipMessage::transport, SipMessage::sent, SipMessage::source, SipMessage::destination)
                    .containsExactly(here.transport(), !here.sent(), here.source(), here.destination());
            assertThat(here.transport()).isEqualTo(transport);
            assertThat(here.source().getAddress().isAnyLocalAddress() || here.destination().getAddress().isAnyLocalAddress()).isFalse();
        }
        for (SipInfo info : List.of(caller, callee)) {
            assertThat(info.messages()).extracting(SipMessage::time).isSorted();
            assertThat(info.dropped()).isZero();
            assertThat(info.call().isOver()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void everyMessageIsOnBothSides(String transport) {
        answeredCall(transport, config -> config);
    }

    @Test
    @Tag("peer")
    void everyMessageIsOnBothSidesInPlainTextOverTls() {
        TestPki pki = TestPki.create(folder);
        answeredCall("tls", config -> config.tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
    }

    private static void answeredCall(String transport, UnaryOperator<io.github.camelvoice.engine.EngineConfigBuilder> settings) {
        try (EngineRig left = EngineRig.start(settings); EngineRig right = EngineRig.start(settings)) {
            right.on("bob", RING, ANSWER);
            int port = transport.equals("tls") ? right.tlsPort() : right.port();
            Call call = left.place("sip:bob@127.0.0.1:" + port + ";transport=" + transport);
            EngineRig.answered(call);
            EngineRig.run(call, HANG_UP);
            SipInfo caller = info(left, call.snapshot().sipCallId(), 7);
            SipInfo callee = info(right, call.snapshot().sipCallId(), 7);
            assertThat(words(caller)).isEqualTo(ANSWERED);
            mustMirror(caller, callee, transport);
            assertThat(caller.call().callId()).isEqualTo(call.id());
            assertThat(caller.messages().get(0).destination()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
            assertThat(callee.call().callId()).isEqualTo(right.inbound().id());
            assertThat(callee.call().cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        }
    }

    @Test
    void challengedAttemptsAreThere() {
        try (EngineRig guarded = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("alice", "right")));
                EngineRig other = EngineRig.start(config -> config)) {
            guarded.on("door", RING, ANSWER);
            Call call = other.place(new OutboundLeg("sip:door@127.0.0.1:" + guarded.port(), null, null, "alice", "right", null, 0,
                    SipHeaders.none()), Duration.ofSeconds(10));
            EngineRig.answered(call);
            EngineRig.run(call, HANG_UP);
            SipInfo caller = info(other, call.snapshot().sipCallId(), 10);
            assertThat(words(caller)).containsExactly("INVITE", "401", "ACK", "INVITE", "100", "180", "200", "ACK", "BYE", "200");
            mustMirror(caller, info(guarded, call.snapshot().sipCallId(), 10), "udp");
        }
    }

    @Test
    void refusedAndCancelledCallsAreThere() {
        try (EngineRig left = EngineRig.start(config -> config); EngineRig right = EngineRig.start(config -> config)) {
            right.on("bob", RING);
            Call nobody = left.place("sip:nobody@127.0.0.1:" + right.port());
            assertThat(EngineRig.end(nobody).sipCode()).isEqualTo(404);
            SipInfo refused = info(right, nobody.snapshot().sipCallId(), 4);
            assertThat(words(refused)).containsExactly("INVITE", "100", "404", "ACK");
            assertThat(refused.call().cause().kind()).isEqualTo(EndCause.Kind.NOT_FOUND);
            mustMirror(info(left, nobody.snapshot().sipCallId(), 4), refused, "udp");
            Call cancelled = left.place("sip:bob@127.0.0.1:" + right.port());
            EngineRig.reached(cancelled, Milestone.RINGING);
            EngineRig.run(cancelled, HANG_UP);
            SipInfo caller = info(left, cancelled.snapshot().sipCallId(), 7);
            assertThat(words(caller)).containsExactly("INVITE", "100", "180", "CANCEL", "200", "487", "ACK");
            mustMirror(caller, info(right, cancelled.snapshot().sipCallId(), 7), "udp");
        }
    }

    @Test
    void anEngineThatCallsItselfHasOneTraceForBothCalls() {
        try (EngineRig rig = EngineRig.start(config -> config)) {
            rig.on("bob", RING, ANSWER);
            Call call = rig.place("sip:bob@127.0.0.1:" + rig.port());
            EngineRig.answered(call);
            EngineRig.run(call, HANG_UP);
            SipInfo one = info(rig, call.id(), 14);
            SipInfo other = info(rig, rig.inbound().id(), 14);
            assertThat(words(one)).isEqualTo(words(other)).hasSize(14);
            assertThat(one.messages().stream().filter(SipMessage::sent).map(CapturedCallsTest::word)).isEqualTo(ANSWERED);
            assertThat(one.messages().stream().filter(message -> !message.sent()).map(CapturedCallsTest::word)).isEqualTo(ANSWERED);
        }
    }

    /** A peer by hand, to an engine on all addresses. */
    @Test
    void retransmissionsGarbageAndTrueAddresses() throws IOException {
        try (EngineRig rig = EngineRig.start(config -> config.sipHost("0.0.0.0").externalAddress("127.0.0.1"));
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress here = new InetSocketAddress("127.0.0.1", peer.getLocalPort());
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", rig.port());
            String id = UUID.randomUUID().toString();
            String invite = request("INVITE", id, here, "", "Content-Length: 0");
            List<String> heard = new ArrayList<>(talk(peer, there, invite, 2));
            heard.addAll(talk(peer, there, invite, 1));
            String tag = heard.get(1).replaceAll("(?s).*\r\nTo: [^\r]*(;tag=[^;\r]+).*", "$1");
            talk(peer, there, request("ACK", id, here, tag, "Content-Length: 0"), 0);
            SipInfo refused = info(rig, id, 6, all -> all);
            assertThat(words(refused)).containsExactly("INVITE", "100", "404", "INVITE", "404", "ACK");
            assertThat(refused.messages()).allSatisfy(message -> {
                assertThat(message.source()).isEqualTo(message.sent() ? there : here);
                assertThat(message.destination()).isEqualTo(message.sent() ? here : there);
            });
            assertThat(refused.messages().stream().filter(SipMessage::sent).map(message -> new String(message.data(), StandardCharsets.UTF_8)))
                    .isEqualTo(heard);
            String bad = UUID.randomUUID().toString();
            assertThat(talk(peer, there, request("INVITE", bad, here, "", "Content-Length: many"), 1))
                    .allMatch(reply -> reply.startsWith("SIP/2.0 400 "));
            talk(peer, there, request("ACK", bad, here, ";tag=x", "Content-Length: 0"), 0);
            assertThat(words(info(rig, bad, 3))).containsExactly("INVITE", "400", "ACK");
            assertThat(talk(peer, there, request("INVITE", "a\u0001b", here, "", "Content-Length: 0"), 1))
                    .allMatch(reply -> reply.startsWith("SIP/2.0 400 "));
            String options = UUID.randomUUID().toString();
            talk(peer, there, request("OPTIONS", options, here, "", "Content-Length: 0"), 1);
            assertThat(rig.engine.captureFigures().ignored()).isGreaterThanOrEqualTo(4);
            assertThat(rig.engine.figures().openTraces()).isEqualTo(2);
        }
    }

    @Test
    void whatIsTooLongOrHasNoEndIsCounted() throws IOException {
        try (EngineRig rig = EngineRig.start(config -> config); DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Socket stream = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            InetSocketAddress there = new InetSocketAddress("127.0.0.1", rig.port());
            String invite = request("INVITE", "long@x", new InetSocketAddress("127.0.0.1", peer.getLocalPort()), "", "Content-Length: 0");
            talk(peer, there, invite.replace("Content-Length", "Subject: " + "x".repeat(17_000) + "\r\nContent-Length"), 0);
            stream.getOutputStream().write(invite.replace("long@x", "endless@x").replace("Content-Length: 0", "Content-Length: 99999999")
                    .getBytes(StandardCharsets.UTF_8));
            Awaitility.await().until(() -> rig.engine.malformedMessages() == 2);
            assertThat(stream.getInputStream().read()).isEqualTo(-1);
            assertThat(rig.engine.captureFigures().captured()).isZero();
        }
    }

    private static String request(String method, String callId, InetSocketAddress here, String toTag, String header) {
        return method + " sip:nobody@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + here.getPort() + ";rport;branch=z9hG4bK" + callId
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:peer@127.0.0.1>;tag=1\r\nTo: <sip:nobody@127.0.0.1>" + toTag + "\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:peer@127.0.0.1:" + here.getPort() + ">\r\n" + header + "\r\n\r\n";
    }

    /** Sends, and waits for so many messages. */
    private static List<String> talk(DatagramSocket peer, InetSocketAddress to, String text, int answers) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        peer.send(new DatagramPacket(bytes, bytes.length, to));
        peer.setSoTimeout(5000);
        List<String> heard = new ArrayList<>();
        while (heard.size() < answers) {
            DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
            peer.receive(packet);
            heard.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
        return heard;
    }
}
