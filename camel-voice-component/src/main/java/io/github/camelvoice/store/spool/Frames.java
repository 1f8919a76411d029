package io.github.camelvoice.store.spool;

import io.github.camelvoice.trace.LogEntry;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record in a segment: marker (4 bytes), CRC32C of all that follows (4), length of what follows (4), sequence number (8), type (1), payload.
 * The marker is one of the log's own, drawn at random: what comes in from the network cannot look like a record, even where a damaged
 * record is searched for the next one.
 */
final class Frames {

    /** Bytes before the sequence number. */
    static final int HEAD = 12;
    /** Bytes before the payload, which is the least size of a record. */
    static final int LEAST = HEAD + 9;
    /** Most bytes of one record. */
    static final int MOST = 8 * 1024 * 1024;

    private final int marker;
    private final CRC32C crc = new CRC32C();

    Frames(int marker) {
        this.marker = marker;
    }

    int marker() {
        return marker;
    }

    /** Appends a record; there must be room for {@link EntryCodec#room} plus {@link #LEAST}. */
    void put(ByteBuffer out, long sequence, LogEntry entry) {
        int start = out.position();
        try {
            out.putInt(marker).putLong(0).putLong(sequence).put(EntryCodec.type(entry));
            EntryCodec.encode(entry, out);
            seal(out, start);
        } catch (RuntimeException unwritable) {
            out.limit(out.capacity()).position(start);
            throw unwritable;
        }
    }

    /** Appends a record whose payload is bytes already. */
    void put(ByteBuffer out, long sequence, byte type, ByteBuffer payload) {
        int start = out.position();
        out.putInt(marker).putLong(0).putLong(sequence).put(type).put(payload.duplicate());
        seal(out, start);
    }

    private void seal(ByteBuffer out, int start) {
        int end = out.position();
        out.putInt(start + 8, end - start - HEAD);
        crc.reset();
        out.limit(end).position(start + 8);
        crc.update(out);
        out.limit(out.capacity());
        out.putInt(start + 4, (int) crc.getValue());
    }

    /** Whether these bytes, from the length on, have this sum. */
    boolean matches(byte[] bytes, int from, int length, int sum) {
        crc.reset();
        crc.update(bytes, from, length);
        return (int) crc.getValue() == sum;
    }
}
