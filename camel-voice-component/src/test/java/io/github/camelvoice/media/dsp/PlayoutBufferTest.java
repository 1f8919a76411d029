package io.github.camelvoice.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlayoutBufferTest {

    private final PlayoutBuffer buffer = new PlayoutBuffer(8000, 8000, 60);
    private final short[] out = new short[160];

    private void put(int number, int value) {
        short[] pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        buffer.put(pcm, 160, 0xFFFFFF00L + 160L * number & 0xFFFFFFFFL, number == 0);
    }

    private int pull() {
        buffer.pull(out, 160);
        return out[80];
    }

    @Test
    void orderIsMadeAndComesOutAfterTheDelay() {
        put(0, 1000);
        put(2, 1002);
        put(1, 1001);
        put(3, 1003);
        int[] got = new int[8];
        for (int i = 0; i < got.length; i++) {
            got[i] = pull();
        }
        assertThat(got).startsWith(0, 0, 0, 1000, 1001, 1002, 1003);
    }

    @Test
    void aLostPacketIsConcealedAndFadesOut() {
        put(0, 10000);
        put(2, 10000);
        for (int i = 0; i < 3; i++) {
            pull();
        }
        assertThat(pull()).isEqualTo(10000);
        assertThat(pull()).isBetween(5000, 9999);
        assertThat(pull()).isEqualTo(10000);
        assertThat(pull()).isBetween(5000, 9999);
        pull();
        pull();
        assertThat(pull()).isZero();
    }

    @Test
    void theDelayGrowsForASenderThatIsAlwaysLate() {
        put(0, 1);
        for (int i = 0; i < 20; i++) {
            pull();
        }
        for (int i = 1; i < 40; i++) {
            put(i, 5000);
            pull();
        }
        assertThat(buffer.late()).isEqualTo(3);
        assertThat(pull()).isEqualTo(5000);
    }

    @Test
    void neitherDriftNorJitterNorNonsenseBreaksIt() {
        Random random = new Random(1);
        int heard = 0;
        int number = 0;
        for (int i = 0; i < 20_000; i++) {
            // a sender whose clock is one percent fast, in bursts
            while (number < i * 1.01 + random.nextInt(3)) {
                put(number++, 3000);
            }
            if (pull() == 3000) {
                heard++;
            }
        }
        assertThat(heard).isGreaterThan(19_500);
        for (int i = 0; i < 10_000; i++) {
            buffer.put(new short[2000], random.nextInt(2000), random.nextInt(), random.nextInt(50) == 0);
            buffer.pull(out, 160);
        }
    }
}
