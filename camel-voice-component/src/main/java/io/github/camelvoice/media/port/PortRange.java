package io.github.camelvoice.media.port;

import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/**
 * Which even ports of a range are free. A port is picked at random among those that have rested; only when none has does the one
 * that rests longest serve earlier. Thread-safe; the lock is held for a few instructions, once per leg.
 */
final class PortRange {

    private record Resting(int port, long since) {
    }

    private final int[] free;
    private int freeCount;
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final long coolDownNanos;
    private final RandomGenerator random;

    PortRange(int min, int max, long coolDownNanos, RandomGenerator random) {
        int first = min + (min & 1);
        this.free = new int[(max - first + 1) / 2];
        for (int i = 0; i < free.length; i++) {
            free[i] = first + 2 * i;
        }
        this.freeCount = free.length;
        this.coolDownNanos = coolDownNanos;
        this.random = random;
    }

    int pairs() {
        return free.length;
    }

    /** An even port, or -1 when all are in use. */
    synchronized int take(long now) {
        while (!resting.isEmpty() && now - resting.peekFirst().since >= coolDownNanos) {
            free[freeCount++] = resting.removeFirst().port;
        }
        if (freeCount > 0) {
            int at = random.nextInt(freeCount);
            int port = free[at];
            free[at] = free[--freeCount];
            return port;
        }
        return resting.isEmpty() ? -1 : resting.removeFirst().port;
    }

    synchronized void giveBack(int port, long now) {
        resting.addLast(new Resting(port, now));
    }
}
