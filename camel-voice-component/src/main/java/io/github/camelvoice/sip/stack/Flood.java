package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Budgets per source address for what nobody asked for: replies to garbage (a token bucket) and log lines (one a source and
 * interval). The table of sources is bounded; the least recently seen one makes room. Thread-safe; used for bad input only.
 */
final class Flood {

    private static final int MAX_SOURCES = 4096;
    /** Replies to garbage: this many at once, then this many a second. */
    private static final int BURST = 20;
    private static final double PER_SECOND = 10;
    private static final long LOG_INTERVAL = TimeUnit.SECONDS.toNanos(60);

    private final EngineClock clock;
    private final Map<InetAddress, Budget> sources = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Budget> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    Flood(EngineClock clock) {
        this.clock = clock;
    }

    /** Whether one more piece of garbage of this source is answered. */
    boolean mayReply(InetAddress source) {
        synchronized (sources) {
            Budget budget = budget(source);
            long now = clock.nanos();
            budget.tokens = Math.min(BURST, budget.tokens + (now - budget.filled) * PER_SECOND / 1e9);
            budget.filled = now;
            if (budget.tokens < 1) {
                return false;
            }
            budget.tokens -= 1;
            return true;
        }
    }

    /** Whether a line about this source may be logged now. */
    boolean mayLog(InetAddress source) {
        synchronized (sources) {
            Budget budget = budget(source);
            long now = clock.nanos();
            if (budget.logged && now - budget.lastLine < LOG_INTERVAL) {
                return false;
            }
            budget.logged = true;
            budget.lastLine = now;
            return true;
        }
    }

    private Budget budget(InetAddress source) {
        return sources.computeIfAbsent(source, s -> new Budget(clock.nanos()));
    }

    private static final class Budget {
        private double tokens = BURST;
        private long filled;
        private boolean logged;
        private long lastLine;

        Budget(long now) {
            filled = now;
        }
    }
}
