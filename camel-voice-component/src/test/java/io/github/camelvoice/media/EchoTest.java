package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EchoTest {

    private static byte[] frame(int number) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) number);
        return payload;
    }

    @Test
    void whatIsHeardIsSentBackUnderOneSsrc() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            peer.towards(leg.media().answer(peer.sdp("0 101", "rtpmap:101 telephone-event/8000")));
            leg.media().echo(true);
            await().until(() -> {
                peer.send(0, frame(99));
                return !peer.packets.isEmpty();
            });
            int before = (int) leg.media().figures().received().packets();
            await().until(() -> leg.media().figures().sent().packets() == peer.packets.size());
            peer.packets.clear();
            for (int i = 0; i < 20; i++) {
                peer.send(0, frame(i));
                int count = i + 1;
                await().until(() -> peer.packets.size() == count);
            }
            assertThat(peer.packets).extracting(RtpPeer.Packet::ssrc).containsOnly(peer.packets.get(0).ssrc());
            assertThat(peer.packets.get(0).ssrc()).isNotEqualTo(peer.ssrc);
            for (int i = 0; i < 20; i++) {
                RtpPeer.Packet packet = peer.packets.get(i);
                assertThat(packet.payload()).isEqualTo(frame(i));
                assertThat(packet.sequence()).isEqualTo((peer.packets.get(0).sequence() + i) & 0xFFFF);
                assertThat(packet.timestamp()).isEqualTo((peer.packets.get(0).timestamp() + 160L * i) & 0xFFFFFFFFL);
            }
            assertThat(leg.media().figures().received().packets()).isEqualTo(before + 20);
            leg.media().close();
            await().until(() -> rig.plane.portsInUse() == 0);
        }
    }

    @Test
    void anIdleLegSendsSilenceWhereThatIsWanted() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withSendSilence(true)); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMA");
            leg.media().answer(peer.sdp("8"));
            await().until(() -> peer.packets.size() >= 5);
            assertThat(peer.packets.get(0).marker()).isTrue();
            for (int i = 1; i < 5; i++) {
                assertThat(peer.packets.get(i).marker()).isFalse();
                assertThat(peer.packets.get(i).timestamp()).isEqualTo((peer.packets.get(i - 1).timestamp() + 160) & 0xFFFFFFFFL);
                assertThat(peer.packets.get(i).payload()).hasSize(160).containsOnly((byte) 0xD5);
            }
        }
    }
}
