package io.github.camelvoice.callback;

import io.github.camelvoice.trace.LogEntry;
import java.time.Instant;

/** What happened to a callback, as it is written down. A callback has one number for good; numbers grow in the order in which callbacks came. */
public sealed interface CallbackEntry extends LogEntry {

    /**
     * A callback was taken.
     *
     * @param id by which receivers know it: the same with every attempt
     */
    record Queued(long number, String id, Callback callback, Instant at) implements CallbackEntry {
    }

    /** It was tried. */
    record Attempted(long number, Attempt attempt) implements CallbackEntry {
    }

    /**
     * Nothing more happens to it, unless somebody asks.
     *
     * @param state  delivered or given up
     * @param cause  why it was given up, null if it was delivered
     */
    record Settled(long number, CallbackState state, String cause, Instant at) implements CallbackEntry {

        public Settled {
            cause = Attempt.cut(cause);
        }
    }

    /** It was given up, and is tried once more as if it were new. */
    record Replayed(long number, Instant at) implements CallbackEntry {
    }
}
