package io.github.camelvoice.sip.leg;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The live legs. Our tag names a leg: it is random, 64 bits, and made by us, so one map serves all dialogs of a leg (the far
 * end's tag and the Call-ID are compared by the leg). Thread-safe.
 */
public final class LegTable {

    private final ConcurrentMap<String, Leg> byTag = new ConcurrentHashMap<>();
    private final LongAdder unknown = new LongAdder();

    void add(String tag, Leg leg) {
        byTag.put(tag, leg);
    }

    void remove(String tag) {
        byTag.remove(tag);
    }

    Leg find(String tag) {
        return tag == null ? null : byTag.get(tag);
    }

    public void countUnknown() {
        unknown.increment();
    }

    /** Legs that are not closed. */
    public int live() {
        return byTag.size();
    }

    /** Requests so far that named a dialog that is not (481). */
    public long unknownDialogs() {
        return unknown.sum();
    }
}
