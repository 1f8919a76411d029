package io.github.camelvoice.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final long SECOND = 1_000_000_000L;
    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(10));

    @Test
    void silenceFromTheBeginningIsToldOnce() {
        watchdog.expect(true, SECOND);
        assertThat(watchdog.check(0, 10 * SECOND)).isNull();
        assertThat(watchdog.check(0, 11 * SECOND)).isEqualTo(new MediaEvent.Silent(Duration.ofSeconds(10)));
        assertThat(watchdog.check(0, 100 * SECOND)).isNull();
        assertThat(watchdog.check(101 * SECOND, 101 * SECOND)).isEqualTo(new MediaEvent.Alive());
        assertThat(watchdog.check(101 * SECOND, 110 * SECOND)).isNull();
        assertThat(watchdog.check(101 * SECOND, 111 * SECOND)).isEqualTo(new MediaEvent.Silent(Duration.ofSeconds(10)));
    }

    @Test
    void parkedItTellsNothingAndBeginsAnewAfterwards() {
        watchdog.expect(true, 0);
        watchdog.check(SECOND, 2 * SECOND);
        watchdog.expect(false, 2 * SECOND);
        assertThat(watchdog.check(SECOND, 1000 * SECOND)).isNull();
        watchdog.expect(true, 1000 * SECOND);
        assertThat(watchdog.check(SECOND, 1009 * SECOND)).isNull();
        watchdog.expect(true, 1009 * SECOND);
        assertThat(watchdog.check(SECOND, 1010 * SECOND)).isEqualTo(new MediaEvent.Silent(Duration.ofSeconds(10)));
    }

    @Test
    void beforeAnAgreementNothingIsDue() {
        assertThat(watchdog.check(0, 1000 * SECOND)).isNull();
    }
}
