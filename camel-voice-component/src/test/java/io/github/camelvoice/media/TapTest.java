package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.media.codec.Codecs;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What taps hear of a leg, and what is spoken into it. */
class TapTest {

    /** Keeps what it was told. */
    private static final class Heard implements MediaTap {
        record Packet(Track track, String encoding, byte[] payload, int timestamp) {
        }

        private final List<Packet> packets = new CopyOnWriteArrayList<>();
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
            packets.add(new Packet(track, encoding, Arrays.copyOf(payload, length), timestamp));
        }

        @Override
        public void digit(char digit, int durationMillis) {
            throw new AssertionError("digits are told by the call");
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }

        List<Packet> of(Track track) {
            return packets.stream().filter(packet -> packet.track() == track).toList();
        }
    }

    /** Has something to say as long as it is told to. */
    private static final class Voice implements LiveAudio {
        private final AtomicInteger dropped = new AtomicInteger();
        private volatile int frames;

        @Override
        public boolean ready() {
            return frames > 0;
        }

        @Override
        public void pull(short[] pcm, int samples, int rate) {
            frames--;
            Arrays.fill(pcm, 0, samples, (short) 8000);
        }

        @Override
        public void dropped() {
            dropped.incrementAndGet();
        }
    }

    private static byte[] frame(int number) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) number);
        return payload;
    }

    private static byte[] spoken() {
        byte[] payload = new byte[160];
        short[] pcm = new short[160];
        Arrays.fill(pcm, (short) 8000);
        Codecs.get("PCMU").encoder().encode(pcm, 0, 160, payload, 0);
        return payload;
    }

    @Test
    void tapsHearWhatComesAndWhatGoesByteForByteUntilTheyAreTakenAway() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU", "PCMA");
            peer.towards(leg.media().answer(peer.sdp("0 96", "rtpmap:96 telephone-event/8000")));
            Heard one = new Heard();
            Heard two = new Heard();
            leg.media().tap(one);
            leg.media().tap(two);
            leg.media().echo(true);
            await().until(() -> {
                peer.send(0, frame(1));
                return !peer.packets.isEmpty();
            });
            int before = one.of(MediaTap.Track.INBOUND).size();
            long timestamp = peer.timestamp;
            peer.send(0, frame(42));
            // a key press is audio for nobody
            peer.send(96, true, peer.sequence, peer.timestamp, new byte[] {5, 10, 0, (byte) 160});
            peer.sequence = peer.sequence + 1 & 0xFFFF;
            peer.send(0, frame(43));
            await().until(() -> one.of(MediaTap.Track.INBOUND).size() == before + 2 && two.of(MediaTap.Track.OUTBOUND).size() >= 2);
            List<Heard.Packet> heard = one.of(MediaTap.Track.INBOUND);
            assertThat(heard.get(before).payload()).isEqualTo(frame(42));
            assertThat(heard.get(before).encoding()).isEqualTo("PCMU");
            assertThat(heard.get(before).timestamp()).isEqualTo((int) timestamp);
            assertThat(heard.get(before + 1).payload()).isEqualTo(frame(43));
            await().until(() -> {
                List<Heard.Packet> gone = one.of(MediaTap.Track.OUTBOUND);
                return Arrays.equals(gone.get(gone.size() - 1).payload(), frame(43));
            });
            assertThat(two.packets).hasSameSizeAs(one.packets);

            leg.media().untap(two);
            int stays = two.packets.size();
            await().until(() -> {
                peer.send(0, frame(44));
                return one.packets.size() > stays + 2;
            });
            assertThat(two.packets.size()).isLessThan(one.packets.size());
            leg.media().close();
            await().until(() -> one.closed.get() == 1);
            assertThat(two.closed).hasValue(0);
            Heard late = new Heard();
            leg.media().tap(late);
            await().until(() -> late.closed.get() == 1);
        }
    }

    @Test
    void aVoiceSpeaksWhileItHasSomethingToSayAndTheBridgeGivesWay() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            Voice voice = new Voice();
            b.media().speak(voice);
            await().until(() -> {
                one.send(0, frame(9));
                return two.packets.stream().anyMatch(packet -> Arrays.equals(packet.payload(), frame(9)));
            });
            voice.frames = 5;
            byte[] sound = spoken();
            await().until(() -> two.packets.stream().filter(packet -> Arrays.equals(packet.payload(), sound)).count() == 5);
            int then = two.packets.size();
            await().until(() -> {
                one.send(0, frame(10));
                return two.packets.stream().skip(then).anyMatch(packet -> Arrays.equals(packet.payload(), frame(10)));
            });
            Voice other = new Voice();
            b.media().speak(other);
            await().until(() -> voice.dropped.get() == 1);
            b.media().close();
            await().until(() -> other.dropped.get() == 1);
        }
    }
}
