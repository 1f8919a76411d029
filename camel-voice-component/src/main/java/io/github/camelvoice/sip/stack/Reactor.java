package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches JAIN-SIP's transactions, which are not safe for more: it reads UDP sockets, runs what others hand
 * over in the order of their calls, and fires the timers. A failure costs the task that failed, never the thread.
 */
final class Reactor implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);
    private static final int TASKS_PER_TURN = 256;
    private static final long LONGEST_SLEEP_MILLIS = 1000;

    private final EngineClock clock;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** True while a wake-up is under way or the thread is awake anyway: saves a system call per task. */
    private final AtomicBoolean awake = new AtomicBoolean(true);
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private long sequence;
    private volatile boolean stopped;

    /** Reads until nothing is left, or until others should have a turn. */
    interface Readable {
        void readable() throws IOException;
    }

    Reactor(EngineClock clock) throws IOException {
        this.clock = clock;
        this.selector = Selector.open();
        this.thread = Threads.named("sip").newThread(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs the task on the thread of this reactor, later. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!awake.get() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs it now if called on the thread of this reactor, else later. */
    void run(Runnable task) {
        if (isCurrent()) {
            guarded(task);
        } else {
            execute(task);
        }
    }

    /** Before {@link #start}, or on the thread of this reactor. */
    void watch(SelectableChannel channel, Readable reader) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, reader);
    }

    /** On the thread of this reactor alone. {@code periodMillis} 0: once. */
    Alarm schedule(Runnable task, long delayMillis, long periodMillis) {
        Alarm alarm = new Alarm(task, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(delayMillis), periodMillis, sequence++);
        alarms.add(alarm);
        return alarm;
    }

    /** How long it is until this alarm. */
    long millisUntil(Alarm alarm) {
        return TimeUnit.NANOSECONDS.toMillis(alarm.due - clock.nanos());
    }

    int alarms() {
        return alarms.size();
    }

    /** Ends the thread and waits for it, at most two seconds. */
    void stop() {
        stopped = true;
        selector.wakeup();
        if (!isCurrent()) {
            try {
                thread.join(2000);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!stopped) {
                turn();
            }
        } finally {
            closeQuietly();
        }
    }

    private void turn() {
        try {
            runTasks();
            long sleep = fireAlarms();
            awake.set(false);
            if (!tasks.isEmpty()) {
                awake.set(true);
                selector.selectNow(this::ready);
            } else {
                selector.select(this::ready, sleep);
                awake.set(true);
            }
        } catch (ClosedSelectorException closed) {
            stopped = true;
        } catch (IOException | RuntimeException | Error failure) {
            LOG.error("the SIP thread goes on after a failure", failure);
        }
    }

    private void ready(SelectionKey key) {
        awake.set(true);
        try {
            ((Readable) key.attachment()).readable();
        } catch (ClosedChannelException closed) {
            LOG.debug("a SIP socket was closed");
        } catch (IOException | RuntimeException | Error failure) {
            LOG.warn("reading a SIP socket failed: {}", failure.toString());
            LOG.debug("reading a SIP socket failed", failure);
        }
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    /** @return milliseconds until the next alarm, 1 or more */
    private long fireAlarms() {
        long now = clock.nanos();
        Alarm next = alarms.peek();
        while (next != null && next.due - now <= 0) {
            alarms.poll();
            if (!next.cancelled) {
                guarded(next.task);
                if (next.periodMillis > 0 && !next.cancelled) {
                    next.due = now + TimeUnit.MILLISECONDS.toNanos(next.periodMillis);
                    alarms.add(next);
                }
            }
            next = alarms.peek();
        }
        if (next == null) {
            return LONGEST_SLEEP_MILLIS;
        }
        return Math.min(LONGEST_SLEEP_MILLIS, Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.due - now)));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.error("a task of the SIP thread failed", failure);
        }
    }

    private void closeQuietly() {
        try {
            selector.close();
        } catch (IOException failure) {
            LOG.debug("closing the selector", failure);
        }
    }

    /** A timer that was set. */
    static final class Alarm implements Comparable<Alarm> {

        private final Runnable task;
        private final long periodMillis;
        private final long sequence;
        private long due;
        private boolean cancelled;

        private Alarm(Runnable task, long due, long periodMillis, long sequence) {
            this.task = task;
            this.due = due;
            this.periodMillis = periodMillis;
            this.sequence = sequence;
        }

        /** On the thread of the reactor. The entry leaves the queue when it comes due. */
        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Alarm other) {
            long difference = due - other.due;
            if (difference == 0) {
                difference = sequence - other.sequence;
            }
            return Long.signum(difference);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(sequence);
        }
    }
}
