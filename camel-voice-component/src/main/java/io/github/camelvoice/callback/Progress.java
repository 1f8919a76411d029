package io.github.camelvoice.callback;

import java.util.EnumMap;
import java.util.Map;

/** What can happen to a callback in memory: state and trigger give the next state. What is not in the table changes nothing. */
enum Progress {

    /** Not known to be on the disk. */
    WRITING,
    /** Waits for its turn: for those before it, and for a free slot. */
    READY,
    /** An attempt is being made. */
    CARRIED,
    /** Waits until its next attempt is due. */
    PAUSED,
    /** An attempt is being made, and it will be the last one. */
    DROPPING,
    /** Delivered, given up, dropped, or never written. */
    DONE;

    /** What happens. */
    enum Trigger {
        WRITTEN, LOST, TURN, DELIVERED, FAILED, EXPIRED, REFUSED, RETURNED, DUE, DROP
    }

    private static final Map<Progress, Map<Trigger, Progress>> TABLE = new EnumMap<>(Progress.class);

    static {
        put(WRITING, Trigger.WRITTEN, READY);
        put(WRITING, Trigger.LOST, DONE);
        put(WRITING, Trigger.DROP, DONE);
        put(READY, Trigger.TURN, CARRIED);
        put(READY, Trigger.DROP, DONE);
        put(CARRIED, Trigger.DELIVERED, DONE);
        put(CARRIED, Trigger.FAILED, PAUSED);
        put(CARRIED, Trigger.EXPIRED, DONE);
        put(CARRIED, Trigger.REFUSED, DONE);
        put(CARRIED, Trigger.RETURNED, READY);
        put(CARRIED, Trigger.DROP, DROPPING);
        put(PAUSED, Trigger.DUE, READY);
        put(PAUSED, Trigger.DROP, DONE);
        put(DROPPING, Trigger.DELIVERED, DONE);
        put(DROPPING, Trigger.FAILED, DONE);
        put(DROPPING, Trigger.EXPIRED, DONE);
        put(DROPPING, Trigger.REFUSED, DONE);
        put(DROPPING, Trigger.RETURNED, DONE);
    }

    private static void put(Progress from, Trigger trigger, Progress to) {
        TABLE.computeIfAbsent(from, state -> new EnumMap<>(Trigger.class)).put(trigger, to);
    }

    /** @return null if nothing changes */
    Progress after(Trigger trigger) {
        return TABLE.getOrDefault(this, Map.of()).get(trigger);
    }
}
