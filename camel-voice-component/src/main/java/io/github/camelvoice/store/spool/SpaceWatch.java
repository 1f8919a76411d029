package io.github.camelvoice.store.spool;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks each second whether the disk has room, and whether the log has grown past its bound. */
final class SpaceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final long MIB = 1024 * 1024;

    private final Disk disk;
    private final Segments segments;
    private final SpoolOptions options;
    private final long every;
    private long lookedAt;
    private boolean looked;
    private volatile String trouble;

    SpaceWatch(Disk disk, Segments segments, SpoolOptions options) {
        this.disk = disk;
        this.segments = segments;
        this.options = options;
        this.every = Math.min(LONGEST, options.pace().feed().toNanos());
    }

    /** Nanoseconds between two looks. */
    long every() {
        return every;
    }

    void look(long now) {
        if (looked && now - lookedAt < every) {
            return;
        }
        looked = true;
        lookedAt = now;
        String before = trouble;
        String found = find(before != null);
        trouble = found;
        if (before == null && found != null) {
            LOG.error("{}; new calls are refused", found);
        } else if (before != null && found == null) {
            LOG.info("{}: there is room again", options.folder());
        }
    }

    /** @param strict whether a little more is asked, so that it does not change to and fro */
    private String find(boolean strict) {
        long size = segments.bytes();
        if (size > (strict ? options.mostBytes() / 16 * 15 : options.mostBytes())) {
            return "the spool in " + options.folder() + " has grown to " + size / MIB + " MiB, because the store does not take its entries";
        }
        try {
            long free = disk.free(options.folder());
            if (free < (strict ? options.reserveBytes() / 16 * 17 : options.reserveBytes())) {
                return "the disk of " + options.folder() + " has only " + free / MIB + " MiB free, " + options.reserveBytes() / MIB
                        + " MiB are kept in reserve";
            }
        } catch (IOException failure) {
            return "the disk of " + options.folder() + " does not say how much space is free: " + SpoolFolder.inWords(failure);
        }
        return null;
    }

    String trouble() {
        return trouble;
    }
}
