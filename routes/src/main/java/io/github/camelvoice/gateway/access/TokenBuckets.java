package io.github.camelvoice.gateway.access;

import io.github.camelvoice.runtime.EngineClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One token bucket for each of many keys: so many at once, and then so many a second. Keys that were not used for longest are forgotten, which
 * gives them a full bucket again. Thread-safe, cheap.
 */
public final class TokenBuckets {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double burst;
    private final EngineClock clock;
    private final Map<String, Bucket> buckets;

    private static final class Bucket {
        private double tokens;
        private long filled;
    }

    /** @param perSecond above 0. @param most keys that are remembered */
    public TokenBuckets(double perSecond, int burst, int most, EngineClock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes one. @return 0 if there was one, else the seconds, rounded up, until there is */
    public synchronized int take(String key) {
        Bucket bucket = filled(key);
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return wait(bucket);
    }

    /** What {@link #take} would say, without taking one. */
    public synchronized int peek(String key) {
        Bucket bucket = buckets.get(key) == null ? null : filled(key);
        return bucket == null || bucket.tokens >= 1 ? 0 : wait(bucket);
    }

    private int wait(Bucket bucket) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil((1 - bucket.tokens) / perSecond));
    }

    private Bucket filled(String key) {
        long now = clock.nanos();
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            buckets.put(key, bucket);
        } else {
            bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filled) / NANOS * perSecond);
        }
        bucket.filled = now;
        return bucket;
    }
}
