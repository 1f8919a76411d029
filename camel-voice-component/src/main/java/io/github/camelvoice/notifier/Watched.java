package io.github.camelvoice.notifier;

import java.util.ArrayDeque;
import java.util.Deque;

/** One resource in one subscription. Told of changes on any thread; the rest belongs to the mailbox of its watcher. */
final class Watched {

    /** Reports that may wait for a slow watcher. */
    private static final int MOST_REPORTS = 100;

    private final Watcher watcher;
    private final String uri;
    private final ResourceKey key;
    private final String refusal;
    private final Deque<Body> reports = new ArrayDeque<>(0);
    private volatile boolean dirty = true;
    private long version;

    /** @param uri as the watcher has it; @param refusal why it is not told: a reason of RFC 6665, section 4.1.3, null if it is */
    Watched(Watcher watcher, String uri, ResourceKey key, String refusal) {
        this.watcher = watcher;
        this.uri = uri;
        this.key = key;
        this.refusal = refusal;
    }

    String uri() {
        return uri;
    }

    ResourceKey key() {
        return key;
    }

    String refusal() {
        return refusal;
    }

    void changed() {
        dirty = true;
        watcher.poke();
    }

    void reported(Body report) {
        boolean dropped;
        synchronized (reports) {
            dropped = reports.size() >= MOST_REPORTS;
            if (dropped) {
                reports.remove();
            }
            reports.add(report);
        }
        if (dropped) {
            watcher.dropped();
        }
        changed();
    }

    /** There is no news any more: what is read of the state from now on is told. */
    void takeDirty() {
        dirty = false;
    }

    void markDirty() {
        dirty = true;
    }

    /** The oldest report that was not told, null if there is none; there is news while there are more. */
    Body takeReport() {
        synchronized (reports) {
            Body first = reports.poll();
            if (!reports.isEmpty()) {
                dirty = true;
            }
            return first;
        }
    }

    boolean isDirty() {
        return dirty;
    }

    /** Counts the documents of this resource in this subscription, from 0. */
    long nextVersion() {
        return version++;
    }
}
