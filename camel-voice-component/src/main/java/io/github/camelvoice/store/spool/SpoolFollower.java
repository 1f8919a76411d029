package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that reads the log and brings it to the store, and after that ends what an earlier run left open, and deletes what is too old. */
final class SpoolFollower implements Runnable, Feeder.Stop {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolFollower.class);
    private static final long READ_RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_ASKING = 10_000;
    /** Entries of one turn from which on there is load: some 50 calls a second. */
    private static final int BUSY = 500;
    private static final int STRETCH = 4;

    private record Asking(long sequence, CompletableFuture<Void> future) {
    }

    private final Bell bell = new Bell();
    private final Segments segments;
    private final Inbox inbox;
    private final EngineClock clock;
    private final String source;
    private final long run;
    private final Instant startedAt;
    private final long feedEvery;
    private final SpoolCursor cursor;
    private final Rejects rejects;
    private final Feeder feeder;
    private final Retention retention;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Those who wait for the store, by sequence number; guarded by itself. */
    private final ArrayDeque<Asking> asking = new ArrayDeque<>();
    private Orphans orphans;
    private int fedSinceRest;
    private int stretch = 1;
    private boolean replayed;
    private volatile long fed;
    private volatile boolean stopping;
    private volatile long deadline;

    /** @param run first number of this run: what is below is of earlier ones */
    SpoolFollower(CallStore store, SpoolFolder folder, Segments segments, Recent recent, Inbox inbox, EngineClock clock, SpoolOptions options,
                  long run) {
        this.segments = segments;
        this.inbox = inbox;
        this.clock = clock;
        this.source = folder.source();
        this.run = run;
        this.startedAt = clock.now();
        this.feedEvery = options.pace().feed().toNanos();
        this.rejects = new Rejects(folder, clock);
        this.cursor = new SpoolCursor(segments, recent, rejects, folder.marker(), options.pace());
        this.feeder = new Feeder(store, source, rejects, this, clock, options.pace(), this::fed);
        this.retention = new Retention(options, feeder, clock);
    }

    @Override
    public void run() {
        try {
            Long position = feeder.ask(store -> store.position(source));
            if (position != null) {
                startAfter(position);
                while (!isNow()) {
                    step();
                }
            }
        } finally {
            abandon();
            closeCursor();
        }
    }

    private void startAfter(long position) {
        if (position >= run) {
            LOG.error("the store has had {} from this log, which begins at {} now: files of the spool were lost, or the clock went back",
                    position, run);
            feeder.distrust(position);
        }
        cursor.startAfter(Math.min(position, run - 1));
    }

    private void step() {
        try {
            if (orphans != null && orphans.append(entry -> !inbox.isHalfFull() && !inbox.isClosed() && inbox.offer(entry))) {
                orphans = null;
            }
            boolean more = feed();
            if (stopping) {
                if (!more) {
                    deadline = clock.nanos();
                }
                return;
            }
            retention.turn();
            if (!more) {
                rest();
            }
        } catch (IOException unreadable) {
            LOG.error("the spool cannot be read, next attempt in a second: {}", SpoolFolder.inWords(unreadable));
            pause(READ_RETRY);
        } catch (RuntimeException | Error bug) {
            LOG.error("feeding the store goes on after a failure", bug);
            pause(READ_RETRY);
        }
    }

    /** Under load the store is fed less often: most calls come to it in one piece then, which is half the work for it. */
    private void rest() {
        stretch = fedSinceRest >= BUSY * stretch ? STRETCH : 1;
        fedSinceRest = 0;
        bell.sleep(feedEvery * stretch);
    }

    /** @return whether there may be more at once */
    private boolean feed() throws IOException {
        Batch batch = cursor.read(replayed ? Long.MAX_VALUE : run);
        if (batch == null) {
            if (!replayed) {
                return endReplay();
            }
            fed(cursor.last());
            return false;
        }
        fedSinceRest += batch.size();
        if (feeder.deliver(batch)) {
            tellListeners();
        }
        return batch.isFull() || !replayed;
    }

    private boolean endReplay() {
        List<CallStore.LiveTrace> live = feeder.ask(store -> store.live(source));
        if (live == null) {
            return false;
        }
        orphans = new Orphans(live, startedAt);
        replayed = true;
        fed(run - 1);
        return true;
    }

    private void fed(long sequence) {
        if (sequence == cursor.last()) {
            cursor.delivered();
        }
        fed = Math.max(fed, sequence);
        while (true) {
            CompletableFuture<Void> future;
            synchronized (asking) {
                if (asking.isEmpty() || asking.peek().sequence() > fed) {
                    return;
                }
                future = asking.poll().future();
            }
            future.complete(null);
        }
    }

    private void tellListeners() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException bug) {
                LOG.error("a listener of the log failed", bug);
            }
        }
    }

    /** Completes the future when all up to this record is in the store, at once if it is; fails it while the store is long in trouble. */
    void ask(long sequence, CompletableFuture<Void> future) {
        String refused = null;
        synchronized (asking) {
            if (fed < sequence) {
                refused = feeder.isLongInTrouble() ? feeder.trouble() : asking.size() >= MOST_ASKING ? "too many wait for the store" : null;
                if (refused == null) {
                    asking.add(new Asking(sequence, future));
                }
            } else {
                sequence = -1;
            }
        }
        if (refused != null) {
            future.completeExceptionally(new StoreException(refused, null));
        } else if (sequence == -1) {
            future.complete(null);
        } else {
            bell.ring();
        }
    }

    /** Sends those away who wait in vain. Called from time to time by another thread. */
    void watch() {
        if (feeder.isLongInTrouble()) {
            failAsking(feeder.trouble());
        }
    }

    /** Nobody needs to wait any longer. */
    void abandon() {
        failAsking("the log was closed before the store had it");
    }

    private void failAsking(String why) {
        Asking[] vain;
        synchronized (asking) {
            if (asking.isEmpty()) {
                return;
            }
            vain = asking.toArray(new Asking[0]);
            asking.clear();
        }
        StoreException failure = new StoreException(why, null);
        for (Asking one : vain) {
            one.future().completeExceptionally(failure);
        }
    }

    private void closeCursor() {
        try {
            cursor.close();
        } catch (IOException failure) {
            LOG.debug("not closed", failure);
        }
    }

    void onStored(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends when the store has all that was written, or after this time. */
    void finish(long nanos) {
        deadline = clock.nanos() + nanos;
        stopping = true;
        bell.ring();
    }

    @Override
    public boolean isNow() {
        return stopping && clock.nanos() - deadline >= 0;
    }

    @Override
    public boolean pause(long nanos) {
        long until = clock.nanos() + nanos;
        for (long left = nanos; left > 0 && !isNow(); left = until - clock.nanos()) {
            bell.sleep(stopping ? Math.min(left, deadline - clock.nanos()) : left);
        }
        return !isNow();
    }

    String storeTrouble() {
        return feeder.trouble();
    }

    /** Entries of this run that were brought to the store. */
    long fedOfRun() {
        return Math.max(0, fed - run + 1);
    }

    long waitingBytes() {
        return Math.max(0, segments.bytes() - cursor.done());
    }

    /** Bytes that earlier runs left and that are not in the store. */
    long waitingBytesOfOld() {
        return replayed ? 0 : Math.max(0, segments.bytesBefore(run) - cursor.done());
    }

    long damages() {
        return cursor.damages();
    }

    long rejected() {
        return rejects.count();
    }
}
