package io.github.camelvoice.trace;

/**
 * Something that a {@link TraceLog} takes and brings to the store. The entries that have one number are kept in the order in which they were
 * appended.
 */
public interface LogEntry {

    /** Number of what it belongs to, from {@link TraceLog#nextTrace}. */
    long number();
}
