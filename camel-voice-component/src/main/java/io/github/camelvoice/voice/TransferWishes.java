package io.github.camelvoice.voice;

import io.github.camelvoice.call.IncomingTransfer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Transfers that far ends asked for and nobody has decided about yet, by call. Thread-safe. */
final class TransferWishes {

    private final Map<String, IncomingTransfer> undecided = new ConcurrentHashMap<>();

    void add(IncomingTransfer wish) {
        undecided.put(wish.callId(), wish);
    }

    /** The decision is made, or is about to be. @return false if somebody was quicker */
    boolean take(IncomingTransfer wish) {
        return undecided.remove(wish.callId(), wish);
    }

    /** Null if there is none. */
    IncomingTransfer of(String callId) {
        return undecided.get(callId);
    }
}
