package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.Own;
import io.github.camelvoice.trace.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets aside what the store refuses for good, in the file {@code rejected}, so that it does not hold up the rest. For one thread. */
final class Rejects {

    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);
    private static final int FIRST_LOGGED = 10;
    private static final long LOG_EVERY = TimeUnit.SECONDS.toNanos(10);
    private static final long MOST = 64L * 1024 * 1024;

    private final Path file;
    private final Frames frames;
    private final EngineClock clock;
    private long loggedAt;
    private volatile long count;

    Rejects(SpoolFolder folder, EngineClock clock) {
        this.clock = clock;
        this.file = folder.path().resolve("rejected");
        this.frames = new Frames(folder.marker());
    }

    void add(long sequence, LogEntry entry, Throwable why) {
        ByteBuffer record = ByteBuffer.allocate((int) EntryCodec.room(entry) + Frames.LEAST);
        frames.put(record, sequence, entry);
        String kept = keep(record);
        if (isToBeLogged()) {
            LOG.error("the store refuses an entry ({} {}), {}: {} ({} so far)", entry.getClass().getSimpleName(), entry.number(), kept,
                    Refusals.inWords(why), count);
        }
    }

    void add(long sequence, byte type, ByteBuffer payload, RuntimeException why) {
        ByteBuffer record = ByteBuffer.allocate(payload.remaining() + Frames.LEAST);
        frames.put(record, sequence, type, payload);
        String kept = keep(record);
        if (isToBeLogged()) {
            LOG.error("record {}: not an entry that this version knows, {}: {} ({} so far)", sequence, kept, why.getMessage(), count);
        }
    }

    /** The first few, and then one in ten seconds. */
    private boolean isToBeLogged() {
        long now = clock.nanos();
        if (count > FIRST_LOGGED && now - loggedAt < LOG_EVERY) {
            return false;
        }
        loggedAt = now;
        return true;
    }

    private String keep(ByteBuffer record) {
        count++;
        try (FileChannel out = Own.file(file)) {
            if (out.size() + record.position() > MOST) {
                return "not kept, " + file + " is full";
            }
            record.flip();
            for (long at = out.size(); record.hasRemaining();) {
                at += out.write(record, at);
            }
            out.force(true);
            return "set aside in " + file;
        } catch (IOException failure) {
            return "not kept, " + SpoolFolder.inWords(failure);
        }
    }

    long count() {
        return count;
    }
}
