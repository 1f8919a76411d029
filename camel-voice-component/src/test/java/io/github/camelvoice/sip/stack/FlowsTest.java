package io.github.camelvoice.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.sip.SipConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signs of life over real sockets, with a clock that stands still. */
class FlowsTest {

    private static final String CRLF2 = "\r\n\r\n";

    private final StackRig rig = StackRig.frozen(SipConfig.loopback());
    private final UdpPeer peer = new UdpPeer(rig.port());
    private final Told told = new Told();

    private static final class Told implements FlowListener {
        private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

        @Override
        public void seen(InetSocketAddress mapped) {
            news.add("seen " + mapped);
        }

        @Override
        public void lost(String why) {
            news.add("lost: " + why);
        }

        String next() {
            return StackRig.take(news);
        }
    }

    @AfterEach
    void close() {
        peer.close();
        rig.close();
    }

    // ---- UDP

    private Flow udp() {
        return new Flow("udp", new InetSocketAddress(peer.address(), peer.port()), "example.com");
    }

    private FlowWatch watch(Flow flow, int seconds, boolean expected, FlowListener listener) {
        FlowWatch watch = rig.host.keepAlive(flow, seconds, expected, listener, Runnable::run);
        rig.host.settle();
        return watch;
    }

    private FlowWatch watch(boolean expected) {
        return watch(udp(), 30, expected, told);
    }

    private void answer(byte[] request, String address, int port) {
        peer.send(Stun.success(request, new InetSocketAddress(address, port)));
        peer.ping();
    }

    @Test
    void stunTellsWhereWeAreSeen() {
        FlowWatch watch = watch(false);
        byte[] first = peer.receiveBytes();
        assertThat(first).hasSize(20).startsWith(0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42);
        answer(first, "203.0.113.7", 4711);
        assertThat(told.next()).isEqualTo("seen /203.0.113.7:4711");
        rig.advanceSeconds(23);
        assertThat(peer.receive(50)).isNull();
        rig.advanceSeconds(7);
        byte[] second = peer.receiveBytes();
        assertThat(Stun.id(second)).isNotEqualTo(Stun.id(first));
        answer(second, "203.0.113.7", 4711);
        rig.advanceSeconds(30);
        answer(peer.receiveBytes(), "2001:db8::7", 4712);
        assertThat(told.next()).isEqualTo("seen /[2001:db8:0:0:0:0:0:7]:4712");
        watch.close();
        rig.advanceSeconds(60);
        assertThat(peer.receive(50)).isNull();
        assertThat(told.news).isEmpty();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void whoAnsweredOnceAndThenNoMoreIsLost() {
        watch(false);
        answer(peer.receiveBytes(), "203.0.113.7", 4711);
        assertThat(told.next()).startsWith("seen");
        // 24 to 30 seconds later.
        rig.advanceHalves(47);
        while (peer.receive(20) == null) {
            rig.advanceHalves(1);
        }
        rig.advanceHalves(1);
        byte[] request = peer.receiveBytes();
        for (int halves : new int[] {2, 4}) {
            rig.advanceHalves(halves);
            assertThat(peer.receiveBytes()).isEqualTo(request);
        }
        rig.advanceHalves(7);
        assertThat(told.news).isEmpty();
        rig.advanceHalves(1);
        assertThat(told.next()).isEqualTo("lost: " + peer.sentBy() + " does not answer any more");
        rig.advanceSeconds(60);
        assertThat(peer.receive(50)).isNull();
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void whoNeverKnewStunGetsEmptyLinesAndNobodyMindsThatHeIsSilent() {
        watch(false);
        rig.advanceSeconds(8);
        for (int i = 0; i < 4; i++) {
            assertThat(peer.receiveBytes()).hasSize(20);
        }
        assertThat(peer.receive()).isEqualTo(CRLF2);
        rig.advanceSeconds(30);
        assertThat(peer.receive()).isEqualTo(CRLF2);
        assertThat(told.news).isEmpty();
    }

    @Test
    void whoPromisedToAnswerAndDoesNotIsLost() {
        watch(true);
        rig.advanceSeconds(8);
        assertThat(told.next()).startsWith("lost");
    }

    @Test
    void anErrorIsASignOfLifeToo() {
        watch(true);
        byte[] error = Stun.success(peer.receiveBytes(), new InetSocketAddress("203.0.113.7", 1));
        error[0] = 1;
        error[1] = 0x11;
        peer.send(error);
        peer.ping();
        rig.advanceSeconds(20);
        assertThat(told.news).isEmpty();
    }

    @Test
    void allWhoWatchAFlowShareItsSigns() {
        List<Told> all = new ArrayList<>();
        List<FlowWatch> watches = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(new Told());
            watches.add(watch(udp(), 30 + i % 2 * 30, false, all.get(i)));
        }
        answer(peer.receiveBytes(), "203.0.113.7", 4711);
        assertThat(peer.receive(50)).isNull();
        assertThat(all).allMatch(each -> each.next().equals("seen /203.0.113.7:4711"));
        Told late = new Told();
        FlowWatch short1 = watch(udp(), 10, false, late);
        assertThat(late.next()).startsWith("seen");
        rig.advanceSeconds(10);
        answer(peer.receiveBytes(), "203.0.113.7", 4711);
        short1.close();
        for (int i = 1; i < 1_000; i++) {
            watches.get(i).close();
        }
        rig.advanceSeconds(30);
        peer.receiveBytes();
        rig.advanceSeconds(8);
        assertThat(all.get(0).next()).startsWith("lost");
        assertThat(all).allMatch(each -> each.news.isEmpty());
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void forgedAnswersCountForNothing() {
        watch(true);
        byte[] request = peer.receiveBytes();
        byte[] good = Stun.success(request, new InetSocketAddress("198.51.100.66", 66));
        try (UdpPeer liar = new UdpPeer(rig.port()); UdpPeer sibling = peer.sibling()) {
            liar.send(good);
            sibling.send(good);
            byte[] otherId = good.clone();
            otherId[19] ^= 1;
            peer.send(otherId);
            liar.ping();
            peer.ping();
        }
        assertThat(told.news).isEmpty();
        rig.advanceSeconds(8);
        assertThat(told.next()).startsWith("lost");
    }

    @Test
    void brokenAnswersAreSurvived() {
        watch(true);
        byte[] good = Stun.success(peer.receiveBytes(), new InetSocketAddress("203.0.113.7", 4711));
        for (int cut = 0; cut < good.length; cut++) {
            peer.send(Arrays.copyOf(good, cut));
            byte[] shorter = Arrays.copyOf(good, Math.max(20, cut));
            shorter[3] = (byte) (shorter.length - 20);
            shorter[8] ^= 1;
            peer.send(shorter);
        }
        for (int at = 20; at < good.length; at++) {
            byte[] bent = good.clone();
            bent[at] = (byte) 0xff;
            assertThat(Stun.is(ByteBuffer.wrap(bent), bent.length)).isTrue();
            // Whatever is in it: an address or none, never a failure.
            Stun.mapped(bent);
        }
        byte[] endless = Arrays.copyOf(good, 24);
        endless[3] = 4;
        endless[20] = (byte) 0x80;
        peer.send(endless);
        peer.ping();
        rig.advanceSeconds(20);
        assertThat(told.news).as("an answer without an address is one").isEmpty();
    }

    // ---- TCP

    /** A server with one connection. */
    private final class Server implements AutoCloseable {
        private final ServerSocket listener;
        private final Socket socket;
        private final Flow flow;

        Server() throws IOException {
            listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            flow = new Flow("tcp", new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()), "127.0.0.1");
            Heard heard = request();
            socket = listener.accept();
            socket.setSoTimeout(5_000);
            String request = read(CRLF2);
            write(UdpPeer.answer(request, 200, "t"));
            assertThat(heard.next()).isEqualTo("200");
        }

        Heard request() {
            return rig.send("OPTIONS", "sip:bob@127.0.0.1:" + listener.getLocalPort() + ";transport=tcp");
        }

        String read(String until) throws IOException {
            StringBuilder text = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!text.toString().endsWith(until)) {
                int next = in.read();
                if (next < 0) {
                    return text + "<end>";
                }
                text.append((char) next);
            }
            return text.toString();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() {
            try {
                socket.close();
                listener.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Test
    void anEmptyLineAnswersTwoOnAConnection() throws IOException {
        try (Server server = new Server()) {
            watch(server.flow, 20, true, told);
            for (int i = 0; i < 3; i++) {
                assertThat(server.read(CRLF2)).isEqualTo(CRLF2);
                server.write("\r\n");
                server.write(Text.request("OPTIONS", "sip:us@127.0.0.1", "TCP", "127.0.0.1:1"));
                assertThat(server.read(CRLF2)).startsWith("SIP/2.0 200").doesNotStartWith("\r\n");
                rig.advanceSeconds(10);
                assertThat(told.news).isEmpty();
                rig.advanceSeconds(20);
            }
            server.request();
            server.read("OPTIONS sip:bob");
            assertThat(rig.host.connections()).as("the same connection").isEqualTo(1);
            server.socket.close();
            assertThat(told.next()).startsWith("lost: ");
        }
    }

    @Test
    void noAnswerWithinTenSecondsIsLossWhereOneWasPromised() throws IOException {
        try (Server server = new Server()) {
            watch(server.flow, 20, true, told);
            server.read(CRLF2);
            rig.advanceHalves(19);
            assertThat(told.news).isEmpty();
            rig.advanceHalves(1);
            assertThat(told.next()).startsWith("lost: 127.0.0.1:").endsWith("does not answer any more");
        }
    }

    @Test
    void silenceIsNoLossWhereNothingWasPromisedAndIsAfterAnAnswer() throws IOException {
        try (Server server = new Server()) {
            watch(server.flow, 20, false, told);
            server.read(CRLF2);
            rig.advanceSeconds(30);
            assertThat(told.news).isEmpty();
            server.read(CRLF2);
            server.write("\r\n" + Text.request("OPTIONS", "sip:us@127.0.0.1", "TCP", "127.0.0.1:1"));
            server.read(CRLF2);
            rig.advanceSeconds(30);
            server.read(CRLF2);
            rig.advanceSeconds(10);
            assertThat(told.next()).startsWith("lost");
        }
    }

    @Test
    void aPingOfTheirsIsAnsweredWhileOursWaits() throws IOException {
        try (Server server = new Server()) {
            watch(server.flow, 20, true, told);
            server.read(CRLF2);
            server.write("\r\n");
            rig.advanceSeconds(10);
            server.write(CRLF2);
            assertThat(server.read("\r\n")).isEqualTo("\r\n");
        }
    }

    @Test
    void aConnectionThatIsNotThereIsLostAtOnce() {
        watch(new Flow("tcp", new InetSocketAddress("127.0.0.1", 1), "127.0.0.1"), 20, false, told);
        assertThat(told.next()).isEqualTo("lost: there is no connection to 127.0.0.1:1");
        assertThatThrownBy(() -> rig.host.keepAlive(udp(), 4, false, told, Runnable::run)).isInstanceOf(IllegalArgumentException.class);
        assertThat(rig.host.remembered()).isZero();
    }

    @Test
    void signsOfManyFlowsSpread() {
        Set<Integer> moments = new HashSet<>();
        List<UdpPeer> peers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            UdpPeer each = new UdpPeer(rig.port());
            peers.add(each);
            watch(new Flow("udp", new InetSocketAddress(each.address(), each.port()), "x"), 100, false, told);
            each.send(Stun.success(each.receiveBytes(), new InetSocketAddress("203.0.113.7", 1)));
            each.ping();
        }
        rig.advanceSeconds(79);
        for (int second = 80; second <= 100; second++) {
            rig.advanceSeconds(1);
            for (UdpPeer each : peers) {
                if (each.receive(1) != null) {
                    moments.add(second);
                }
            }
        }
        peers.forEach(UdpPeer::close);
        assertThat(moments).hasSizeGreaterThan(8);
    }
}
