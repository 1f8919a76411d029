package io.github.camelvoice.trace.capture;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.TraceEntry;
import io.github.camelvoice.trace.TraceLog;
import java.util.concurrent.atomic.LongAdder;

/** What all traces of a capture share: where their entries go, and the counts. Thread-safe. */
final class Desk {

    final EngineClock clock;
    final Bounds bounds;
    final Records records;
    final Undecided undecided;
    final LongAdder captured = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder unrecorded = new LongAdder();
    private final TraceLog log;
    private final Allowance refused;

    Desk(TraceLog log, EngineClock clock, Records records, Bounds bounds) {
        this.log = log;
        this.clock = clock;
        this.records = records;
        this.bounds = bounds;
        this.undecided = new Undecided(bounds.undecided(), bounds.undecidedBytes());
        this.refused = new Allowance(bounds.refusedAtOnce(), bounds.refusedPerSecond(), clock.nanos());
    }

    long nextTrace() {
        return log.nextTrace();
    }

    void append(TraceEntry entry) {
        log.append(entry);
    }

    /** @return whether there was room for it */
    boolean keep(TraceEntry.Message message) {
        if (log.append(message)) {
            captured.increment();
            return true;
        }
        dropped.increment();
        return false;
    }

    /** Whether a refused call, or so many more bytes of one, may be kept now. */
    boolean allows(int records, long bytes, long nowNanos) {
        return refused.take(Math.max(records, bytes / Bounds.BYTES_PER_RECORD), nowNanos);
    }
}
