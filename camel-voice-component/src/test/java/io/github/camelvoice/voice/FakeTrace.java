package io.github.camelvoice.voice;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A call as the capture writes it down: each method appends what happens at the moment of the clock. */
final class FakeTrace {

    static final String SECRET = "6629fae49393a05397450978507c4ef1";
    private static final InetSocketAddress US = new InetSocketAddress("127.0.0.1", 5060);
    private static final InetSocketAddress THEM = new InetSocketAddress("127.0.0.1", 5070);

    private final CallArchive archive;
    private final EngineClock clock;
    private final String callId;
    private final long trace;
    private final Instant begun;

    FakeTrace(CallArchive archive, EngineClock clock, String callId) {
        this.archive = archive;
        this.clock = clock;
        this.callId = callId;
        this.trace = archive.log().nextTrace();
        this.begun = clock.now();
        hears("INVITE sip:bob@127.0.0.1 SIP/2.0", "Call-ID: " + sipCallId(), "CSeq: 1 INVITE", "Authorization: Digest username=\"alice\", realm=\"voice\","
                + " nonce=\"n\", uri=\"sip:bob@127.0.0.1\", response=\"" + SECRET + "\"");
        archive.log().append(new TraceEntry.Opened(trace, record(null, null)));
    }

    String sipCallId() {
        return callId + "@sip";
    }

    FakeTrace hears(String... lines) {
        return message(false, lines);
    }

    FakeTrace says(String... lines) {
        return message(true, lines);
    }

    private FakeTrace message(boolean sent, String... lines) {
        byte[] data = (String.join("\r\n", lines) + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        archive.log().append(new TraceEntry.Message(trace, new SipMessage(clock.now(), "udp", sent, sent ? US : THEM, sent ? THEM : US, data)));
        return this;
    }

    /** The far end hangs up: the end is written down before the BYE is answered. */
    FakeTrace ends() {
        hears("BYE sip:us@127.0.0.1 SIP/2.0", "Call-ID: " + sipCallId(), "CSeq: 2 BYE");
        archive.log().append(new TraceEntry.Ended(trace, record(clock.now(), EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, "OK")), 0));
        return this;
    }

    FakeTrace answersBye() {
        return says("SIP/2.0 200 OK", "Call-ID: " + sipCallId(), "CSeq: 2 BYE");
    }

    private CallRecord record(Instant endedAt, EndCause cause) {
        return new CallRecord(callId, sipCallId(), "default", CallDirection.INBOUND, "sip:alice@127.0.0.1", "sip:bob@127.0.0.1", "sip:bob@127.0.0.1",
                "udp", "127.0.0.1:5070", "alice", null, begun, begun, begun, endedAt, "PCMU", cause, MediaFigures.NONE, MediaFigures.NONE);
    }
}
