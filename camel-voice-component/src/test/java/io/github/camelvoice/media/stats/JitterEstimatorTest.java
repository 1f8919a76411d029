package io.github.camelvoice.media.stats;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class JitterEstimatorTest {

    private static final long FRAME = 20_000_000L;

    @Test
    void anEvenStreamHasNone() {
        JitterEstimator jitter = new JitterEstimator(8000);
        long start = Long.MAX_VALUE - 10 * FRAME;
        for (int i = 0; i < 500; i++) {
            jitter.packet(start + i * FRAME, Integer.MAX_VALUE - 800 + i * 160);
        }
        assertThat(jitter.units()).isZero();
        assertThat(jitter.millis()).isZero();
    }

    @Test
    void alternatingArrivalComesNearTheDifference() {
        JitterEstimator jitter = new JitterEstimator(8000);
        for (int i = 0; i < 1000; i++) {
            jitter.packet(i * FRAME + (i % 2) * 5_000_000L, i * 160);
        }
        assertThat(jitter.millis()).isCloseTo(5, within(0.1));
        assertThat(jitter.micros()).isBetween(4900L, 5100L);
        assertThat(jitter.units()).isBetween(39L, 41L);
    }

    @Test
    void agreesWithTheFormulaInFloatingPoint() {
        Random random = new Random(3550);
        JitterEstimator jitter = new JitterEstimator(48000);
        double expected = 0;
        double last = 0;
        for (int i = 0; i < 5000; i++) {
            long arrival = i * FRAME + random.nextInt(8_000_000);
            double transit = arrival * 48000.0 / 1e9 - i * 960.0;
            if (i > 0) {
                expected += (Math.abs(transit - last) - expected) / 16;
            }
            last = transit;
            jitter.packet(arrival, i * 960);
            assertThat(jitter.millis()).isCloseTo(expected / 48, within(0.02));
        }
    }

    @Test
    void aNewClockOfTheSenderIsNoJitter() {
        JitterEstimator jitter = new JitterEstimator(8000);
        for (int i = 0; i < 100; i++) {
            jitter.packet(i * FRAME, i * 160 + (i > 50 ? 1_999_999_999 : 0));
        }
        assertThat(jitter.units()).isZero();
    }

    @Test
    void randomTimestampsStayBounded() {
        Random random = new Random(8);
        JitterEstimator jitter = new JitterEstimator(8000);
        for (int i = 0; i < 100_000; i++) {
            jitter.packet(random.nextLong(), random.nextInt());
            assertThat(jitter.units()).isBetween(0L, 80_001L);
        }
        jitter.reset();
        assertThat(jitter.units()).isZero();
        assertThatThrownBy(() -> new JitterEstimator(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
