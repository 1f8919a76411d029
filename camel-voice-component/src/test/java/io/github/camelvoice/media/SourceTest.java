package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.media.rtp.Discard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

    @TempDir
    Path folder;

    private static final byte[] FRAME = new byte[160];

    @Test
    void whatComesFromElsewhereIsIgnoredAndCounted() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer(); RtpPeer stranger = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            String answer = leg.media().answer(peer.sdp("0"));
            peer.towards(answer);
            stranger.towards(answer);
            for (int i = 0; i < 10; i++) {
                stranger.send(0, FRAME);
            }
            peer.send(0, FRAME);
            await().until(() -> leg.media().figures().received().packets() == 1);
            await().until(() -> rig.plane.packetsDiscarded(Discard.FOREIGN_SOURCE) == 10);
            assertThat(leg.media().figures().received().discarded()).isEqualTo(10);
        }
    }

    @Test
    void symmetricTakesTheFirstConsistentSourceAndLocksIt() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withSymmetricRtp(true).withLatchWindow(Duration.ofSeconds(30)));
                RtpPeer named = new RtpPeer(); RtpPeer real = new RtpPeer(); RtpPeer late = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            String answer = leg.media().answer(named.sdp("0"));
            real.towards(answer);
            late.towards(answer);
            for (int i = 0; i < 5; i++) {
                real.send(0, FRAME);
            }
            await().until(() -> leg.media().figures().received().packets() == 3);
            for (int i = 0; i < 5; i++) {
                late.send(0, FRAME);
            }
            await().until(() -> rig.plane.packetsDiscarded(Discard.FOREIGN_SOURCE) == 7);
            leg.media().echo(true);
            await().until(() -> {
                real.send(0, FRAME);
                return !real.packets.isEmpty();
            });
            assertThat(named.packets).isEmpty();
            assertThat(late.packets).isEmpty();
        }
    }

    @Test
    void hostilePacketsCostNothingButACount() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            peer.towards(leg.media().answer(peer.sdp("0 101", "rtpmap:101 telephone-event/8000")));
            leg.media().echo(true);
            Random random = new Random(42);
            for (int i = 0; i < 2000; i++) {
                byte[] datagram = new byte[random.nextInt(200)];
                random.nextBytes(datagram);
                if (datagram.length > 1 && random.nextBoolean()) {
                    datagram[0] = (byte) (0x80 | datagram[0] & 0x3F);
                    datagram[1] = (byte) (random.nextBoolean() ? 0 : 101);
                }
                peer.sendRaw(datagram);
                if (i % 50 == 0) {
                    long before = leg.media().figures().received().packets();
                    await().until(() -> {
                        peer.send(0, FRAME);
                        return leg.media().figures().received().packets() > before;
                    });
                }
            }
            assertThat(rig.plane.packetsDiscarded(Discard.VERSION)).isPositive();
            assertThat(rig.plane.packetsDiscarded(Discard.TOO_SHORT)).isPositive();
            assertThat(rig.plane.packetsDiscarded(Discard.LENGTH)).isPositive();
        }
    }

    @Test
    void silenceIsToldOnceAndItsEndToo() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withDeadMedia(Duration.ofMillis(300))); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            peer.towards(leg.media().answer(peer.sdp("0")));
            peer.send(0, FRAME);
            await().until(() -> leg.told(MediaEvent.Silent.class).size() == 1);
            assertThat(leg.told(MediaEvent.Silent.class).get(0).since()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            peer.send(0, FRAME);
            await().until(() -> leg.told(MediaEvent.Alive.class).size() == 1);
            await().until(() -> leg.told(MediaEvent.Silent.class).size() == 2);
        }
    }

    @Test
    void onHoldNoSilenceIsTold() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withDeadMedia(Duration.ofMillis(300))); RtpPeer peer = new RtpPeer(); RtpPeer other = new RtpPeer()) {
            MediaRig.Leg held = rig.open("PCMU");
            MediaRig.Leg heldByThem = rig.open("PCMU");
            MediaRig.Leg talking = rig.open("PCMU");
            held.media().hold(true);
            held.media().answer(peer.sdp("0"));
            heldByThem.media().answer(peer.sdp("0", "sendonly"));
            talking.media().answer(other.sdp("0"));
            await().until(() -> talking.told(MediaEvent.Silent.class).size() == 1);
            assertThat(held.events()).isEmpty();
            assertThat(heldByThem.events()).isEmpty();
            heldByThem.media().answer(peer.sdp("0"));
            await().until(() -> heldByThem.told(MediaEvent.Silent.class).size() == 1);
        }
    }

    @Test
    void aLegThatIsSentToItselfDoesNotLoop() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg leg = rig.open("PCMU");
            String offer = leg.media().offer();
            leg.media().accept(offer);
            leg.media().echo(true);
            leg.media().play("p", Tones.tone(folder, 440, 100, 8000, 1));
            await().until(() -> rig.plane.packetsDiscarded(Discard.LOOP) >= 5);
            assertThat(leg.media().figures().received().packets()).isZero();
        }
    }

    @Test
    void moreThanAnyCodecSendsIsAFlood() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            peer.towards(leg.media().answer(peer.sdp("0")));
            await().until(() -> {
                for (int i = 0; i < 500; i++) {
                    peer.send(0, FRAME);
                }
                return rig.plane.packetsDiscarded(Discard.FLOOD) > 0;
            });
            long before = leg.media().figures().received().packets();
            await().until(() -> {
                peer.send(0, FRAME);
                return leg.media().figures().received().packets() > before;
            });
        }
    }
}
