package io.github.camelvoice.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers on one thread that only hands over; a cancelled timer leaves the heap at once. */
public final class ScheduledTimers implements Timers, AutoCloseable {

    private static final Timer NEVER = () -> { };

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, Threads.named("timer"));

    public ScheduledTimers() {
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer schedule(long delay, TimeUnit unit, Executor on, Runnable task) {
        try {
            Future<?> future = scheduler.schedule(() -> on.execute(task), delay, unit);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException shutDown) {
            return NEVER;
        }
    }

    /** Timers that are set and not yet due; for leak checks and metrics. */
    public int pending() {
        return scheduler.getQueue().size();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
