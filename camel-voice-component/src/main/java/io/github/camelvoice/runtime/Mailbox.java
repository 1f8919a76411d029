package io.github.camelvoice.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in the order of their arrival, on threads of a shared pool: the single writer of one call's
 * state, without a thread of its own and without a lock. A task that throws is logged and the next one runs.
 */
public final class Mailbox implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    /** How many tasks run before others of the pool get a turn. */
    private static final int BATCH = 16;

    private final Executor pool;
    private final String owner;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** @param owner named in the log line of a task that failed, a call id as a rule */
    public Mailbox(Executor pool, String owner) {
        this.pool = pool;
        this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            pool.execute(this::drain);
        } catch (RejectedExecutionException shutDown) {
            LOG.debug("[{}] a task came after shutdown", owner);
        }
    }

    /** A task is added before it is counted: as long as the count is above zero there is one to take. */
    private void drain() {
        for (int turn = 0; turn < BATCH; turn++) {
            run(tasks.remove());
            if (pending.decrementAndGet() == 0) {
                return;
            }
        }
        submit();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("[{}] a task failed", owner, failure);
        }
    }
}
