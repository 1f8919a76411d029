package io.github.camelvoice.store.memory;

import io.github.camelvoice.trace.SipMessage;
import java.util.ArrayList;
import java.util.List;

/** The messages of one Call-ID in memory. Guarded by the store. */
final class HeldTrace {

    /** What a message takes on the heap beside its bytes, roughly. */
    static final int MESSAGE_BYTES = 160;

    final long number;
    final List<SipMessage> messages = new ArrayList<>();
    long bytes;
    /** Calls that point here: two where the engine calls itself. */
    int calls;
    boolean closed;

    HeldTrace(long number) {
        this.number = number;
    }
}
