package io.github.camelvoice.callback;

import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.runtime.Timers;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads callbacks from the store: those that an earlier run left, and those for which there was no room. One page at a time, on a thread of its
 * own; the rest is confined to the mailbox of the {@link Dispatcher}.
 */
final class Refill implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Refill.class);
    private static final int PAGE = 500;
    private static final long RETRY_SECONDS = 3;

    private final Outbox outbox;
    private final Mailbox mailbox;
    private final Timers timers;
    private final Receivers receivers;
    /** Takes what was read. */
    private final Consumer<StoredCallback> sink;
    private final Runnable after;
    private final ThreadPoolExecutor reader = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Threads.named("callback-reader"));
    /** Those that were settled while a page was being read, which may have them as waiting. */
    private final Set<Long> settledMeanwhile = new HashSet<>();
    private boolean reading;
    /** Callbacks of earlier runs have lower numbers. */
    private long firstOfRun;
    private long recoveredUpTo;
    private volatile boolean recovered;
    private long restored;
    private volatile String trouble;
    private volatile boolean closed;

    Refill(Outbox outbox, Mailbox mailbox, Timers timers, Receivers receivers, Consumer<StoredCallback> sink, Runnable after) {
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.timers = timers;
        this.receivers = receivers;
        this.sink = sink;
        this.after = after;
        reader.allowCoreThreadTimeOut(true);
    }

    /** Begins with what earlier runs left. */
    void recover(long first) {
        firstOfRun = first;
        turn();
    }

    /** There may be room again. */
    void turn() {
        if (reading || closed) {
            return;
        }
        if (!recovered) {
            read(null, recoveredUpTo, firstOfRun, Long.MAX_VALUE);
            return;
        }
        Receiver thirsty = receivers.thirsty();
        if (thirsty != null) {
            read(thirsty, thirsty.readUpTo, Long.MAX_VALUE, thirsty.lastSpilled);
        }
    }

    /** A page has nothing of this one that is worth having. */
    void settled(long number) {
        if (reading) {
            settledMeanwhile.add(number);
        }
    }

    /** Any thread: whether all that earlier runs left was read. */
    boolean isRecovered() {
        return recovered;
    }

    private void read(Receiver receiver, long from, long below, long lastKnown) {
        reading = true;
        settledMeanwhile.clear();
        outbox.stored().whenComplete((done, failure) -> {
            if (failure != null) {
                failed(failure);
                return;
            }
            try {
                reader.execute(() -> page(receiver, from, below, lastKnown));
            } catch (RejectedExecutionException shutDown) {
                LOG.debug("closed", shutDown);
            }
        });
    }

    private void page(Receiver receiver, long from, long below, long lastKnown) {
        try {
            List<StoredCallback> page = outbox.waiting(receiver == null ? null : receiver.name, from, below, PAGE);
            mailbox.execute(() -> take(receiver, page, lastKnown));
        } catch (IOException | RuntimeException unreadable) {
            failed(unreadable);
        }
    }

    private void failed(Throwable failure) {
        trouble = "callbacks in the store cannot be read: " + failure.getMessage();
        LOG.debug("callbacks in the store are read later", failure);
        timers.schedule(RETRY_SECONDS, TimeUnit.SECONDS, mailbox, () -> {
            reading = false;
            turn();
        });
    }

    private void take(Receiver receiver, List<StoredCallback> page, long lastKnown) {
        reading = false;
        trouble = null;
        boolean last = page.size() < PAGE;
        if (receiver == null) {
            page.forEach(this::restore);
            recoveredUpTo = page.isEmpty() ? recoveredUpTo : page.get(page.size() - 1).number();
            if (last) {
                endRecovery();
            }
        } else {
            boolean all = drink(receiver, page);
            if (all && last && receiver.readUpTo < lastKnown) {
                receiver.readUpTo = lastKnown;
            }
            if (receiver.readUpTo >= receiver.lastSpilled) {
                receivers.dry(receiver);
            }
        }
        after.run();
        turn();
    }

    private void endRecovery() {
        recovered = true;
        if (restored > 0) {
            LOG.info("{} callbacks that were not delivered when the process before this one stopped are taken up again", restored);
        }
    }

    private void restore(StoredCallback stored) {
        if (isStale(stored)) {
            return;
        }
        restored++;
        Receiver receiver = receivers.of(stored.callback());
        if (receiver.spilling || !receivers.hasRoom(receiver)) {
            receivers.spill(receiver, stored.number());
        } else {
            sink.accept(stored);
        }
    }

    private boolean isStale(StoredCallback stored) {
        return settledMeanwhile.contains(stored.number()) || receivers.item(stored.number()) != null;
    }

    /** @return whether there was room for all */
    private boolean drink(Receiver receiver, List<StoredCallback> page) {
        for (StoredCallback stored : page) {
            if (!isStale(stored)) {
                if (!receivers.hasRoom(receiver)) {
                    return false;
                }
                receiver.spilled--;
                sink.accept(stored);
            }
            receiver.readUpTo = stored.number();
        }
        return true;
    }

    /** In plain words why the store cannot be read, null if it can. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed = true;
        reader.shutdownNow();
    }
}
