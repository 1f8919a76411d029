package io.github.camelvoice.callback;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** Somebody to whom callbacks go, and what of them is in memory. Confined to the mailbox of its {@link Dispatcher}. */
final class Receiver {

    final String name;
    final Map<String, Lane> lanes = new HashMap<>();
    /** Lanes whose first callback is ready. */
    final ArrayDeque<Lane> ready = new ArrayDeque<>();
    /** Callbacks in memory. */
    int held;
    /** Attempts that are being made. */
    int busy;
    /** Whether those that come are left in the store. */
    boolean spilling;
    /** Number up to which all that were left in the store have been read. */
    long readUpTo;
    /** Number of the last one that was left in the store, and how many. */
    long lastSpilled;
    long spilled;

    Receiver(String name) {
        this.name = name;
    }

    /** Whether it can be forgotten. */
    boolean isIdle() {
        return held == 0 && busy == 0 && !spilling;
    }

    void spill(long number) {
        if (!spilling) {
            spilling = true;
            readUpTo = number - 1;
        }
        lastSpilled = Math.max(lastSpilled, number);
        spilled++;
    }
}
