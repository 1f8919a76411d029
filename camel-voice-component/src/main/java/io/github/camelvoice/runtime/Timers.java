package io.github.camelvoice.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Timers that fire on an executor of the caller, a call's mailbox as a rule. Thread-safe; the task itself must not block. */
public interface Timers {

    /** Runs {@code task} on {@code on} after the delay, unless cancelled. */
    Timer schedule(long delay, TimeUnit unit, Executor on, Runnable task);

    /** A timer that was set. */
    interface Timer {
        /** Idempotent. A task that is already queued on its executor may still run: tasks check their state. */
        void cancel();
    }
}
