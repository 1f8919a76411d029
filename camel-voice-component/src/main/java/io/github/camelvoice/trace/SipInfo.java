package io.github.camelvoice.trace;

import java.time.Instant;
import java.util.List;

/**
 * A call with everything that was said on the wire about it, in the order in which it was seen: retransmissions, challenged attempts and what
 * came late included.
 *
 * @param messages of the call's Call-ID; empty where the capture saw none
 * @param dropped  messages that were not kept, because the trace had grown past its bound
 */
public record SipInfo(CallRecord call, List<SipMessage> messages, long dropped) {

    public SipInfo {
        messages = List.copyOf(messages);
    }

    /** {@code projects/PROJECT/calls/CALL/sipInfo}. */
    public String name() {
        return "projects/" + call.project() + "/calls/" + call.callId() + "/sipInfo";
    }

    /** Time of the first message; that of the call where there is none. */
    public Instant startTime() {
        return messages.isEmpty() ? call.createdAt() : messages.get(0).time();
    }

    /** When the call ended; null while it lives. */
    public Instant endTime() {
        return call.endedAt();
    }
}
