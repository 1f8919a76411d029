package io.github.camelvoice.store;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calls and messages for tests of stores. */
public final class CallSamples {

    public static final Instant START = Instant.parse("2026-11-01T08:00:00.123456Z");

    private CallSamples() {
    }

    /** A live call, with nothing but what every call has. */
    public static CallRecord live(String callId, Instant createdAt) {
        return new CallRecord(callId, callId + "@example.com", "main", CallDirection.INBOUND, "sip:alice@example.com", "sip:bob@example.com",
                "sip:bob@192.0.2.1", "udp", "192.0.2.7:5060", "", null, createdAt, null, null, null, null, null, MediaFigures.NONE,
                MediaFigures.NONE);
    }

    /** The same call 10 s later, answered and over, with everything that a call can have. */
    public static CallRecord over(CallRecord call, EndCause.Kind kind) {
        Instant began = call.createdAt();
        return new CallRecord(call.callId(), call.sipCallId(), call.project(), call.direction(), call.from(), call.to(), call.target(),
                call.transport(), call.remoteAddress(), "alice", "peer-of-" + call.callId(), began, began.plusMillis(100), began.plusMillis(2000),
                began.plusSeconds(10), "PCMU", EndCause.of(kind, EndCause.Origin.REMOTE, "OK"), new MediaFigures(400, 64000, 3, 1, 1.25, 4.3),
                new MediaFigures(401, 64160, 0, 0, 0.5, 4.4)).childOf(call.parentCallId());
    }

    public static CallRecord parties(CallRecord call, String project, CallDirection direction, String from, String to) {
        return new CallRecord(call.callId(), call.sipCallId(), project, direction, from, to, call.target(), call.transport(),
                call.remoteAddress(), call.authenticatedUser(), call.peerCallId(), call.createdAt(), call.ringingAt(), call.answeredAt(),
                call.endedAt(), call.codec(), call.cause(), call.received(), call.sent());
    }

    public static SipMessage message(Instant time, boolean sent, String text) {
        return message(time, sent, text.getBytes(StandardCharsets.UTF_8));
    }

    public static SipMessage message(Instant time, boolean sent, byte[] data) {
        InetSocketAddress far = address("192.0.2.7", 5060);
        InetSocketAddress near = address("2001:db8::1", 5062);
        return new SipMessage(time, "udp", sent, sent ? near : far, sent ? far : near, data);
    }

    public static InetSocketAddress address(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** All that is said of a whole call of 7 messages: INVITE, 100, 180, 200, ACK, BYE, 200. */
    public static List<TraceEntry> whole(long trace, CallRecord live, EndCause.Kind kind) {
        List<TraceEntry> entries = new ArrayList<>(messages(trace, live, 0, 3));
        entries.add(1, new TraceEntry.Opened(trace, live));
        entries.addAll(messages(trace, live, 3, 7));
        entries.add(new TraceEntry.Ended(trace, over(live, kind), 0));
        entries.add(new TraceEntry.Closed(trace));
        return entries;
    }

    /** Some of the 7 messages of a call, about 500 bytes each. */
    public static List<TraceEntry> messages(long trace, CallRecord call, int from, int to) {
        String[] lines = {"INVITE " + call.target() + " SIP/2.0", "SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK",
            "ACK " + call.target() + " SIP/2.0", "BYE " + call.target() + " SIP/2.0", "SIP/2.0 200 OK"};
        boolean[] sent = {false, true, true, true, false, false, true};
        List<TraceEntry> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String text = lines[i] + "\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK" + call.callId() + i
                + "\r\nFrom: <" + call.from() + ">;tag=" + call.callId() + "\r\nTo: <" + call.to() + ">;tag=to" + call.callId()
                + "\r\nCall-ID: " + call.sipCallId() + "\r\nCSeq: " + (i < 5 ? "1 INVITE" : "2 BYE")
                + "\r\nContact: <sip:alice@192.0.2.7:5060>\r\nMax-Forwards: 70\r\nContent-Length: 0\r\nX-Filler: "
                + "0123456789abcdef".repeat(12) + "\r\n\r\n";
            entries.add(new TraceEntry.Message(trace, message(call.createdAt().plusMillis(10L * i), sent[i], text)));
        }
        return entries;
    }
}
