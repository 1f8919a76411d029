package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * What is kept of accepted INVITEs for 64 x T1 after their transactions have ended (RFC 6026). Empties itself even where nothing
 * happens any more. On the thread of the reactor alone.
 */
final class Retained<V> {

    private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(32);
    private static final long SWEEP_MILLIS = 4_000;

    private final Reactor reactor;
    private final EngineClock clock;
    private final Map<String, V> values = new HashMap<>();
    private final Queue<Expiry> order = new ArrayDeque<>();
    private boolean sweeping;

    private record Expiry(String key, long at) {
    }

    Retained(Reactor reactor, EngineClock clock) {
        this.reactor = reactor;
        this.clock = clock;
    }

    void put(String key, V value) {
        long now = clock.nanos();
        expire(now);
        values.put(key, value);
        order.add(new Expiry(key, now + LIFE_NANOS));
        if (!sweeping) {
            sweeping = true;
            reactor.schedule(this::sweep, SWEEP_MILLIS, 0);
        }
    }

    /** Null if there is none. */
    V get(String key) {
        return values.get(key);
    }

    int size() {
        return values.size();
    }

    private void sweep() {
        expire(clock.nanos());
        sweeping = !order.isEmpty();
        if (sweeping) {
            reactor.schedule(this::sweep, SWEEP_MILLIS, 0);
        }
    }

    private void expire(long now) {
        Expiry oldest = order.peek();
        while (oldest != null && oldest.at - now <= 0) {
            order.remove();
            values.remove(oldest.key);
            oldest = order.peek();
        }
    }
}
