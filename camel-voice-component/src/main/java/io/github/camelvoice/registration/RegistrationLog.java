package io.github.camelvoice.registration;

import io.github.camelvoice.runtime.EngineClock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged of registrations; of a flood the beginning, and how much of it was left out. Thread-safe. */
final class RegistrationLog {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRegistrations.class);
    private static final int LINES = 60;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CHARS = 200;

    private final EngineClock clock;
    private long since;
    private int lines;
    private int leftOut;

    RegistrationLog(EngineClock clock) {
        this.clock = clock;
        since = clock.nanos();
    }

    void registered(String account, String server, int seconds, boolean after) {
        if (takes()) {
            LOG.info("[{}] registered{} at {} for {} s", account, after ? " again" : "", server, seconds);
        }
    }

    /** @param news whether it fails in another way than before */
    void failed(String account, int code, String why, boolean news) {
        if (news && takes()) {
            LOG.warn("[{}] not registered: {} {}", account, code, safe(why));
        } else {
            LOG.debug("[{}] not registered: {} {}", account, code, safe(why));
        }
    }

    private static String safe(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > MOST_CHARS ? safe.substring(0, MOST_CHARS) : safe;
    }

    private synchronized boolean takes() {
        long now = clock.nanos();
        if (now - since >= WINDOW_NANOS) {
            if (leftOut > 0) {
                LOG.info("{} more changes of registrations were not logged", leftOut);
            }
            since = now;
            lines = 0;
            leftOut = 0;
        }
        if (lines < LINES) {
            lines++;
            return true;
        }
        leftOut++;
        return false;
    }
}
