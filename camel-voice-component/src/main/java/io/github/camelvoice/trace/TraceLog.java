package io.github.camelvoice.trace;

import java.util.concurrent.CompletionStage;

/**
 * Takes entries in order and sees to it that they reach the store, sooner or later. Nothing here waits; thread-safe. The entries of one trace
 * are kept in the order in which they were appended.
 */
public interface TraceLog extends AutoCloseable {

    /** A number for a new trace, never given before by this log or by one on the same folder. */
    long nextTrace();

    /** Takes an entry. @return false if it had no room: the entry is lost, and {@link #trouble} says so */
    boolean append(TraceEntry entry);

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
