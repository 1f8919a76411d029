package io.github.camelvoice.tap.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.ManualTimers;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets of one tap, and a destination where nobody is. */
class RtpSinkTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ManualTimers time = new ManualTimers();
    private InetSocketAddress local;
    private String lost;

    private final Sink.Owner owner = new Sink.Owner() {
        @Override
        public void opened(InetSocketAddress from, InetSocketAddress to) {
            local = from;
        }

        @Override
        public void lost(String reason, boolean lasting) {
            lost = reason + " " + lasting;
        }

        @Override
        public void finished(String reason) {
            lost = reason;
        }

        @Override
        public Speech speech() {
            return null;
        }

        @Override
        public void sendDigits(String digits) {
            throw new AssertionError("an RTP sink has no digits");
        }
    };

    private Sink sink(TapSpec.Builder spec, InetAddress advertised) throws TapException {
        try (TargetPolicy policy = new TargetPolicy("127.0.0.1")) {
            return new RtpSinks(policy, LOOPBACK, advertised, time).make(spec.build(), null, null);
        }
    }

    private static ByteBuffer receive(DatagramSocket ear) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        ear.setSoTimeout(5000);
        ear.receive(packet);
        return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    }

    @Test
    void timestampsFollowTheOffsetsAndMarkersTheGaps() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, LOOPBACK)) {
            Sink sink = sink(TapSpec.to("rtp://127.0.0.1:" + ear.getLocalPort()).codec("PCMA"), InetAddress.getByName("192.0.2.1"));
            sink.open(owner);
            assertThat(local.getAddress().getHostAddress()).isEqualTo("192.0.2.1");
            byte[] frame = new byte[160];
            sink.frame(Track.INBOUND, frame, 160, 40, false);
            sink.frame(Track.INBOUND, frame, 160, 60, false);
            sink.frame(Track.INBOUND, frame, 160, 120, false);
            sink.frame(Track.INBOUND, frame, 160, 140, true);
            ByteBuffer first = receive(ear);
            assertThat(first.get(1)).isEqualTo((byte) 0x88);
            int[] offsets = {0, 160, 640, 800};
            boolean[] markers = {true, false, true, true};
            for (int i = 1; i < 4; i++) {
                ByteBuffer packet = receive(ear);
                assertThat(packet.getShort(2)).isEqualTo((short) (first.getShort(2) + i));
                assertThat(packet.getInt(4)).isEqualTo(first.getInt(4) + offsets[i]);
                assertThat(packet.getInt(8)).isEqualTo(first.getInt(8));
                assertThat(packet.get(1) < 0).isEqualTo(markers[i]);
            }
            sink.close("stopped");
            sink.close("stopped");
            assertThat(sink.dropped()).isZero();
        }
    }

    /** The kernel answers with ICMP: ten seconds of that are the end. */
    @Test
    void nobodyThereIsCountedAndIsTheEndAfterAWhile() throws Exception {
        int port;
        try (DatagramSocket gone = new DatagramSocket(0, LOOPBACK)) {
            port = gone.getLocalPort();
        }
        Sink sink = sink(TapSpec.to("rtp://127.0.0.1:" + port), null);
        sink.open(owner);
        byte[] frame = new byte[160];
        long[] offset = {0};
        await().until(() -> {
            sink.frame(Track.INBOUND, frame, 160, offset[0] += 20, false);
            return sink.dropped() > 0;
        });
        for (int second = 0; second < 9; second++) {
            time.advance(Duration.ofSeconds(1));
            long before = sink.dropped();
            await().until(() -> {
                sink.frame(Track.INBOUND, frame, 160, offset[0] += 20, false);
                return sink.dropped() > before;
            });
            sink.turn(time.nanos());
        }
        assertThat(lost).isNull();
        for (int second = 0; second < 2; second++) {
            time.advance(Duration.ofSeconds(1));
            long before = sink.dropped();
            await().until(() -> {
                sink.frame(Track.INBOUND, frame, 160, offset[0] += 20, false);
                return sink.dropped() > before;
            });
            sink.turn(time.nanos());
        }
        assertThat(lost).isEqualTo("unreachable true");
        sink.close("unreachable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"rtp://127.0.0.1 | needs a port", "rtp://127.0.0.1:0 | 1 to 65535", "rtp://host:4000 | IP address",
        "rtp://127.0.0.1:4000/x | nothing else", "rtp://10.0.0.1:4000 | nothing may be sent"})
    void wrongDestinationsAreRefusedInWords(String uri, String words) {
        assertThatThrownBy(() -> sink(TapSpec.to(uri), null)).isInstanceOf(TapException.class).hasMessageContaining(words);
    }

    @Test
    void whatRtpCannotDoIsRefused() {
        assertThatThrownBy(() -> sink(TapSpec.to("rtp://127.0.0.1:4000").speaks(true), null)).hasMessageContaining("does not speak");
        assertThatThrownBy(() -> sink(TapSpec.to("rtp://127.0.0.1:4000").authorization("Bearer x"), null)).hasMessageContaining("WebSockets");
        assertThatThrownBy(() -> sink(TapSpec.to("rtp://127.0.0.1:4000").codec("L16").rate(24000).ptimeMillis(40), null))
                .hasMessageContaining("too long for one packet");
    }
}
