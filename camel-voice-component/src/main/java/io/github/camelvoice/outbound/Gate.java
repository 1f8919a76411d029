package io.github.camelvoice.outbound;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets so many requests through at once, per place (address and port) and in all; the others wait in line, place by place in turn, so that a
 * slow one does not hold up the others. Confined to one thread.
 */
final class Gate {

    private final int perHost;
    private final int inAll;
    private final int mostWaiting;
    private final Map<String, Integer> running = new HashMap<>();
    /** Hosts with somebody waiting, the one whose turn is next first. */
    private final Map<String, ArrayDeque<Runnable>> waiting = new LinkedHashMap<>();
    private int runningInAll;
    private int waitingInAll;

    Gate(int perHost, int inAll, int mostWaiting) {
        this.perHost = perHost;
        this.inAll = inAll;
        this.mostWaiting = mostWaiting;
    }

    /** Runs {@code start} now or when there is room; each start is followed by one {@link #leave}. @return false if too many wait already */
    boolean enter(String host, Runnable start) {
        if (runningInAll < inAll && running.getOrDefault(host, 0) < perHost) {
            admit(host, start);
            return true;
        }
        if (waitingInAll >= mostWaiting) {
            return false;
        }
        waiting.computeIfAbsent(host, h -> new ArrayDeque<>()).add(start);
        waitingInAll++;
        return true;
    }

    /** Takes one out of the line. @return whether it was there; if not, it has been started */
    boolean withdraw(String host, Runnable start) {
        ArrayDeque<Runnable> line = waiting.get(host);
        if (line == null || !line.remove(start)) {
            return false;
        }
        waitingInAll--;
        if (line.isEmpty()) {
            waiting.remove(host);
        }
        return true;
    }

    void leave(String host) {
        runningInAll--;
        running.computeIfPresent(host, (h, n) -> n == 1 ? null : n - 1);
        String next = null;
        for (String candidate : waiting.keySet()) {
            if (runningInAll < inAll && running.getOrDefault(candidate, 0) < perHost) {
                next = candidate;
                break;
            }
        }
        if (next == null) {
            return;
        }
        ArrayDeque<Runnable> line = waiting.remove(next);
        Runnable start = line.remove();
        waitingInAll--;
        if (!line.isEmpty()) {
            waiting.put(next, line);
        }
        admit(next, start);
    }

    private void admit(String host, Runnable start) {
        running.merge(host, 1, Integer::sum);
        runningInAll++;
        start.run();
    }

    int waiting() {
        return waitingInAll;
    }

    int running() {
        return runningInAll;
    }
}
