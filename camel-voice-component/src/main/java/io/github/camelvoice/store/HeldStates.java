package io.github.camelvoice.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States on their way into the log. Where the store takes nothing for so long that the log has {@value #MOST_WAITING} bytes, or the log takes
 * nothing, only the newest state of each instance is held here, until there is room again: states must not fill the disk that calls need. What is
 * held here dies with the process. Thread-safe; what is appended stays in order.
 */
final class HeldStates {

    /** Bytes in the log that are not in the store, from which on states are held back. */
    static final long MOST_WAITING = 1L << 30;
    private static final Logger LOG = LoggerFactory.getLogger(HeldStates.class);
    /** States between two looks at the log. */
    private static final int LOOK_EVERY = 64;

    private final FedLog log;
    private final long most;
    private final Map<String, Map<String, SubscriptionEntry.State>> states = new LinkedHashMap<>();
    private final Map<String, SubscriptionEntry.Told> told = new LinkedHashMap<>();
    private boolean holding;
    private int sinceLook;

    HeldStates(FedLog log) {
        this(log, MOST_WAITING);
    }

    HeldStates(FedLog log, long most) {
        this.log = log;
        this.most = most;
        log.onStored(this::flush);
    }

    /** What must not be held back. @return false if there was no room */
    synchronized boolean append(SubscriptionEntry entry) {
        return log.append(entry);
    }

    synchronized void keep(SubscriptionEntry.State state) {
        if (isHolding() || !log.append(state)) {
            hold();
            states.computeIfAbsent(state.id(), id -> new LinkedHashMap<>()).put(state.resource() + "\n" + state.instance(), state);
        }
    }

    synchronized void told(SubscriptionEntry.Told mark) {
        if (isHolding() || !log.append(mark)) {
            hold();
            told.put(mark.id(), mark);
        }
    }

    /** It is over: nothing of it needs to be kept. */
    synchronized void forget(String subscription) {
        states.remove(subscription);
        told.remove(subscription);
    }

    private boolean isHolding() {
        if (!holding && ++sinceLook >= LOOK_EVERY) {
            sinceLook = 0;
            if (log.figures().waitingBytes() > most) {
                hold();
            }
        }
        return holding;
    }

    private void hold() {
        if (!holding) {
            holding = true;
            LOG.warn("the store is far behind, or the log is full: of each state only the newest is held, in memory, until that is over");
        }
    }

    /** Brings what is held to the log, if there is room. */
    synchronized void flush() {
        if (!holding || log.trouble() != null || log.figures().waitingBytes() > most / 2) {
            return;
        }
        for (var all = states.values().iterator(); all.hasNext();) {
            var some = all.next();
            for (var each = some.values().iterator(); each.hasNext();) {
                if (!log.append(each.next())) {
                    return;
                }
                each.remove();
            }
            all.remove();
        }
        for (var marks = told.values().iterator(); marks.hasNext();) {
            if (!log.append(marks.next())) {
                return;
            }
            marks.remove();
        }
        holding = false;
        LOG.info("states are written down again");
    }
}
