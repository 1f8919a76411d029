package io.github.camelvoice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpViewTest {

    private final RtpView view = new RtpView();

    private Discard wrap(int... bytes) {
        ByteBuffer packet = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            packet.put((byte) b);
        }
        return view.wrap(packet.flip());
    }

    @Test
    void aPlainPacket() {
        assertThat(wrap(0x80, 0x88, 0xFF, 0xFE, 0x80, 0, 0, 1, 0, 0, 0, 2, 42)).isNull();
        assertThat(view.marker()).isTrue();
        assertThat(view.payloadType()).isEqualTo(8);
        assertThat(view.sequence()).isEqualTo(0xFFFE);
        assertThat(view.timestamp()).isEqualTo(0x80000001L);
        assertThat(view.ssrc()).isEqualTo(2);
        assertThat(view.payloadOffset()).isEqualTo(12);
        assertThat(view.payloadLength()).isEqualTo(1);
    }

    @Test
    void contributingSourcesExtensionAndPaddingAreTakenOff() {
        assertThat(wrap(0xB1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 9, 9, 9, 9, 0xBE, 0xDE, 0, 1, 1, 1, 1, 1, 42, 43, 0, 2)).isNull();
        assertThat(view.payloadOffset()).isEqualTo(24);
        assertThat(view.payloadLength()).isEqualTo(2);
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(wrap()).isEqualTo(Discard.TOO_SHORT);
        assertThat(wrap(0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0)).isEqualTo(Discard.TOO_SHORT);
        assertThat(wrap(0x40, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 42)).isEqualTo(Discard.VERSION);
        assertThat(wrap(0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2)).isEqualTo(Discard.LENGTH);
        assertThat(wrap(0x82, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 42)).isEqualTo(Discard.LENGTH);
        assertThat(wrap(0x90, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 42)).isEqualTo(Discard.LENGTH);
        assertThat(wrap(0x90, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0xFF, 0xFF, 42)).isEqualTo(Discard.LENGTH);
        assertThat(wrap(0xA0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0)).isEqualTo(Discard.LENGTH);
        assertThat(wrap(0xA0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 200)).isEqualTo(Discard.LENGTH);
    }

    @Test
    void noBytesMakeItReachBeyondThePacket() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
            }
            if (view.wrap(ByteBuffer.wrap(bytes)) == null) {
                assertThat(view.payloadOffset()).isGreaterThanOrEqualTo(12);
                assertThat(view.payloadLength()).isPositive();
                assertThat(view.payloadOffset() + view.payloadLength()).isLessThanOrEqualTo(bytes.length);
            }
        }
    }
}
