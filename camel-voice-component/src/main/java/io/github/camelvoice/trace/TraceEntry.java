package io.github.camelvoice.trace;

/**
 * What the capture hands on to be kept, in the order in which it happened. A trace is all that has one Call-ID, from its first INVITE until some
 * time after the end of the call; its number is unique within the {@link TraceLog} and its folder, for good. Two calls of ours can share a
 * trace: when the engine calls itself.
 */
public sealed interface TraceEntry extends LogEntry {

    /** Number of the trace that it belongs to. */
    long trace();

    @Override
    default long number() {
        return trace();
    }

    /** A message was seen. */
    record Message(long trace, SipMessage message) implements TraceEntry {
    }

    /** A call began, on the trace of its messages. */
    record Opened(long trace, CallRecord call) implements TraceEntry {
    }

    /** A call is over; for one that was refused before any route had it this is the only entry. Messages may still follow. */
    record Ended(long trace, CallRecord call, long dropped) implements TraceEntry {
    }

    /** Nothing of this trace follows any more. */
    record Closed(long trace) implements TraceEntry {
    }
}
