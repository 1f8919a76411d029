package io.github.camelvoice.trace;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import java.time.Instant;

/**
 * What is kept of a call beside its messages. A call that was refused before any route had it (404, 401 …) has a record too, with what its
 * messages tell.
 *
 * @param callId        our id
 * @param sipCallId     Call-ID of its messages
 * @param project       project that the call belongs to
 * @param from          URI of the caller
 * @param to            URI of the called party
 * @param target        Request-URI of an inbound call, target of an outbound one
 * @param transport     {@code udp}, {@code tcp} or {@code tls}
 * @param remoteAddress {@code ip:port} where an inbound call came from, else empty
 * @param authenticatedUser user of digest authentication, empty if none
 * @param peerCallId    call that this one was bridged with last, null if none
 * @param parentCallId  call that this one was placed for, null if none
 * @param createdAt     when the call began
 * @param ringingAt     null if it did not ring
 * @param answeredAt    null if it was not answered
 * @param endedAt       null while it lives
 * @param codec         encoding name, null if there was no audio
 * @param cause         why it ended, null while it lives
 * @param received      figures of the audio that came, up to the end
 * @param sent          figures of the audio that went
 */
public record CallRecord(String callId, String sipCallId, String project, CallDirection direction, String from, String to, String target,
                         String transport, String remoteAddress, String authenticatedUser, String peerCallId, String parentCallId,
                         Instant createdAt, Instant ringingAt, Instant answeredAt, Instant endedAt, String codec, EndCause cause,
                         MediaFigures received, MediaFigures sent) {

    /** Of a call that was placed for no other. */
    public CallRecord(String callId, String sipCallId, String project, CallDirection direction, String from, String to, String target,
                      String transport, String remoteAddress, String authenticatedUser, String peerCallId, Instant createdAt, Instant ringingAt,
                      Instant answeredAt, Instant endedAt, String codec, EndCause cause, MediaFigures received, MediaFigures sent) {
        this(callId, sipCallId, project, direction, from, to, target, transport, remoteAddress, authenticatedUser, peerCallId, null, createdAt,
                ringingAt, answeredAt, endedAt, codec, cause, received, sent);
    }

    public CallRecord childOf(String parent) {
        return new CallRecord(callId, sipCallId, project, direction, from, to, target, transport, remoteAddress, authenticatedUser, peerCallId, parent,
                createdAt, ringingAt, answeredAt, endedAt, codec, cause, received, sent);
    }

    public boolean isOver() {
        return endedAt != null;
    }
}
