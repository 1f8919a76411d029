package io.github.camelvoice.store;

import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.TraceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps calls and their messages. Thread-safe; methods wait for the database. A source is a log that feeds the store (one per node): it has its
 * own position, its own numbering of traces, and its own numbering of ended calls.
 */
public interface CallStore extends CallbackStore, SubscriptionRows, SessionRows, UserRows, AutoCloseable {

    /**
     * Takes entries of a source, all or none, and remembers the position behind them in the same transaction. One thread at a time per source.
     * An ended call gets the next number of its source, from 1, without a gap.
     */
    void apply(String source, long position, List<? extends LogEntry> entries) throws StoreException;

    /** Where the source left off: the position of its last {@link #apply}; 0 for a new source. */
    long position(String source) throws StoreException;

    /** Calls of a source that have begun and not ended, with their traces. */
    List<LiveTrace> live(String source) throws StoreException;

    /** @param trace number of the trace, as in {@link TraceEntry#trace} */
    record LiveTrace(long trace, CallRecord call) {
    }

    /** The newest call of the project with this call id or SIP Call-ID. */
    Optional<CallRecord> find(String project, String id) throws StoreException;

    /** The same with its messages. */
    Optional<SipInfo> read(String project, String id) throws StoreException;

    /** Calls of the project that were placed for this one, oldest first, at most {@code most}. */
    List<CallRecord> children(String project, String callId, int most) throws StoreException;

    /** A page of calls, newest first. */
    CallPage list(CallQuery query) throws StoreException;

    /** Ended calls of a source with numbers above {@code after}, ascending, at most {@code most}. */
    List<NumberedCall> endedAfter(String source, long after, int most) throws StoreException;

    /** @param number of the call's end at its source */
    record NumberedCall(long number, SipInfo info) {
    }

    /** Number of the call of the source that ended last; 0 if none has. */
    long lastEnded(String source) throws StoreException;

    /** Number up to which the consumer has had the ended calls of the source; empty for a consumer that {@link #moveCursor} never heard of. */
    OptionalLong cursor(String source, String consumer) throws StoreException;

    void moveCursor(String source, String consumer, long number) throws StoreException;

    /**
     * Deletes at most {@code most} calls that were created before, with their messages, callbacks that were delivered or given up before,
     * subscriptions that ended before, and statuses of accounts from before.
     *
     * @return how many
     */
    int purge(Instant createdBefore, int most) throws StoreException;

    @Override
    void close();
}
