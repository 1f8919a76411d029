package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Budgets per source address for what nobody asked for: replies to garbage and wrong credentials (token buckets), and log lines (one a source and
 * interval). The table of sources is bounded; the least recently seen one makes room. Thread-safe; used for bad input only.
 */
final class Flood {

    private static final int MAX_SOURCES = 4096;
    /** Replies to garbage: this many at once, then this many a second. */
    private static final int BURST = 20;
    private static final double PER_SECOND = 10;
    /** Wrong credentials: this many at once, then this many a second; further ones are not looked at. */
    private static final int GUESSES = 20;
    private static final double GUESSES_PER_SECOND = 1;
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

    /** Whether credentials of this source are looked at. */
    boolean mayGuess(InetAddress source) {
        synchronized (sources) {
            Budget budget = sources.get(source);
            return budget == null || guesses(budget) >= 1;
        }
    }

    /** Credentials of this source were wrong. */
    void guessed(InetAddress source) {
        synchronized (sources) {
            Budget budget = budget(source);
            budget.guesses = Math.max(0, guesses(budget) - 1);
            budget.guessed = clock.nanos();
        }
    }

    private double guesses(Budget budget) {
        return Math.min(GUESSES, budget.guesses + (clock.nanos() - budget.guessed) * GUESSES_PER_SECOND / 1e9);
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
        private double guesses = GUESSES;
        private long guessed;
        private boolean logged;
        private long lastLine;

        Budget(long now) {
            filled = now;
            guessed = now;
        }
    }
}
