package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenegotiationTest {

    @TempDir
    Path folder;

    private static void oneStream(List<RtpPeer.Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).ssrc()).isEqualTo(packets.get(0).ssrc());
            assertThat(packets.get(i).sequence()).isEqualTo(packets.get(i - 1).sequence() + 1 & 0xFFFF);
            assertThat(packets.get(i).timestamp() - packets.get(i - 1).timestamp() & 0xFFFFFFFFL).isLessThan(80_000);
        }
    }

    @Test
    void anotherCodecIsTheSameStream() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU", "G722", "PCMA");
            leg.media().answer(peer.sdp("0"));
            leg.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            for (int type : new int[] {0, 9, 8}) {
                leg.media().answer(peer.sdp(Integer.toString(type)));
                int before = peer.packets.size();
                await().until(() -> peer.packets.size() > before + 5 && peer.packets.get(peer.packets.size() - 1).payloadType() == type);
            }
            assertThat(leg.media().info().codec()).isEqualTo("PCMA");
            assertThat(peer.packets).allMatch(p -> p.payload().length == 160);
            oneStream(peer.packets);
            assertThat(leg.told(MediaEvent.PlayEnded.class)).isEmpty();
        }
    }

    @Test
    void anotherAddressGetsTheSameStreamAndTheOldOneIsForeign() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer first = new RtpPeer(); RtpPeer second = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(first.sdp("0"));
            leg.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> first.packets.size() > 5);
            second.towards(leg.media().answer(second.sdp("0")));
            await().until(() -> second.packets.size() > 5);
            RtpPeer.Packet last = first.packets.get(first.packets.size() - 1);
            assertThat(second.packets.get(0).ssrc()).isEqualTo(last.ssrc());
            assertThat(second.packets.get(0).sequence()).isEqualTo(last.sequence() + 1 & 0xFFFF);
            assertThat(leg.media().info().remote().getPort()).isEqualTo(second.port());
            second.send(0, new byte[160]);
            await().until(() -> leg.media().figures().received().packets() == 1);
        }
    }

    @Test
    void onHoldNothingIsSentAndAfterwardsItGoesOnWithTheMarker() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(peer.sdp("0"));
            leg.media().play("p", Tones.tone(folder, 440, 100, 8000, 0));
            await().until(() -> peer.packets.size() > 5);
            // as before RFC 3264: an address that is none
            leg.media().answer(peer.sdp("0").replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"));
            assertThat(leg.media().info().sending()).isFalse();
            assertThat(leg.media().info().remote()).isNull();
            assertThat(leg.media().info().heldByRemote()).isTrue();
            leg.media().answer(peer.sdp("0", "sendonly"));
            assertThat(leg.media().info().sending()).isFalse();
            assertThat(leg.media().info().receiving()).isTrue();
            // all turns until the hold took effect are over when digits would be refused, and the count stands
            long[] count = {-1};
            await().pollInterval(java.time.Duration.ofMillis(100)).until(() -> {
                long now = peer.packets.size();
                boolean still = now == count[0];
                count[0] = now;
                return still;
            });
            leg.media().answer(peer.sdp("0"));
            await().until(() -> peer.packets.size() > count[0] + 5);
            assertThat(peer.packets.get((int) count[0]).marker()).isTrue();
            oneStream(peer.packets);
        }
    }

    @Test
    void ourHoldIsToldAndARefusalLeavesAllAsItWas() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            MediaRig.connect(a, b);
            a.media().hold(true);
            MediaRig.connect(a, b);
            assertThat(a.media().info().sending()).isTrue();
            assertThat(a.media().info().receiving()).isFalse();
            assertThat(b.media().info().heldByRemote()).isTrue();
            a.media().hold(false);
            a.media().offer();
            a.media().rollback();
            assertThat(a.media().info().receiving()).isFalse();
            MediaRig.connect(a, b);
            assertThat(a.media().info().receiving()).isTrue();
            assertThat(b.media().info().heldByRemote()).isFalse();
        }
    }

    @Test
    void sdpThatIsWrongIsClassified() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            assertThatThrownBy(() -> leg.media().answer("nonsense")).isInstanceOfSatisfying(MediaException.class,
                    e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.MALFORMED_SDP));
            assertThatThrownBy(() -> leg.media().answer(peer.sdp("18"))).isInstanceOfSatisfying(MediaException.class,
                    e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.NOT_ACCEPTABLE));
            assertThatThrownBy(() -> leg.media().accept(peer.sdp("0"))).isInstanceOfSatisfying(MediaException.class,
                    e -> assertThat(e.kind()).isEqualTo(MediaException.Kind.WRONG_STATE));
            assertThat(leg.media().info()).isNull();
            leg.media().answer(peer.sdp("0"));
            assertThat(leg.media().info().codec()).isEqualTo("PCMU");
        }
    }
}
