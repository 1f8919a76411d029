package io.github.camelvoice.trace;

import java.util.concurrent.CompletionStage;

/**
 * Takes entries in order and sees to it that they reach the store, sooner or later. Nothing here waits; thread-safe. The entries of one trace
 * are kept in the order in which they were appended. What is no call's (a {@link LogEntry} of another kind) has numbers of the same row.
 */
public interface TraceLog extends AutoCloseable {

    /** A number for a new trace, higher than all that this log, or one on the same folder, has given before. */
    long nextTrace();

    /** Takes an entry. @return false if it had no room: the entry is lost, and {@link #trouble} says so */
    boolean append(LogEntry entry);

    /** Done when all that was appended before survives the end of this process. Dependants run on a thread of the log: they must be quick. */
    CompletionStage<Void> durable();

    /** Done when all that was appended before can be read from the store; asks for that to be at once. */
    CompletionStage<Void> stored();

    /** Runs the listener whenever entries have come to the store, on a thread of the log: it must be quick. */
    void onStored(Runnable listener);

    /** In plain words why no new call can be recorded now, or null: then new calls are refused 503. Cheap. */
    String trouble();

    @Override
    void close();
}
