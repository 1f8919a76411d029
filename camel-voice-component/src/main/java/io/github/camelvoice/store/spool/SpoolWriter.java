package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.LogEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that brings the queue to the disk, forces for all who wait at once, and watches the space. */
final class SpoolWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolWriter.class);
    private static final long LONGEST_RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long LOST_LOG_EVERY = TimeUnit.SECONDS.toNanos(10);
    private static final long MOST_DEAF = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MOST_WAITING = 100_000;

    private final Inbox inbox;
    private final Bell bell;
    private final SegmentWriter out;
    private final SpoolFollower follower;
    private final SpaceWatch space;
    private final EngineClock clock;
    private final String folder;
    private final long gather;
    private final long forceEvery;
    private final long retry;
    private final long slow;

    private final ArrayDeque<Inbox.Mark> waiting = new ArrayDeque<>();
    private long committedAt;
    private long retryAt;
    private long fileSeenAt;
    private boolean failing;
    private long lostLogged;
    private long lostLoggedAt;

    private volatile String failure;
    private volatile long busySince;
    private volatile long deadline;
    private volatile long commits;

    SpoolWriter(Inbox inbox, Bell bell, SegmentWriter out, SpoolFollower follower, SpaceWatch space, EngineClock clock, SpoolOptions options) {
        this.inbox = inbox;
        this.bell = bell;
        this.out = out;
        this.follower = follower;
        this.space = space;
        this.clock = clock;
        this.folder = options.folder().toString();
        this.gather = options.pace().gather().toNanos();
        this.forceEvery = options.pace().force().toNanos();
        this.retry = Math.min(LONGEST_RETRY, options.pace().retry().toNanos());
        this.slow = options.pace().slow().toNanos();
        this.committedAt = clock.nanos() - gather - forceEvery;
        this.fileSeenAt = clock.nanos();
        this.lostLoggedAt = clock.nanos() - LOST_LOG_EVERY;
    }

    @Override
    public void run() {
        while (!isDone()) {
            try {
                round();
            } catch (RuntimeException | Error bug) {
                LOG.error("{}: writing goes on after a failure", folder, bug);
                bell.sleep(retry);
            }
        }
        out.close();
        abandonRest();
    }

    private void round() {
        boolean more = drain();
        long now = clock.nanos();
        boolean gathering = !waiting.isEmpty();
        if (isDue(now, more)) {
            commit();
            now = clock.nanos();
        }
        space.look(now);
        lookForFile(now);
        follower.watch();
        logLost(now);
        if (failing) {
            LockSupport.parkNanos(this, Math.min(retryAt - now, MOST_DEAF));
        } else if (gathering && !more) {
            bell.nap(committedAt + gather - now);
        } else if (!more) {
            bell.sleep(Math.min(forceEvery, space.every()));
        }
    }

    private void lookForFile(long now) {
        if (now - fileSeenAt >= space.every()) {
            fileSeenAt = now;
            if (out.leaveDeleted()) {
                LOG.error("somebody deletes files of the log in {}: what the store has not got of them is lost; a new one is begun",
                        folder);
            }
        }
    }

    /** @return whether something is left because the buffer is full */
    private boolean drain() {
        for (Object item = inbox.peek(); item != null; item = inbox.peek()) {
            if (item instanceof Inbox.Mark mark) {
                if (waiting.size() >= MOST_WAITING) {
                    return true;
                }
                waiting.add(mark);
            } else if (item instanceof LogEntry entry) {
                if (!out.hasRoom(entry)) {
                    return true;
                }
                put(entry);
            }
            inbox.take(item);
        }
        return false;
    }

    private void put(LogEntry entry) {
        try {
            out.put(entry);
        } catch (RuntimeException unwritable) {
            inbox.lose();
            LOG.error("{} {}: an entry cannot be written and is lost", entry.getClass().getSimpleName(), entry.number(), unwritable);
        }
    }

    private boolean isDue(long now, boolean full) {
        if (failing) {
            return now - retryAt >= 0;
        }
        if (full || inbox.isClosed()) {
            return true;
        }
        if (!waiting.isEmpty()) {
            return out.isEmpty() || now - committedAt >= gather;
        }
        return !out.isEmpty() && now - committedAt >= forceEvery;
    }

    private void commit() {
        busySince = clock.nanos() | 1;
        try {
            if (!out.isEmpty()) {
                out.commit();
                commits++;
            }
            if (failing) {
                failing = false;
                failure = null;
                LOG.info("{} can be written again", folder);
            }
            release();
        } catch (IOException refused) {
            failure = "the spool cannot write to " + folder + ": " + SpoolFolder.inWords(refused);
            if (!failing) {
                failing = true;
                LOG.error("{}; new calls are refused, writing is tried again", failure);
            }
            retryAt = clock.nanos() + retry;
        } finally {
            busySince = 0;
            committedAt = clock.nanos();
        }
    }

    private void release() {
        for (Inbox.Mark mark = waiting.poll(); mark != null; mark = waiting.poll()) {
            if (mark.forStore()) {
                follower.ask(out.last(), mark.future());
            } else {
                mark.future().complete(null);
            }
        }
    }

    private void logLost(long now) {
        long lost = inbox.lost();
        if (lost > lostLogged && now - lostLoggedAt >= LOST_LOG_EVERY) {
            LOG.error("{}: {} entries were lost, {} since the start: {}", folder, lost - lostLogged, lost,
                    failure == null ? "they came faster than the disk takes them, or were too large" : failure);
            lostLogged = lost;
            lostLoggedAt = now;
        }
    }

    /** Nothing is taken any more; ends when all is written, or after this time. */
    void finish(long nanos) {
        deadline = clock.nanos() + nanos | 1;
        inbox.close();
    }

    private boolean isDone() {
        if (!inbox.isClosed() || deadline == 0) {
            return false;
        }
        return inbox.peek() == null && out.isEmpty() && waiting.isEmpty() || clock.nanos() - deadline >= 0;
    }

    private void abandonRest() {
        StoreException late = Inbox.closed();
        inbox.end();
        if (!out.isEmpty()) {
            LOG.error("{}: closed with {} entries that could not be written: {}", folder, out.buffered(), failure);
            for (long i = out.buffered(); i > 0; i--) {
                inbox.lose();
            }
        }
        waiting.forEach(mark -> mark.future().completeExceptionally(late));
        for (Object item = inbox.peek(); item != null; item = inbox.peek()) {
            inbox.take(item);
            if (item instanceof Inbox.Mark mark) {
                mark.future().completeExceptionally(late);
            } else {
                inbox.lose();
            }
        }
        logLost(clock.nanos() + LOST_LOG_EVERY);
    }

    /** In plain words why the disk cannot be written, null if it can. */
    String trouble() {
        String words = failure;
        if (words != null) {
            return words;
        }
        long since = busySince;
        if (since != 0 && clock.nanos() - since > slow) {
            return "the disk of " + folder + " has not answered for " + clock.millisSince(since) / 1000 + " s";
        }
        return space.trouble();
    }

    /** How often the disk was forced. */
    long commits() {
        return commits;
    }
}
