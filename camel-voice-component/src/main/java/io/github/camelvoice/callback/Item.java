package io.github.camelvoice.callback;

import io.github.camelvoice.runtime.Timers;
import java.time.Instant;

/** A callback in memory. Confined to the mailbox of its {@link Dispatcher}. */
final class Item {

    /** What one takes in memory beside its body, roughly. */
    private static final int OVERHEAD = 1_000;

    final long number;
    final String id;
    final Callback callback;
    final Instant at;
    /** Monotonic time at which its time began to run. */
    final long since;
    Progress progress = Progress.WRITING;
    int tried;
    /** Failures since it came, or was read again. */
    int failures;
    Lane lane;
    Instant attemptAt;
    long attemptNanos;
    Timers.Timer timer;

    Item(long number, String id, Callback callback, Instant at, long since, int tried) {
        this.number = number;
        this.id = id;
        this.callback = callback;
        this.at = at;
        this.since = since;
        this.tried = tried;
    }

    int bytes() {
        return callback.body().length + OVERHEAD;
    }

    void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Fit for a log. */
    @Override
    public String toString() {
        return callback.kind() + " callback " + id + " to " + callback.receiver();
    }
}
