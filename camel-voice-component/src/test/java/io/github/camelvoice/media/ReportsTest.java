package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.media.rtp.Discard;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @TempDir
    Path folder;

    @Test
    void bothSidesLearnHowTheirAudioArrives() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withRtcpInterval(Duration.ofMillis(200)))) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            MediaRig.connect(a, b);
            assertThat(a.media().figures().received().mos()).isZero();
            a.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> a.media().figures().sent().mos() > 1);
            assertThat(a.media().figures().sent().mos()).isBetween(4.0, 4.5);
            assertThat(a.media().figures().sent().lost()).isZero();
            assertThat(b.media().figures().received().mos()).isBetween(4.0, 4.5);
            assertThat(b.media().figures().received().lost()).isZero();
            assertThat(b.media().figures().received().jitterMillis()).isLessThan(20);
            assertThat(b.media().figures().sent().mos()).isZero();
        }
    }

    @Test
    void lossOnTheWayIsCounted() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            peer.towards(leg.media().answer(peer.sdp("0")));
            for (int i = 0; i < 100; i++) {
                if (i % 10 == 3) {
                    peer.sequence++;
                } else {
                    peer.send(0, new byte[160]);
                }
            }
            await().until(() -> leg.media().figures().received().packets() == 90);
            assertThat(leg.media().figures().received().lost()).isEqualTo(10);
            assertThat(leg.media().figures().received().bytes()).isEqualTo(14400);
            assertThat(leg.media().figures().received().mos()).isBetween(1.0, 4.0);
        }
    }

    @Test
    void reportsOfStrangersAndBrokenOnesAreCountedAndAGoodbyeIsSaid() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withRtcpInterval(Duration.ofMillis(100))); RtpPeer peer = new RtpPeer();
                DatagramSocket rtcp = new DatagramSocket(0, InetAddress.getLoopbackAddress()); DatagramSocket stranger = new DatagramSocket()) {
            rtcp.setSoTimeout(10_000);
            MediaRig.Leg leg = rig.open("PCMU");
            String answer = leg.media().answer(peer.sdp("0", "rtcp:" + rtcp.getLocalPort()));
            int port = Integer.parseInt(answer.lines().filter(l -> l.startsWith("m=")).findFirst().orElseThrow().split(" ")[1]) + 1;
            DatagramPacket in = new DatagramPacket(new byte[500], 500);
            rtcp.receive(in);
            assertThat(in.getPort()).isEqualTo(port);
            assertThat(in.getData()[1] & 0xFF).isEqualTo(201);
            byte[] broken = {(byte) 0x80, (byte) 201, 0, 7, 0, 0, 0, 1};
            stranger.send(new DatagramPacket(broken, broken.length, InetAddress.getLoopbackAddress(), port));
            rtcp.send(new DatagramPacket(broken, broken.length, InetAddress.getLoopbackAddress(), port));
            await().until(() -> rig.plane.packetsDiscarded(Discard.RTCP_FOREIGN) == 1 && rig.plane.packetsDiscarded(Discard.RTCP_INVALID) == 1);
            leg.media().close();
            boolean goodbye = false;
            while (!goodbye) {
                rtcp.receive(in);
                // the last packet of the compound: one word of header, one of SSRC
                goodbye = (in.getData()[in.getLength() - 7] & 0xFF) == 203;
            }
            await().until(() -> rig.plane.portsInUse() == 0);
        }
    }
}
