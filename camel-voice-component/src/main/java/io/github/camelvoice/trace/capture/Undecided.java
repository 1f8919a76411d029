package io.github.camelvoice.trace.capture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The traces whose INVITE is not a call yet, in the order of their beginning. Their messages are in memory only: an INVITE that is refused may be
 * one of a flood. Thread-safe; its lock is held for table operations alone, and no other one is taken meanwhile.
 */
final class Undecided {

    /** What a message costs beside its bytes. */
    private static final int OVERHEAD = 200;

    private final int most;
    private final long mostBytes;
    private final Set<OpenTrace> traces = new LinkedHashSet<>();
    private long bytes;

    Undecided(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    synchronized void add(OpenTrace trace) {
        traces.add(trace);
    }

    /** A message of {@code length} bytes is held. @return what it counts for */
    synchronized int hold(int length) {
        bytes += length + OVERHEAD;
        return length + OVERHEAD;
    }

    /** @param held all that {@link #hold} counted for it */
    synchronized void remove(OpenTrace trace, long held) {
        traces.remove(trace);
        bytes -= held;
    }

    /** The one that has to make room, null if there is room. */
    synchronized OpenTrace surplus() {
        boolean full = traces.size() > most || bytes > mostBytes;
        return full && !traces.isEmpty() ? traces.iterator().next() : null;
    }

    synchronized List<OpenTrace> all() {
        return traces.isEmpty() ? List.of() : new ArrayList<>(traces);
    }

    synchronized int size() {
        return traces.size();
    }
}
