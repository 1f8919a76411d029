package io.github.camelvoice.store.spool;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments of the log by their first sequence number. The writer adds, the follower removes. Thread-safe. */
final class Segments {

    private final ConcurrentSkipListMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();

    void add(Segment segment) {
        byFirst.put(segment.first(), segment);
    }

    void remove(Segment segment) {
        byFirst.remove(segment.first(), segment);
    }

    /** The oldest, null if there is none. */
    Segment oldest() {
        return value(byFirst.firstEntry());
    }

    /** The one that follows it, null if there is none. */
    Segment after(Segment segment) {
        return value(byFirst.higherEntry(segment.first()));
    }

    private static Segment value(Map.Entry<Long, Segment> entry) {
        return entry == null ? null : entry.getValue();
    }

    int count() {
        return byFirst.size();
    }

    /** Size of them all. */
    long bytes() {
        long bytes = 0;
        for (Segment segment : byFirst.values()) {
            bytes += segment.end();
        }
        return bytes;
    }

    /** Size of those that begin before this sequence number. */
    long bytesBefore(long sequence) {
        long bytes = 0;
        for (Segment segment : byFirst.headMap(sequence).values()) {
            bytes += segment.end();
        }
        return bytes;
    }
}
