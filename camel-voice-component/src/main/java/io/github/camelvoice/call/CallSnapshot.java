package io.github.camelvoice.call;

import java.time.Instant;

/**
 * A call at one moment; immutable.
 *
 * @param sipCallId     Call-ID of the dialog
 * @param calledUri     Request-URI of an inbound call, target of an outbound one
 * @param transport     {@code udp}, {@code tcp}, {@code tls}; empty while an outbound call has none yet
 * @param remoteAddress {@code ip:port} where signalling comes from, empty if unknown
 * @param authenticatedUser user of digest authentication, empty if none
 * @param responseHeaders headers of the last response of the far end (outbound), or of the INVITE (inbound)
 * @param createdAt     when the call was created here
 * @param ringingAt     null if it did not ring
 * @param answeredAt    null if it was not answered
 * @param endedAt       null while it lives
 * @param media         null until offer and answer agreed
 * @param peerCallId    call that this one is bridged with, or was last where it is over; null if none
 * @param parentCallId  call that this one was placed for; null if none
 * @param account       whose call it is: the engine's project, or who placed it
 * @param cause         null while it lives
 */
public record CallSnapshot(String callId, String sipCallId, CallDirection direction, CallState state, Party from, Party to,
                           String calledUri, String transport, String remoteAddress, String authenticatedUser,
                           SipHeaders responseHeaders, Instant createdAt, Instant ringingAt, Instant answeredAt, Instant endedAt,
                           MediaInfo media, boolean held, boolean muted, boolean recording, String peerCallId, String parentCallId, String account,
                           EndCause cause) {
}
