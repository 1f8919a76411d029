package io.github.camelvoice.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.media.rtp.RtpView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtmfReceiverTest {

    private final List<String> pressed = new ArrayList<>();
    private final DtmfReceiver receiver = new DtmfReceiver((key, millis) -> pressed.add(key + ":" + millis));

    private void packet(int ssrc, long timestamp, int event, boolean end, int duration, long millis) {
        ByteBuffer packet = ByteBuffer.allocate(16);
        packet.putInt(0, 0x80650000).putInt(4, (int) timestamp).putInt(8, ssrc);
        packet.put(12, (byte) event).put(13, (byte) (end ? 0x80 : 0)).putShort(14, (short) duration);
        RtpView view = new RtpView();
        view.wrap(packet);
        receiver.packet(view, millis * 1_000_000);
    }

    @Test
    void anEventIsOneKeyHoweverOftenItsEndIsSaid() {
        packet(1, 1000, 5, false, 160, 0);
        packet(1, 1000, 5, false, 320, 20);
        assertThat(pressed).isEmpty();
        packet(1, 1000, 5, true, 480, 40);
        packet(1, 1000, 5, true, 480, 60);
        packet(1, 1000, 5, true, 480, 80);
        packet(1, 1000, 5, false, 320, 81);
        assertThat(pressed).containsExactly("5:60");
        packet(1, 3000, 5, true, 160, 400);
        assertThat(pressed).containsExactly("5:60", "5:20");
    }

    @Test
    void allEndsLostItIsOverWhenTheNextBeginsOrNothingMoreComes() {
        packet(1, 1000, 10, false, 160, 0);
        packet(1, 2000, 11, false, 800, 100);
        assertThat(pressed).containsExactly("*:20");
        receiver.check(200_000_000);
        assertThat(pressed).hasSize(1);
        receiver.check(400_000_000);
        assertThat(pressed).containsExactly("*:20", "#:100");
        packet(1, 2000, 11, true, 800, 500);
        assertThat(pressed).hasSize(2);
    }

    @Test
    void anEndAloneIsEnoughAndOldOnesAreIgnored() {
        packet(1, 0xFFFFFF00L, 15, true, 400, 0);
        packet(1, 100, 0, false, 160, 100);
        packet(1, 0xFFFFFF00L, 15, true, 400, 101);
        packet(1, 100, 0, true, 320, 120);
        assertThat(pressed).containsExactly("D:50", "0:40");
    }

    @Test
    void aLongEventInSegmentsIsOneKey() {
        packet(1, 1000, 3, false, 0xFFFF, 8192);
        packet(1, 1000 + 0xFFFF, 3, false, 800, 8300);
        packet(1, 1000 + 0xFFFF, 3, true, 1600, 8400);
        assertThat(pressed).containsExactly("3:8391");
    }

    @Test
    void anotherStreamBeginsAnew() {
        packet(1, 5000, 1, true, 160, 0);
        packet(2, 100, 2, true, 160, 100);
        assertThat(pressed).containsExactly("1:20", "2:20");
    }

    @Test
    void eventsThatAreNoKeysAreNotTold() {
        packet(1, 5000, 16, true, 160, 0);
        packet(1, 6000, 200, true, 160, 0);
        assertThat(pressed).isEmpty();
    }
}
