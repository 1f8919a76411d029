package io.github.camelvoice.store.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link SpoolLog} keeps its files.
 *
 * @param folder       where they are; made if missing; one process at a time
 * @param segmentBytes size from which on a new segment file is begun
 * @param queueBytes   most bytes of entries in memory that are not on the disk yet; from half of it on there is trouble
 * @param reserveBytes free space below which there is trouble: it is left for the calls that are up
 * @param mostBytes    size of all segments from which on there is trouble
 * @param retention    how long calls are kept in the store, from their creation; null: for ever
 * @param pace         how often things are done
 */
public record SpoolOptions(Path folder, long segmentBytes, long queueBytes, long reserveBytes, long mostBytes, Duration retention, Pace pace) {

    private static final long MIB = 1024 * 1024;

    /**
     * @param gather       least time between two forcings for those who wait; a lonely one does not wait for it
     * @param force        longest time for which an entry is only in memory
     * @param feed         how often entries are brought to the store if nobody asks; a fourth as often under load
     * @param retry        longest pause between two attempts to reach the store; the disk is tried each second, or this often
     * @param slow         how long the disk or the store may take for one answer before that is trouble; so long, too, readers of a store in
     *                     trouble are kept waiting
     * @param purge        how often calls past their retention are looked for
     * @param close        how long closing may take for the disk, and as long again for the store
     * @param batchEntries most entries that the store gets at once
     * @param batchBytes   most bytes that the store gets at once, if it is more than one entry
     */
    public record Pace(Duration gather, Duration force, Duration feed, Duration retry, Duration slow, Duration purge, Duration close, int batchEntries,
                       int batchBytes) {

        public static final Pace DEFAULT = new Pace(Duration.ofMillis(25), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(4),
                Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(5), 5_000, (int) (4 * MIB));

        public Pace {
            if (batchEntries < 1 || batchBytes < 1) {
                throw new IllegalArgumentException("a batch has at least one entry");
            }
        }
    }

    public SpoolOptions {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(pace, "pace");
        if (segmentBytes < 1 || queueBytes < 1 || reserveBytes < 0 || mostBytes < segmentBytes) {
            throw new IllegalArgumentException("sizes of the spool: segment and queue at least 1, reserve at least 0, whole at least a segment");
        }
        if (retention != null && (retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException("retention must be positive: " + retention);
        }
    }

    /** Segments of 16 MiB, a queue of 64 MiB, 256 MiB in reserve, 8 GiB in all, 30 days of calls. */
    public static SpoolOptions in(Path folder) {
        return new SpoolOptions(folder, 16 * MIB, 64 * MIB, 256 * MIB, 8192 * MIB, Duration.ofDays(30), Pace.DEFAULT);
    }

    public SpoolOptions withSizes(long segment, long queue) {
        return new SpoolOptions(folder, segment, queue, reserveBytes, Math.max(mostBytes, segment), retention, pace);
    }

    public SpoolOptions withDisk(long reserve, long most) {
        return new SpoolOptions(folder, segmentBytes, queueBytes, reserve, most, retention, pace);
    }

    /** @param kept null: for ever */
    public SpoolOptions withRetention(Duration kept) {
        return new SpoolOptions(folder, segmentBytes, queueBytes, reserveBytes, mostBytes, kept, pace);
    }

    public SpoolOptions withPace(Pace other) {
        return new SpoolOptions(folder, segmentBytes, queueBytes, reserveBytes, mostBytes, retention, other);
    }
}
