package io.github.camelvoice.store.spool;

import io.github.camelvoice.store.SubscriptionEntry;
import java.nio.ByteBuffer;

/** The entries of subscriptions as bytes and back: see {@link EntryCodec}. */
final class SubscriptionCodec {

    static final byte FIRST = 32;
    private static final byte PUT = FIRST;
    private static final byte STATE = 33;
    private static final byte DROPPED = 34;
    private static final byte TOLD = 35;
    private static final byte REMOVED = 36;
    private static final byte ASKED_TO_CHANGE = 37;
    private static final byte ASKED_TO_END = 38;
    private static final byte ANSWERED = 39;

    private static final int REST = 64;

    private SubscriptionCodec() {
    }

    static byte type(SubscriptionEntry entry) {
        if (entry instanceof SubscriptionEntry.Put) {
            return PUT;
        } else if (entry instanceof SubscriptionEntry.State state) {
            return state.details() == null ? DROPPED : STATE;
        } else if (entry instanceof SubscriptionEntry.Told) {
            return TOLD;
        } else if (entry instanceof SubscriptionEntry.Removed) {
            return REMOVED;
        } else if (entry instanceof SubscriptionEntry.Asked asked) {
            return asked.edit() == null ? ASKED_TO_END : ASKED_TO_CHANGE;
        }
        return ANSWERED;
    }

    static long room(SubscriptionEntry entry) {
        if (entry instanceof SubscriptionEntry.Put put) {
            return REST + (long) Wire.room(put.id()) + Wire.room(put.account()) + put.details().length;
        } else if (entry instanceof SubscriptionEntry.State state) {
            return REST + (long) Wire.room(state.id()) + Wire.room(state.resource()) + Wire.room(state.instance()) + length(state.details());
        } else if (entry instanceof SubscriptionEntry.Told told) {
            return REST + (long) Wire.room(told.id());
        } else if (entry instanceof SubscriptionEntry.Removed removed) {
            return REST + (long) Wire.room(removed.id());
        } else if (entry instanceof SubscriptionEntry.Asked asked) {
            return REST + (long) Wire.room(asked.id()) + length(asked.edit());
        }
        return REST;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** All behind the number. */
    static void encode(SubscriptionEntry entry, ByteBuffer out) {
        if (entry instanceof SubscriptionEntry.Put put) {
            Wire.putText(out, put.id());
            Wire.putText(out, put.account());
            out.putLong(put.version());
            Wire.putInstant(out, put.createdAt());
            Wire.putBytes(out, put.details());
        } else if (entry instanceof SubscriptionEntry.State state) {
            Wire.putText(out, state.id());
            out.putLong(state.version());
            Wire.putText(out, state.resource());
            Wire.putText(out, state.instance());
            if (state.details() != null) {
                Wire.putBytes(out, state.details());
            }
        } else if (entry instanceof SubscriptionEntry.Told told) {
            Wire.putText(out, told.id());
            out.putLong(told.version());
        } else if (entry instanceof SubscriptionEntry.Removed removed) {
            Wire.putText(out, removed.id());
            Wire.putInstant(out, removed.at());
        } else if (entry instanceof SubscriptionEntry.Asked asked) {
            Wire.putText(out, asked.id());
            Wire.putInstant(out, asked.at());
            if (asked.edit() != null) {
                Wire.putBytes(out, asked.edit());
            }
        } else if (entry instanceof SubscriptionEntry.Answered answered) {
            out.putInt(answered.source()).putLong(answered.asked());
        }
    }

    /** @throws RuntimeException if these bytes are no entry that this version knows */
    static SubscriptionEntry decode(byte type, long number, ByteBuffer in) {
        return switch (type) {
            case PUT -> new SubscriptionEntry.Put(number, Wire.text(in), Wire.text(in), in.getLong(), Wire.instant(in), Wire.bytes(in));
            case STATE -> new SubscriptionEntry.State(number, Wire.text(in), in.getLong(), Wire.text(in), Wire.text(in), Wire.bytes(in));
            case DROPPED -> new SubscriptionEntry.State(number, Wire.text(in), in.getLong(), Wire.text(in), Wire.text(in), null);
            case TOLD -> new SubscriptionEntry.Told(number, Wire.text(in), in.getLong());
            case REMOVED -> new SubscriptionEntry.Removed(number, Wire.text(in), Wire.instant(in));
            case ASKED_TO_CHANGE -> new SubscriptionEntry.Asked(number, Wire.text(in), Wire.instant(in), Wire.bytes(in));
            case ASKED_TO_END -> new SubscriptionEntry.Asked(number, Wire.text(in), Wire.instant(in), null);
            case ANSWERED -> new SubscriptionEntry.Answered(number, in.getInt(), in.getLong());
            default -> throw new IllegalArgumentException("entry of type " + type);
        };
    }
}
