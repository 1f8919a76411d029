package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.Packer;
import io.github.camelvoice.store.Unpacker;
import io.github.camelvoice.trace.CallRecord;
import java.time.Instant;

/** The record of a call in bytes, times in microseconds. Texts other than ids are cut at 4,096 characters. */
final class RecordCodec {

    private static final int VERSION = 2;
    /** Without the call that it was placed for. */
    private static final int FIRST = 1;
    private static final int MOST_ID = 65_536;
    private static final int MOST_TEXT = 4_096;

    /** @param dropped messages of its trace that were not kept */
    record Kept(CallRecord call, long dropped) {
    }

    private RecordCodec() {
    }

    static byte[] pack(CallRecord call, long dropped) {
        Packer out = new Packer(384).one(VERSION);
        out.text(call.callId(), MOST_ID).text(call.sipCallId(), MOST_ID).text(call.project(), MOST_ID);
        out.text(call.direction().name(), MOST_TEXT);
        out.text(call.from(), MOST_TEXT).text(call.to(), MOST_TEXT).text(call.target(), MOST_TEXT);
        out.text(call.transport(), MOST_TEXT).text(call.remoteAddress(), MOST_TEXT).text(call.authenticatedUser(), MOST_TEXT);
        out.text(call.peerCallId(), MOST_ID).text(call.codec(), MOST_TEXT);
        long created = Micros.of(call.createdAt());
        out.signed(created);
        later(out, created, call.ringingAt());
        later(out, created, call.answeredAt());
        later(out, created, call.endedAt());
        EndCause cause = call.cause();
        if (cause == null) {
            out.text(null, 0);
        } else {
            out.text(cause.kind().name(), MOST_TEXT).text(cause.endedBy().name(), MOST_TEXT).signed(cause.sipCode());
            out.text(cause.phrase(), MOST_TEXT).text(cause.reason(), MOST_TEXT);
        }
        figures(out, call.received());
        figures(out, call.sent());
        return out.number(dropped).text(call.parentCallId(), MOST_ID).toBytes();
    }

    private static void later(Packer out, long created, Instant time) {
        out.one(time == null ? 0 : 1);
        if (time != null) {
            out.signed(Micros.of(time) - created);
        }
    }

    private static void figures(Packer out, MediaFigures figures) {
        boolean none = figures == null || figures.equals(MediaFigures.NONE);
        out.one(figures == null ? 0 : none ? 1 : 2);
        if (!none) {
            out.signed(figures.packets()).signed(figures.bytes()).signed(figures.lost()).signed(figures.discarded());
            out.real(figures.jitterMillis()).real(figures.mos());
        }
    }

    /** @throws IllegalArgumentException if the bytes are no record */
    static Kept unpack(byte[] bytes) {
        Unpacker in = new Unpacker(bytes);
        int version = in.one();
        if (version != VERSION && version != FIRST) {
            throw new IllegalArgumentException("a call that a newer version has written");
        }
        String callId = in.text();
        String sipCallId = in.text();
        String project = in.text();
        CallDirection direction = CallDirection.valueOf(in.text());
        String from = in.text();
        String to = in.text();
        String target = in.text();
        String transport = in.text();
        String remoteAddress = in.text();
        String user = in.text();
        String peer = in.text();
        String codec = in.text();
        long created = in.signed();
        Instant ringing = later(in, created);
        Instant answered = later(in, created);
        Instant ended = later(in, created);
        EndCause cause = cause(in);
        MediaFigures received = figures(in);
        MediaFigures sent = figures(in);
        CallRecord call = new CallRecord(callId, sipCallId, project, direction, from, to, target, transport, remoteAddress, user, peer,
                Micros.at(created), ringing, answered, ended, codec, cause, received, sent);
        long dropped = in.number();
        return new Kept(version == FIRST ? call : call.childOf(in.text()), dropped);
    }

    private static Instant later(Unpacker in, long created) {
        return in.one() == 0 ? null : Micros.at(created + in.signed());
    }

    private static EndCause cause(Unpacker in) {
        String kind = in.text();
        if (kind == null) {
            return null;
        }
        return new EndCause(EndCause.Kind.valueOf(kind), EndCause.Origin.valueOf(in.text()), (int) in.signed(), in.text(), in.text());
    }

    private static MediaFigures figures(Unpacker in) {
        return switch (in.one()) {
            case 0 -> null;
            case 1 -> MediaFigures.NONE;
            default -> new MediaFigures(in.signed(), in.signed(), in.signed(), in.signed(), in.real(), in.real());
        };
    }
}
