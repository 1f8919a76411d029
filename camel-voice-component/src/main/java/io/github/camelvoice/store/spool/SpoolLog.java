package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import io.github.camelvoice.store.ArchiveFigures;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.FedLog;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.LogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable local log. Appending puts an entry into a queue; a writer thread writes and forces it, for all who wait at once and twice a second
 * at least; a follower thread brings it to the store. The position that the store keeps is the sequence number of the last record that it has:
 * records are numbered upwards for good, over restarts and clocks that go back, so that none is taken twice.
 *
 * <p>While the disk cannot be written, {@link #durable} stays open and {@link #trouble} says why. While the store has been in trouble for longer
 * than 5 s, {@link #stored} fails at once.
 */
public final class SpoolLog implements FedLog {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolLog.class);

    private final CallStore store;
    private final SpoolOptions options;
    private final EngineClock clock;
    private final Disk disk;
    private final Bell bell = new Bell();
    private final Inbox inbox;
    private final AtomicLong nextTrace = new AtomicLong();
    private final List<Runnable> early = new ArrayList<>();

    private volatile Running running;
    private boolean closed;

    private record Running(SpoolFolder folder, Segments segments, SpoolWriter writer, SpoolFollower follower, Thread writing, Thread following,
                           Recovery recovery, long oldBytes) {
    }

    /** @param store is fed, and stays its owner's to close */
    public SpoolLog(CallStore store, SpoolOptions options, EngineClock clock) {
        this(store, options, clock, Disk.REAL);
    }

    SpoolLog(CallStore store, SpoolOptions options, EngineClock clock, Disk disk) {
        this.store = Objects.requireNonNull(store, "store");
        this.options = options;
        this.clock = clock;
        this.disk = disk;
        this.inbox = new Inbox(options.queueBytes(), bell);
    }

    @Override
    public synchronized void start() throws StoreException {
        if (running != null || closed) {
            throw new IllegalStateException("a log is started once");
        }
        SpoolFolder folder = SpoolFolder.open(options.folder());
        try {
            Segments segments = new Segments();
            // Under load the store is fed seldom: what waits that long is cheaper read again than kept through collections.
            Recent recent = new Recent(options.queueBytes() / 64);
            Recovery recovery = Recovery.of(folder, segments);
            long run = folder.numbers(clock.now().toEpochMilli(), recovery.last());
            long oldBytes = segments.bytes();
            nextTrace.set(run);
            SpoolFollower follower = new SpoolFollower(store, folder, segments, recent, inbox, clock, options, run);
            early.forEach(follower::onStored);
            SpaceWatch space = new SpaceWatch(disk, segments, options);
            space.look(clock.nanos());
            SegmentWriter out = new SegmentWriter(disk, folder, segments, recent, options.segmentBytes(), run);
            SpoolWriter writer = new SpoolWriter(inbox, bell, out, follower, space, clock, options);
            Thread writing = Threads.named("log-writer").newThread(writer);
            Thread following = Threads.named("log-follower").newThread(follower);
            running = new Running(folder, segments, writer, follower, writing, following, recovery, oldBytes);
            writing.start();
            following.start();
        } catch (IOException unreadable) {
            folder.close();
            throw new StoreException("the spool folder " + options.folder() + " cannot be used: " + SpoolFolder.inWords(unreadable), unreadable);
        }
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the log has not been started");
        }
        return now;
    }

    @Override
    public String source() {
        return running().folder().source();
    }

    @Override
    public long nextTrace() {
        running();
        return nextTrace.getAndIncrement();
    }

    @Override
    public boolean append(LogEntry entry) {
        return inbox.offer(entry);
    }

    @Override
    public CompletionStage<Void> durable() {
        return inbox.mark(false);
    }

    @Override
    public CompletionStage<Void> stored() {
        return inbox.mark(true);
    }

    @Override
    public synchronized void onStored(Runnable listener) {
        if (running == null) {
            early.add(listener);
        } else {
            running.follower().onStored(listener);
        }
    }

    @Override
    public String trouble() {
        Running now = running;
        if (now == null) {
            return "the log of calls has not been started";
        }
        String words = now.writer().trouble();
        if (words == null && inbox.isHalfFull()) {
            words = "the disk of " + options.folder() + " is slower than the calls: " + inbox.bytes() + " bytes are waiting to be written";
        }
        return words;
    }

    @Override
    public ArchiveFigures figures() {
        Running now = running;
        if (now == null) {
            return new ArchiveFigures(inbox.accepted(), inbox.bytes(), inbox.lost(), trouble(), null);
        }
        SpoolFollower follower = now.follower();
        long old = follower.waitingBytesOfOld();
        long oldEntries = old == 0 ? 0 : Math.max(1, now.recovery().entries() * old / Math.max(1, now.oldBytes()));
        long entries = oldEntries + Math.max(0, inbox.accepted() - follower.fedOfRun());
        return new ArchiveFigures(entries, follower.waitingBytes() + inbox.bytes(), inbox.lost(), trouble(), follower.storeTrouble());
    }

    /** How often the disk was forced since the start. */
    public long forced() {
        return running().writer().commits();
    }

    /** Entries that the store refused for good since the start; they are in the file {@code rejected}. */
    public long rejected() {
        return running().follower().rejected();
    }

    /** Places where the files were damaged and passed over, since the start. */
    public long damages() {
        return running().follower().damages();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Running now = running;
        if (now == null) {
            inbox.close();
            return;
        }
        long limit = options.pace().close().toNanos();
        now.writer().finish(limit);
        join(now.writing(), limit);
        now.follower().finish(limit);
        join(now.following(), limit);
        now.follower().abandon();
        now.folder().close();
    }

    /** A little longer than the limit that the thread has itself. */
    private static void join(Thread thread, long limit) {
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(limit) + 500);
            if (thread.isAlive()) {
                LOG.warn("{} does not come back from the disk or the database; the log is closed without it", thread.getName());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
