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

    /**
     * Partial state, and something before it was not heard: full state must be asked for. What it says was taken (RFC 3680, section 5.2; RFC 4235,
     * section 4.3; RFC 4575, section 4.6), so that the next one is not a gap too.
     *
     * @param expected the version that was to come, -1 where there was no state
     * @param version  the one that came
     * @param full     what is known now; it may lack what was lost
     * @param changed  what is new in it
     * @param isNew    whether anything differs from before
     */
    record Gap(long expected, long version, EventState full, EventState changed, boolean isNew) implements StateMerge {
    }

    /** It could not be read; nothing was done. @param why fit for people, without the body's text */
    record Broken(String why) implements StateMerge {
    }
}
