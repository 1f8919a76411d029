package io.github.camelvoice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ScheduledTimersTest {

    @Test
    void firesOnTheGivenExecutorAndForgetsTheCancelled() throws Exception {
        try (ScheduledTimers timers = new ScheduledTimers()) {
            AtomicBoolean handedOver = new AtomicBoolean();
            CountDownLatch fired = new CountDownLatch(1);
            Timers.Timer never = timers.schedule(1, TimeUnit.HOURS, Runnable::run, () -> { });
            assertThat(timers.pending()).isEqualTo(1);
            never.cancel();
            never.cancel();
            assertThat(timers.pending()).isZero();
            timers.schedule(1, TimeUnit.MILLISECONDS, task -> {
                handedOver.set(true);
                task.run();
            }, fired::countDown);
            assertThat(fired.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(handedOver).isTrue();
        }
    }

    @Test
    void afterCloseNothingIsSetAndNothingThrows() {
        ScheduledTimers timers = new ScheduledTimers();
        timers.close();
        timers.schedule(1, TimeUnit.MILLISECONDS, Runnable::run, () -> { }).cancel();
        assertThat(timers.pending()).isZero();
    }
}
