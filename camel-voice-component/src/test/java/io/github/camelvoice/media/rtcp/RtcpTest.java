package io.github.camelvoice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.media.rtp.OutboundNumbering;
import io.github.camelvoice.media.stats.JitterEstimator;
import io.github.camelvoice.media.stats.SequenceTracker;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RtcpTest {

    private static final long SECOND = 1_000_000_000L;

    private static RtcpSession session(int ssrc, long now) {
        return new RtcpSession(new OutboundNumbering(ssrc, 0, 0, 8000), "someone", 5 * SECOND, new SplittableRandom(3), now, 1_700_000_000_000L);
    }

    @Test
    void twoSessionsTellEachOtherLossJitterAndRoundTrip() {
        RtcpSession a = session(11, 0);
        RtcpSession b = session(22, 1000 * SECOND);
        SequenceTracker heardByB = new SequenceTracker();
        JitterEstimator jitter = new JitterEstimator(8000);
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                heardByB.place(11, i);
                jitter.packet(i * 20_000_000L + (i % 2) * 4_000_000, i * 160);
            }
        }
        ByteBuffer packet = ByteBuffer.allocate(200);
        RtcpView view = new RtcpView();
        a.write(packet, 100, 16000, new SequenceTracker(), new JitterEstimator(8000), false, 10 * SECOND);
        assertThat(view.read(packet, 22)).isTrue();
        assertThat(view.senderInfo()).isTrue();
        assertThat(view.reported()).isFalse();
        b.received(view, 1010 * SECOND);
        b.write(packet, 0, 0, heardByB, jitter, false, 1013 * SECOND);
        assertThat(view.read(packet, 11)).isTrue();
        assertThat(view.senderInfo()).isFalse();
        assertThat(view.senderSsrc()).isEqualTo(22);
        a.received(view, 13 * SECOND + 80_000_000);
        assertThat(a.reported()).isTrue();
        assertThat(a.lost()).isEqualTo(10);
        assertThat(a.fractionLost()).isEqualTo(25);
        assertThat(a.jitter()).isBetween(20L, 33L);
        assertThat(a.roundTripNanos()).isBetween(79_000_000L, 81_000_000L);
        b.write(packet, 0, 0, heardByB, jitter, true, 1014 * SECOND);
        assertThat(view.read(packet, 11)).isTrue();
        assertThat(view.goodbye()).isTrue();
    }

    @Test
    void reportsAreDueAtRandomAroundTheInterval() {
        RtcpSession session = session(11, 0);
        ByteBuffer packet = ByteBuffer.allocate(200);
        long last = 0;
        int reports = 0;
        long sum = 0;
        for (long now = 0; now < 5000 * SECOND; now += SECOND / 10) {
            if (session.due(now)) {
                session.write(packet, 0, 0, new SequenceTracker(), new JitterEstimator(8000), false, now);
                if (reports++ > 0) {
                    assertThat(now - last).isBetween(2 * SECOND, 7 * SECOND);
                    sum += now - last;
                }
                last = now;
            }
        }
        assertThat(sum / (reports - 1)).isBetween(35 * SECOND / 10, 48 * SECOND / 10);
    }

    @Test
    void brokenPacketsAreRefused() {
        RtcpView view = new RtcpView();
        assertThat(view.read(words(0x80C90001, 5), 1)).isTrue();
        assertThat(view.read(ByteBuffer.allocate(0), 1)).isFalse();
        assertThat(view.read(words(0x80C90001), 1)).isFalse();
        assertThat(view.read(words(0x40C90001, 5), 1)).isFalse();
        // begins with SDES, says more than there is, a count without blocks, padding on the first of one
        assertThat(view.read(words(0x80CA0001, 5), 1)).isFalse();
        assertThat(view.read(words(0x80C90005, 5), 1)).isFalse();
        assertThat(view.read(words(0x81C90001, 5), 1)).isFalse();
        assertThat(view.read(words(0xA0C90001, 4), 1)).isFalse();
        assertThat(view.read(words(0x80C90001, 5, 0x81CB0001), 1)).isFalse();
        assertThat(view.read(words(0x80C80001, 5), 1)).isFalse();
    }

    private static ByteBuffer words(int... words) {
        ByteBuffer packet = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            packet.putInt(word);
        }
        return packet.flip();
    }

    @Test
    void noBytesBreakTheReader() {
        Random random = new Random(11);
        RtcpView view = new RtcpView();
        ByteBuffer good = ByteBuffer.allocate(200);
        RtcpSession session = session(11, 0);
        SequenceTracker track = new SequenceTracker();
        track.place(5, 1);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            session.write(good, i, i, track, new JitterEstimator(8000), true, i);
            byte[] bytes = new byte[random.nextInt(good.limit() + 1) & (random.nextBoolean() ? ~3 : ~0)];
            good.get(0, bytes);
            for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            if (view.read(ByteBuffer.wrap(bytes), 5)) {
                valid++;
                session.received(view, i);
            }
        }
        assertThat(valid).isPositive();
    }
}
