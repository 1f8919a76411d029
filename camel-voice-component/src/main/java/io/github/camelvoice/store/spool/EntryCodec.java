package io.github.camelvoice.store.spool;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.store.SessionEntry;
import io.github.camelvoice.store.SubscriptionEntry;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.nio.ByteBuffer;

/**
 * Entries as bytes and back. The type says which layout the bytes have: a layout that was released does not change, a new one gets a new type.
 * Enums go by name, so that their order may change.
 */
final class EntryCodec {

    private static final byte MESSAGE = 1;
    private static final byte OPENED = 2;
    private static final byte ENDED = 3;
    private static final byte CLOSED = 4;
    /** As 2 and 3, with the call that it was placed for behind all else. */
    private static final byte CHILD_OPENED = 5;
    private static final byte CHILD_ENDED = 6;

    private static final int OTHER_TRANSPORT = 0;
    private static final String[] TRANSPORTS = {null, "udp", "tcp", "tls"};

    private static final int MESSAGE_REST = 64;
    private static final int CALL_REST = 96;
    private static final int ENUM_NAME = 64;

    private EntryCodec() {
    }

    static byte type(LogEntry entry) {
        if (entry instanceof CallbackEntry callback) {
            return CallbackCodec.type(callback);
        } else if (entry instanceof SubscriptionEntry subscription) {
            return SubscriptionCodec.type(subscription);
        } else if (entry instanceof SessionEntry session) {
            return SessionCodec.type(session);
        } else if (entry instanceof TraceEntry.Message) {
            return MESSAGE;
        } else if (entry instanceof TraceEntry.Opened opened) {
            return opened.call().parentCallId() == null ? OPENED : CHILD_OPENED;
        } else if (entry instanceof TraceEntry.Ended ended) {
            return ended.call().parentCallId() == null ? ENDED : CHILD_ENDED;
        }
        return CLOSED;
    }

    /** Most bytes that the entry needs; about what it takes in memory, too. Overflow is not possible below 2^28 characters. */
    static long room(LogEntry entry) {
        if (entry instanceof CallbackEntry callback) {
            return CallbackCodec.room(callback);
        } else if (entry instanceof SubscriptionEntry subscription) {
            return SubscriptionCodec.room(subscription);
        } else if (entry instanceof SessionEntry session) {
            return SessionCodec.room(session);
        } else if (entry instanceof TraceEntry.Message message) {
            SipMessage sip = message.message();
            return MESSAGE_REST + (long) sip.data().length + Wire.room(sip.transport()) + Wire.room(sip.source()) + Wire.room(sip.destination());
        } else if (entry instanceof TraceEntry.Opened opened) {
            return room(opened.call());
        } else if (entry instanceof TraceEntry.Ended ended) {
            return room(ended.call());
        }
        return MESSAGE_REST;
    }

    private static long room(CallRecord call) {
        long room = CALL_REST + 2L * ENUM_NAME + 4L * Wire.INSTANT + 2L * Wire.FIGURES;
        room += Wire.room(call.callId()) + Wire.room(call.sipCallId()) + Wire.room(call.project()) + Wire.room(call.from());
        room += Wire.room(call.to()) + Wire.room(call.target()) + Wire.room(call.transport()) + Wire.room(call.remoteAddress());
        room += Wire.room(call.authenticatedUser()) + Wire.room(call.peerCallId()) + Wire.room(call.codec());
        room += Wire.room(call.parentCallId());
        EndCause cause = call.cause();
        return cause == null ? room : room + 2L * ENUM_NAME + Wire.room(cause.phrase()) + Wire.room(cause.reason());
    }

    static void encode(LogEntry entry, ByteBuffer out) {
        out.putLong(entry.number());
        if (entry instanceof CallbackEntry callback) {
            CallbackCodec.encode(callback, out);
        } else if (entry instanceof SubscriptionEntry subscription) {
            SubscriptionCodec.encode(subscription, out);
        } else if (entry instanceof SessionEntry session) {
            SessionCodec.encode(session, out);
        } else if (entry instanceof TraceEntry.Message message) {
            encode(message.message(), out);
        } else if (entry instanceof TraceEntry.Opened opened) {
            encode(opened.call(), out);
        } else if (entry instanceof TraceEntry.Ended ended) {
            out.putLong(ended.dropped());
            encode(ended.call(), out);
        }
    }

    private static void encode(SipMessage message, ByteBuffer out) {
        Wire.putInstant(out, message.time());
        int transport = transport(message.transport());
        out.put((byte) (transport << 1 | (message.sent() ? 1 : 0)));
        if (transport == OTHER_TRANSPORT) {
            Wire.putText(out, message.transport());
        }
        Wire.putAddress(out, message.source());
        Wire.putAddress(out, message.destination());
        Wire.putBytes(out, message.data());
    }

    private static int transport(String name) {
        for (int i = 1; i < TRANSPORTS.length; i++) {
            if (TRANSPORTS[i].equals(name)) {
                return i;
            }
        }
        return OTHER_TRANSPORT;
    }

    private static void encode(CallRecord call, ByteBuffer out) {
        Wire.putText(out, call.callId());
        Wire.putText(out, call.sipCallId());
        Wire.putText(out, call.project());
        Wire.putText(out, call.direction() == null ? null : call.direction().name());
        Wire.putText(out, call.from());
        Wire.putText(out, call.to());
        Wire.putText(out, call.target());
        Wire.putText(out, call.transport());
        Wire.putText(out, call.remoteAddress());
        Wire.putText(out, call.authenticatedUser());
        Wire.putText(out, call.peerCallId());
        Wire.putInstant(out, call.createdAt());
        Wire.putInstant(out, call.ringingAt());
        Wire.putInstant(out, call.answeredAt());
        Wire.putInstant(out, call.endedAt());
        Wire.putText(out, call.codec());
        encode(call.cause(), out);
        Wire.putFigures(out, call.received());
        Wire.putFigures(out, call.sent());
        if (call.parentCallId() != null) {
            Wire.putText(out, call.parentCallId());
        }
    }

    private static void encode(EndCause cause, ByteBuffer out) {
        if (cause == null) {
            Wire.putText(out, null);
            return;
        }
        Wire.putText(out, cause.kind().name());
        Wire.putText(out, cause.endedBy().name());
        out.putInt(cause.sipCode());
        Wire.putText(out, cause.phrase());
        Wire.putText(out, cause.reason());
    }

    /**
     * @param in backed by an array; from its position to its limit it has one entry
     * @throws RuntimeException if these bytes are no entry that this version knows
     */
    static LogEntry decode(byte type, ByteBuffer in) {
        long trace = in.getLong();
        LogEntry entry = switch (type) {
            case MESSAGE -> new TraceEntry.Message(trace, message(in));
            case OPENED, CHILD_OPENED -> new TraceEntry.Opened(trace, call(in, type == CHILD_OPENED));
            case ENDED, CHILD_ENDED -> {
                long dropped = in.getLong();
                yield new TraceEntry.Ended(trace, call(in, type == CHILD_ENDED), dropped);
            }
            case CLOSED -> new TraceEntry.Closed(trace);
            default -> other(type, trace, in);
        };
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes behind an entry of type " + type);
        }
        return entry;
    }

    private static LogEntry other(byte type, long number, ByteBuffer in) {
        if (type < SubscriptionCodec.FIRST) {
            return CallbackCodec.decode(type, number, in);
        }
        return type < SessionCodec.FIRST ? SubscriptionCodec.decode(type, number, in) : SessionCodec.decode(type, number, in);
    }

    private static SipMessage message(ByteBuffer in) {
        var time = Wire.instant(in);
        int flags = in.get();
        int transport = flags >> 1;
        String name = transport == OTHER_TRANSPORT ? Wire.text(in) : TRANSPORTS[transport];
        return new SipMessage(time, name, (flags & 1) == 1, Wire.address(in), Wire.address(in), Wire.bytes(in));
    }

    private static CallRecord call(ByteBuffer in, boolean child) {
        CallRecord call = new CallRecord(Wire.text(in), Wire.text(in), Wire.text(in), direction(Wire.text(in)), Wire.text(in), Wire.text(in), Wire.text(in),
                Wire.text(in), Wire.text(in), Wire.text(in), Wire.text(in), Wire.instant(in), Wire.instant(in), Wire.instant(in), Wire.instant(in),
                Wire.text(in), cause(in), Wire.figures(in), Wire.figures(in));
        return child ? call.childOf(Wire.text(in)) : call;
    }

    private static CallDirection direction(String name) {
        return name == null ? null : CallDirection.valueOf(name);
    }

    private static EndCause cause(ByteBuffer in) {
        String kind = Wire.text(in);
        if (kind == null) {
            return null;
        }
        return new EndCause(EndCause.Kind.valueOf(kind), EndCause.Origin.valueOf(Wire.text(in)), in.getInt(), Wire.text(in), Wire.text(in));
    }
}
