package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.media.srtp.CryptoSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

    private static final Duration PACE = Duration.ofMillis(40);
    private static final int ROUNDS = 4;
    /**
     * What the selector of the JDK takes for each channel that is ready: its {@code EPollSelectorImpl} looks the key up in a map by the number of the
     * descriptor, as an Integer, from 128 on a new one, until the compiler has got rid of it ({@link #aBareSelectorTakesAsMuch}). Nothing of ours.
     */
    private static final long INTEGER = 16;

    @TempDir
    Path folder;

    private static long allocatedByAgents() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().matches("voice-media-\\d+"))
                .mapToLong(t -> threads.getThreadAllocatedBytes(t.getId())).sum();
    }

    private static void exchange(RtpPeer from, RtpPeer to, int packets) {
        int before = to.packets.size();
        for (int i = 0; i < packets; i++) {
            from.send(0, new byte[160]);
            if (i % 20 == 19) {
                int count = before + i - 15;
                // in a pace that is no flood
                await().pollDelay(PACE).pollInterval(PACE).until(() -> to.packets.size() >= count);
            }
        }
    }

    /** Bytes a packet in the best of some rounds: what each packet allocates is in all of them, what code allocates before it is compiled is not. */
    private static long leastOf(Callable<Integer> packets) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = allocatedByAgents();
            int exchanged = packets.call();
            long after = allocatedByAgents();
            least = Math.min(least, (after - before) / exchanged);
        }
        return least;
    }

    /** A selector and a channel, without anything of ours. */
    @Test
    void aBareSelectorTakesAsMuch() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        ByteBuffer in = ByteBuffer.allocateDirect(256);
        ByteBuffer out = ByteBuffer.allocateDirect(172);
        List<DatagramChannel> others = new ArrayList<>();
        try (Selector selector = Selector.open(); DatagramChannel from = DatagramChannel.open()) {
            for (int i = 0; i < 128; i++) {
                others.add(DatagramChannel.open());
            }
            try (DatagramChannel high = DatagramChannel.open()) {
                high.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
                high.register(selector, SelectionKey.OP_READ);
                Consumer<SelectionKey> ready = key -> read(high, in);
                long least = Long.MAX_VALUE;
                for (int round = 0; round < ROUNDS; round++) {
                    long sum = 0;
                    for (int i = 0; i < 300; i++) {
                        from.send(out.clear(), high.getLocalAddress());
                        long before = threads.getThreadAllocatedBytes(me);
                        selector.select(ready, 20);
                        sum += threads.getThreadAllocatedBytes(me) - before;
                    }
                    least = Math.min(least, sum / 300);
                }
                assertThat(least).isIn(0L, INTEGER);
            }
        } finally {
            for (DatagramChannel other : others) {
                other.close();
            }
        }
    }

    private static void read(DatagramChannel channel, ByteBuffer in) {
        try {
            channel.receive(in.clear());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void relayingAPacketAllocatesNothing() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            await().until(() -> {
                one.send(0, new byte[160]);
                return !two.packets.isEmpty();
            });
            long least = leastOf(() -> {
                exchange(one, two, 300);
                return 300;
            });
            assertThat(least).isLessThanOrEqualTo(INTEGER);
        }
    }

    @Test
    void relayingBetweenSrtpAndPlainRtpAllocatesNothingEither() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open(MediaSecurity.OPTIONAL, "PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            SrtpPeer srtp = new SrtpPeer(CryptoSuite.AES_CM_128_HMAC_SHA1_80);
            one.towards(srtp.towards(a.media().answer(one.sdp("0", srtp.line(1)).replace("RTP/AVP", "RTP/SAVP"))));
            one.srtp = srtp;
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            await().until(() -> {
                one.send(0, new byte[160]);
                return !two.packets.isEmpty();
            });
            long least = leastOf(() -> {
                exchange(one, two, 300);
                exchange(two, one, 300);
                return 600;
            });
            assertThat(least).isLessThanOrEqualTo(INTEGER);
        }
    }

    @Test
    void playingAndEchoingAllocateNothingEither() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg playing = rig.open("PCMU");
            MediaRig.Leg echoing = rig.open("PCMU");
            playing.media().answer(one.sdp("0"));
            two.towards(echoing.media().answer(two.sdp("0")));
            playing.media().play("p", Tones.tone(folder, 440, 500, 8000, 0));
            echoing.media().echo(true);
            await().until(() -> {
                two.send(0, new byte[160]);
                return !two.packets.isEmpty() && one.packets.size() > 25;
            });
            long least = leastOf(() -> {
                int played = one.packets.size();
                exchange(two, two, 300);
                await().until(() -> one.packets.size() >= played + 30);
                return 330;
            });
            assertThat(least).isLessThanOrEqualTo(INTEGER);
        }
    }

    /**
     * Between two codecs: nothing of ours, whatever is lost or cut anew. Opus takes arrays for each frame inside of its library, about 60 kB to
     * encode and 8 kB to decode one of 20 ms; that is bounded here so that it is noticed if it grows.
     */
    @ParameterizedTest
    @CsvSource({"PCMU,20,G722,20,16", "G722,20,PCMA,60,16", "PCMA,20,PCMU,10,16", "OPUS,20,PCMU,20,20000", "PCMU,20,OPUS,20,90000"})
    void transcodingAPacketAllocatesNothing(String from, int fromMillis, String to, int toMillis, long most) throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); Talker one = new Talker(from, fromMillis, 440); Talker two = new Talker(to, toMillis, 440)) {
            MediaRig.Leg a = rig.open(from);
            MediaRig.Leg b = rig.open(to);
            one.join(a);
            two.join(b);
            a.media().bridge(b.media());
            await().until(() -> {
                one.say();
                return !two.peer.packets.isEmpty();
            });
            byte[] frame = one.frame();
            long least = leastOf(() -> {
                for (int i = 0; i < 100; i++) {
                    one.say(frame);
                    if (i % 17 == 16) {
                        one.lose();
                    }
                    if (i % 10 == 9) {
                        int count = two.peer.packets.size();
                        await().pollDelay(PACE).pollInterval(PACE).until(() -> two.peer.packets.size() >= count);
                        LockSupport.parkNanos(Duration.ofMillis(10L * fromMillis - 40).toNanos());
                    }
                }
                return 100;
            });
            assertThat(least).isLessThanOrEqualTo(most);
        }
    }
}
