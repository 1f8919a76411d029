package io.github.camelvoice.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void threeQuickAttemptsThenBackOffUpToHalfAnHour() {
        assertThat(IntStream.rangeClosed(1, 12).mapToObj(failures -> Schedule.DEFAULT.pause(failures, null, () -> 1)).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1280L, 1800L, 1800L);
        assertThat(Schedule.DEFAULT.pause(100_000, null, () -> 1)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void backOffIsJitteredBetweenHalfAndTheWhole() {
        assertThat(Schedule.DEFAULT.pause(3, null, () -> 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Schedule.DEFAULT.pause(3, null, () -> 0.5)).isEqualTo(Duration.ofMillis(7_500));
        assertThat(Schedule.DEFAULT.pause(1, null, () -> 0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theReceiverMayAskForALongerPauseWithinBounds() {
        assertThat(Schedule.DEFAULT.pause(1, Duration.ofSeconds(30), () -> 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Schedule.DEFAULT.pause(4, Duration.ofSeconds(1), () -> 1)).isEqualTo(Duration.ofSeconds(20));
        assertThat(Schedule.DEFAULT.pause(1, Duration.ofDays(30), () -> 1)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new Schedule(0, second, second, second, second)).hasMessageContaining("quick");
        assertThatThrownBy(() -> new Schedule(3, second, second, Duration.ofMillis(1), second)).hasMessageContaining("longest");
        assertThatThrownBy(() -> new Schedule(3, second, second, second, Duration.ZERO)).hasMessageContaining("positive");
    }
}
