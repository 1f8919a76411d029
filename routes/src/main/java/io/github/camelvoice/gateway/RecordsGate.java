package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.TokenBuckets;
import io.github.camelvoice.runtime.EngineClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many requests may read the records of calls: for each account so many a second, and so many at a time, for all together so many at a
 * time. Whoever reads in a loop waits for nobody else, and nobody for them. Thread-safe, never blocks.
 */
final class RecordsGate {

    /** Requests of all accounts that are answered at the same time, up to the last byte: each may hold a whole trace in memory. */
    static final int AT_ONCE = 32;
    static final int AT_ONCE_PER_ACCOUNT = 16;
    private static final int ACCOUNTS = 2_000;

    private final TokenBuckets rate;
    private final Map<String, Integer> open = new HashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private int all;

    /** @param perSecond requests a second for each account, twice as many at once */
    RecordsGate(int perSecond, EngineClock clock) {
        this.rate = new TokenBuckets(perSecond, perSecond * 2, ACCOUNTS, clock);
    }

    /** @return 0 for come in, to be followed by one {@link #leave}; else the seconds to wait */
    synchronized int enter(String sid) {
        int here = open.getOrDefault(sid, 0);
        int wait = all >= AT_ONCE || here >= AT_ONCE_PER_ACCOUNT ? 1 : rate.take(sid);
        if (wait == 0) {
            all++;
            open.put(sid, here + 1);
        } else {
            refused.incrementAndGet();
        }
        return wait;
    }

    synchronized void leave(String sid) {
        all--;
        open.computeIfPresent(sid, (name, count) -> count == 1 ? null : count - 1);
    }

    /** Requests refused since the start. */
    double refused() {
        return refused.get();
    }
}
