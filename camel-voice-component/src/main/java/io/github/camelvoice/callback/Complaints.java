package io.github.camelvoice.callback;

import io.github.camelvoice.runtime.EngineClock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Tells the log of callbacks that are given up: ten lines in a row, then one a second with the number of those that were passed over. One thread. */
final class Complaints {

    private static final int BURST = 10;
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Logger log;
    private final EngineClock clock;
    private int left = BURST;
    private long toldAt;
    private long silent;

    Complaints(Logger log, EngineClock clock) {
        this.log = log;
        this.clock = clock;
        this.toldAt = clock.nanos();
    }

    void givenUp(Item item, String cause) {
        long now = clock.nanos();
        left = (int) Math.min(BURST, left + (now - toldAt) / EVERY);
        if (left == 0) {
            silent++;
            return;
        }
        left--;
        toldAt = now;
        log.warn("[{}] {} is given up after {} attempts: {}{}", item.callback.callId(), item, item.tried, cause,
                silent == 0 ? "" : " (and " + silent + " more before)");
        silent = 0;
    }
}
