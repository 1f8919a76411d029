package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many nodes are alive: those whose count of beats has grown lately. For one thread. */
final class LiveNodes {

    /** Turns between two beats: 5 s. */
    static final int BEAT_TURNS = 5;
    /** A node that was silent for longer is gone. */
    static final long SILENCE = TimeUnit.SECONDS.toNanos(20);

    private record Seen(long beats, long at, boolean moved) {
    }

    private final EngineClock clock;
    private final Map<Integer, Seen> all = new HashMap<>();
    private int count;

    LiveNodes(EngineClock clock) {
        this.clock = clock;
    }

    /** @param beats how often each node has said that it is alive, ours included */
    void seen(Map<Integer, Long> beats) {
        long now = clock.nanos();
        all.keySet().retainAll(beats.keySet());
        beats.forEach((node, number) -> {
            Seen before = all.get(node);
            if (before == null) {
                all.put(node, new Seen(number, now, false));
            } else if (before.beats() != number) {
                all.put(node, new Seen(number, now, true));
            }
        });
        count = (int) all.values().stream().filter(node -> node.moved() && now - node.at() < SILENCE).count();
    }

    /** Nobody knows just now. */
    void forget() {
        count = 0;
    }

    /** Ourselves at least. */
    int count() {
        return Math.max(1, count);
    }

    /** How many of so many parts one node should have at most. */
    int share(int parts) {
        return (parts + count() - 1) / count();
    }
}
