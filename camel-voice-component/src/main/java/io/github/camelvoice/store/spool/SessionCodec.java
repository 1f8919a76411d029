package io.github.camelvoice.store.spool;

import io.github.camelvoice.store.SessionEntry;
import java.nio.ByteBuffer;

/** The entries of accounts of ours as bytes and back: see {@link EntryCodec}. */
final class SessionCodec {

    static final byte FIRST = 48;
    private static final byte PUT = FIRST;
    private static final byte REMOVED = 49;
    private static final byte STATUS = 50;

    private static final int REST = 64;

    private SessionCodec() {
    }

    static byte type(SessionEntry entry) {
        if (entry instanceof SessionEntry.Put) {
            return PUT;
        }
        return entry instanceof SessionEntry.Removed ? REMOVED : STATUS;
    }

    static long room(SessionEntry entry) {
        long room = REST + (long) Wire.room(entry.account());
        if (entry instanceof SessionEntry.Put put) {
            return room + put.details().length;
        }
        return entry instanceof SessionEntry.Status status ? room + status.details().length : room;
    }

    /** All behind the number. */
    static void encode(SessionEntry entry, ByteBuffer out) {
        Wire.putText(out, entry.account());
        if (entry instanceof SessionEntry.Put put) {
            Wire.putBytes(out, put.details());
        } else if (entry instanceof SessionEntry.Status status) {
            out.putLong(status.sequence());
            Wire.putInstant(out, status.at());
            out.putInt(status.most());
            Wire.putBytes(out, status.details());
        }
    }

    /** @throws RuntimeException if these bytes are no entry that this version knows */
    static SessionEntry decode(byte type, long number, ByteBuffer in) {
        String account = Wire.text(in);
        return switch (type) {
            case PUT -> new SessionEntry.Put(number, account, Wire.bytes(in));
            case REMOVED -> new SessionEntry.Removed(number, account);
            case STATUS -> new SessionEntry.Status(number, account, in.getLong(), Wire.instant(in), in.getInt(), Wire.bytes(in));
            default -> throw new IllegalArgumentException("entry of type " + type);
        };
    }
}
