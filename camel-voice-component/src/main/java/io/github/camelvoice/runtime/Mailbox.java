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
 * <p>
 * A mailbox starts held: it takes tasks, and runs none before {@link #release}. So its owner can be wired up in peace while
 * others already know the mailbox.
 */
public final class Mailbox implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    /** How many tasks run before others of the pool get a turn. */
    private static final int BATCH = 16;

    private final Executor pool;
    private final String owner;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks not yet done; the one counted from the start is the first task, given by {@link #release}. */
    private final AtomicInteger pending = new AtomicInteger(1);
    private Runnable first;

    /** @param owner named in the log line of a task that failed, a call id as a rule */
    public Mailbox(Executor pool, String owner) {
        this.pool = pool;
        this.owner = owner;
    }

    /** Begins to run tasks, with {@code first} before any other. To be called once. */
    public void release(Runnable first) {
        this.first = first;
        submit();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            submit();
        }
    }

    /**
     * Runs the task on the caller's thread if the mailbox has nothing else to do, so that no thread need be woken; else like
     * {@link #execute}. For callers that are not on a mailbox or a SIP thread.
     */
    public void executeHere(Runnable task) {
        if (!pending.compareAndSet(0, 1)) {
            execute(task);
            return;
        }
        run(task);
        if (pending.decrementAndGet() != 0) {
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
            run(next());
            if (pending.decrementAndGet() == 0) {
                return;
            }
        }
        submit();
    }

    private Runnable next() {
        Runnable task = first;
        if (task == null) {
            return tasks.remove();
        }
        first = null;
        return task;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("[{}] a task failed", owner, failure);
        }
    }
}
