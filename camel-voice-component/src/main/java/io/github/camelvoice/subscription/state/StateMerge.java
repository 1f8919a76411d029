package io.github.camelvoice.subscription.state;

/** What became of a body. */
public sealed interface StateMerge {

    /**
     * It is part of the state now.
     *
     * @param full    the whole state
     * @param changed what is new in it: of the same type
     * @param isNew   whether anything differs from before: the answer to a refresh often says what was known
     */
    record Applied(EventState full, EventState changed, boolean isNew) implements StateMerge {
    }

    /** Older than what is known; nothing was done. */
    record Stale(long version) implements StateMerge {
    }

    /** Partial state whose base is not known: full state must be asked for. Nothing was done. */
    record Gap(long expected, long version) implements StateMerge {
    }

    /** It could not be read. @param why fit for people, without the body's text */
    record Broken(String why) implements StateMerge {
    }
}
