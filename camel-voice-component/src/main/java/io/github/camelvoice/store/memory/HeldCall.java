package io.github.camelvoice.store.memory;

import io.github.camelvoice.store.PageKey;
import io.github.camelvoice.trace.CallRecord;

/** A call in memory. Guarded by the store. */
final class HeldCall {

    /** What a call takes on the heap beside its messages, roughly. */
    static final int BYTES = 1200;

    final PageKey key;
    final String source;
    final HeldTrace trace;
    CallRecord call;
    long dropped;
    /** Number of its end at its source, 0 while it lives. */
    long ended;

    HeldCall(PageKey key, String source, HeldTrace trace, CallRecord call) {
        this.key = key;
        this.source = source;
        this.trace = trace;
        this.call = call;
    }

    PageKey key() {
        return key;
    }
}
