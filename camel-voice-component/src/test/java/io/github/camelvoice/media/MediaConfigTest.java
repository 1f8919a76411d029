package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaConfigTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @CsvSource({"0,10", "10000,10000", "10001,10002", "60000,70000", "20,10"})
    void aRangeWithoutAPairIsRefused(int min, int max) {
        assertThatThrownBy(() -> MediaConfig.of(LOOPBACK, min, max)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(min + "-" + max);
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        MediaConfig config = MediaConfig.of(LOOPBACK, 10000, 10001);
        assertThatThrownBy(() -> config.withPtimeMillis(25)).hasMessageContaining("ptime");
        assertThatThrownBy(() -> config.withDeadMedia(Duration.ZERO)).hasMessageContaining("deadMedia");
        assertThatThrownBy(() -> config.withAgents(-1)).hasMessageContaining("agents");
        assertThatThrownBy(() -> config.withPortCoolDown(Duration.ofSeconds(-1))).hasMessageContaining("portCoolDown");
        assertThat(config.advertisedAddress()).isEqualTo(LOOPBACK);
    }

    @Test
    void theWildcardIsNeverTold() throws Exception {
        InetAddress wildcard = InetAddress.getByName("0.0.0.0");
        assertThat(MediaConfig.of(wildcard, 10000, 10001).advertisedAddress().isAnyLocalAddress()).isFalse();
        assertThatThrownBy(() -> MediaConfig.of(LOOPBACK, 10000, 10001).withAdvertisedAddress(wildcard)).hasMessageContaining("0.0.0.0");
    }
}
