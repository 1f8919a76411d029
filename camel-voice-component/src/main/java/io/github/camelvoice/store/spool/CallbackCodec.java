package io.github.camelvoice.store.spool;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.SignatureScheme;
import java.nio.ByteBuffer;

/** The entries of callbacks as bytes and back: see {@link EntryCodec}. */
final class CallbackCodec {

    private static final byte QUEUED = 16;
    private static final byte ATTEMPTED = 17;
    private static final byte SETTLED = 18;
    private static final byte REPLAYED = 19;

    private static final int REST = 96;

    private CallbackCodec() {
    }

    static byte type(CallbackEntry entry) {
        if (entry instanceof CallbackEntry.Queued) {
            return QUEUED;
        } else if (entry instanceof CallbackEntry.Attempted) {
            return ATTEMPTED;
        } else if (entry instanceof CallbackEntry.Settled) {
            return SETTLED;
        }
        return REPLAYED;
    }

    static long room(CallbackEntry entry) {
        if (entry instanceof CallbackEntry.Queued queued) {
            Callback callback = queued.callback();
            return REST + (long) Wire.room(queued.id()) + Wire.room(callback.callId()) + Wire.room(callback.target())
                + Wire.room(callback.contentType()) + callback.body().length + Wire.room(callback.signature().name())
                + Wire.room(callback.kind()) + Wire.room(callback.orderKey());
        } else if (entry instanceof CallbackEntry.Attempted attempted) {
            return REST + (long) Wire.room(attempted.attempt().failure());
        } else if (entry instanceof CallbackEntry.Settled settled) {
            return REST + (long) Wire.room(settled.cause());
        }
        return REST;
    }

    /** All behind the number. */
    static void encode(CallbackEntry entry, ByteBuffer out) {
        if (entry instanceof CallbackEntry.Queued queued) {
            Callback callback = queued.callback();
            Wire.putText(out, queued.id());
            Wire.putInstant(out, queued.at());
            Wire.putText(out, callback.callId());
            Wire.putText(out, callback.target());
            Wire.putText(out, callback.contentType());
            Wire.putBytes(out, callback.body());
            Wire.putText(out, callback.signature().name());
            Wire.putText(out, callback.kind());
            Wire.putText(out, callback.orderKey());
        } else if (entry instanceof CallbackEntry.Attempted attempted) {
            Attempt attempt = attempted.attempt();
            out.putInt(attempt.number());
            Wire.putInstant(out, attempt.at());
            out.putLong(attempt.millis());
            Wire.putText(out, attempt.failure());
        } else if (entry instanceof CallbackEntry.Settled settled) {
            Wire.putText(out, settled.state().name());
            Wire.putText(out, settled.cause());
            Wire.putInstant(out, settled.at());
        } else if (entry instanceof CallbackEntry.Replayed replayed) {
            Wire.putInstant(out, replayed.at());
        }
    }

    /** @throws RuntimeException if these bytes are no entry that this version knows */
    static CallbackEntry decode(byte type, long number, ByteBuffer in) {
        return switch (type) {
            case QUEUED -> {
                String id = Wire.text(in);
                var at = Wire.instant(in);
                yield new CallbackEntry.Queued(number, id, new Callback(Wire.text(in), Wire.text(in), Wire.text(in), Wire.bytes(in),
                        SignatureScheme.valueOf(Wire.text(in)), Wire.text(in), Wire.text(in)), at);
            }
            case ATTEMPTED -> new CallbackEntry.Attempted(number, new Attempt(in.getInt(), Wire.instant(in), in.getLong(), Wire.text(in)));
            case SETTLED -> new CallbackEntry.Settled(number, CallbackState.valueOf(Wire.text(in)), Wire.text(in), Wire.instant(in));
            case REPLAYED -> new CallbackEntry.Replayed(number, Wire.instant(in));
            default -> throw new IllegalArgumentException("entry of type " + type);
        };
    }
}
