package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.TraceEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets aside what the store refuses for good, in the file {@code rejected}, so that it does not hold up the rest. For one thread. */
final class Rejects {

    private static final Logger LOG = LoggerFactory.getLogger(Rejects.class);
    private static final long MOST = 64L * 1024 * 1024;

    private final Path file;
    private final Frames frames;
    private volatile long count;

    Rejects(SpoolFolder folder) {
        this.file = folder.path().resolve("rejected");
        this.frames = new Frames(folder.marker());
    }

    void add(long sequence, TraceEntry entry, Throwable why) {
        ByteBuffer record = ByteBuffer.allocate((int) EntryCodec.room(entry) + Frames.LEAST);
        frames.put(record, sequence, entry);
        LOG.error("trace {}: the store refuses an entry ({}), {}: {}", entry.trace(), entry.getClass().getSimpleName(), keep(record),
                Refusals.inWords(why));
    }

    void add(long sequence, byte type, ByteBuffer payload, RuntimeException why) {
        ByteBuffer record = ByteBuffer.allocate(payload.remaining() + Frames.LEAST);
        frames.put(record, sequence, type, payload);
        LOG.error("record {}: not an entry that this version knows, {}: {}", sequence, keep(record), why.getMessage());
    }

    private String keep(ByteBuffer record) {
        count++;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
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
