package io.github.camelvoice.webhook;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import java.time.Instant;

/** Snapshots of calls for tests. */
final class Calls {

    static final Instant AT = Instant.parse("2024-04-04T18:32:15Z");
    static final Party ALICE = new Party("sip:alice@example.com", "alice", "example.com", "Alice");
    static final Party DESK = new Party("sip:100@here.example", "100", "here.example", "");

    private Calls() {
    }

    static CallSnapshot inbound(SipHeaders headers) {
        return of(CallDirection.INBOUND, CallState.OFFERED, headers, null, null, null, null);
    }

    static CallSnapshot outbound(CallState state, Instant ringing, Instant answered, Instant ended, EndCause cause) {
        return of(CallDirection.OUTBOUND, state, SipHeaders.of("X-Answer", "yes", "Server", "secret"), ringing, answered, ended, cause);
    }

    private static CallSnapshot of(CallDirection direction, CallState state, SipHeaders headers, Instant ringing, Instant answered, Instant ended,
                                   EndCause cause) {
        return new CallSnapshot("n1-call", "sip-id", direction, state, ALICE, DESK, "sip:100@here.example:5060;transport=tcp", "tcp",
                "192.0.2.1:5060", "alice", headers, AT, ringing, answered, ended, null, false, false, false, null,
                direction == CallDirection.OUTBOUND ? "n1-parent" : null, "ACdefault", cause);
    }
}
