package io.github.camelvoice.store.spool;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.store.CallStore.LiveTrace;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.TraceEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends, through the log, the calls that were up when an earlier run ended. */
final class Orphans {

    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final EndCause INTERRUPTED = EndCause.of(EndCause.Kind.INTERRUPTED, EndCause.Origin.LOCAL,
            "the process stopped while the call was up");

    private final Queue<TraceEntry> entries = new ArrayDeque<>();

    /** @param at end of these calls, as nobody knows the true one */
    Orphans(List<LiveTrace> live, Instant at) {
        for (LiveTrace orphan : live) {
            entries.add(new TraceEntry.Ended(orphan.trace(), interrupted(orphan.call(), at), 0));
        }
        live.stream().mapToLong(LiveTrace::trace).distinct().forEach(trace -> entries.add(new TraceEntry.Closed(trace)));
        if (!live.isEmpty()) {
            LOG.info("{} calls were up when the process before this one stopped: they are closed as interrupted", live.size());
        }
    }

    private static CallRecord interrupted(CallRecord call, Instant at) {
        return new CallRecord(call.callId(), call.sipCallId(), call.project(), call.direction(), call.from(), call.to(), call.target(),
                call.transport(), call.remoteAddress(), call.authenticatedUser(), call.peerCallId(), call.parentCallId(), call.createdAt(),
                call.ringingAt(), call.answeredAt(), at, call.codec(), INTERRUPTED, call.received(), call.sent());
    }

    /** Hands over what the log has room for. @return whether that was all */
    boolean append(Predicate<TraceEntry> log) {
        for (TraceEntry entry = entries.peek(); entry != null; entry = entries.peek()) {
            if (!log.test(entry)) {
                return false;
            }
            entries.remove();
        }
        return true;
    }
}
