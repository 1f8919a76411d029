package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtmfTest {

    @Test
    void digitsPressedAreDigitsHeardBothWays() throws Exception {
        try (MediaRig rig = new MediaRig()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            MediaRig.connect(a, b);
            a.media().sendDtmf("one", "12w#", 80, 50);
            a.media().sendDtmf("two", "D", 80, 50);
            b.media().sendDtmf("three", "*", 100, 50);
            await().until(() -> b.told(MediaEvent.Dtmf.class).size() == 4 && a.told(MediaEvent.Dtmf.class).size() == 1);
            assertThat(b.told(MediaEvent.Dtmf.class)).extracting(MediaEvent.Dtmf::digit).containsExactly('1', '2', '#', 'D');
            assertThat(b.told(MediaEvent.Dtmf.class)).extracting(MediaEvent.Dtmf::durationMillis).containsOnly(80);
            assertThat(a.told(MediaEvent.Dtmf.class)).containsExactly(new MediaEvent.Dtmf('*', 100));
            await().until(() -> a.told(MediaEvent.DtmfSent.class).size() == 2);
            assertThat(a.told(MediaEvent.DtmfSent.class)).extracting(MediaEvent.DtmfSent::id).containsExactly("one", "two");
        }
    }

    @Test
    void anEventOnTheWireKeepsItsTimestampAndEndsThreeTimes() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            leg.media().answer(peer.sdp("0 110", "rtpmap:110 telephone-event/8000"));
            leg.media().sendDtmf("x", "7", 100, 40);
            await().until(() -> !leg.told(MediaEvent.DtmfSent.class).isEmpty());
            await().until(() -> peer.packets.size() == 7);
            List<RtpPeer.Packet> packets = peer.packets;
            assertThat(packets).extracting(RtpPeer.Packet::payloadType).containsOnly(110);
            assertThat(packets).extracting(RtpPeer.Packet::timestamp).containsOnly(packets.get(0).timestamp());
            assertThat(packets).extracting(RtpPeer.Packet::marker).containsExactly(true, false, false, false, false, false, false);
            assertThat(packets).extracting(p -> (p.payload()[2] & 0xFF) << 8 | p.payload()[3] & 0xFF)
                    .containsExactly(160, 320, 480, 640, 800, 800, 800);
            assertThat(packets).extracting(p -> p.payload()[1] < 0).containsExactly(false, false, false, false, true, true, true);
            assertThat(packets).extracting(p -> p.payload()[0]).containsOnly((byte) 7);
        }
    }

    @Test
    void withoutAnAgreementItIsRefused() throws Exception {
        try (MediaRig rig = new MediaRig(); RtpPeer peer = new RtpPeer()) {
            MediaRig.Leg leg = rig.open("PCMU");
            assertThatThrownBy(() -> leg.media().sendDtmf("x", "7", 100, 40)).isInstanceOf(MediaException.class);
            leg.media().answer(peer.sdp("0"));
            assertThatThrownBy(() -> leg.media().sendDtmf("x", "7", 100, 40)).isInstanceOf(MediaException.class)
                    .hasMessageContaining("telephone-event");
        }
    }
}
