package io.github.camelvoice.call;

/**
 * A REFER that came in a call: its far end asks us to connect it with somebody else.
 *
 * @param transferId new for each request
 * @param callId     the call in which it came
 * @param peerCallId the call that this one is bridged with: who would be connected with the target; null if there is none
 * @param target     SIP or SIPS URI, without the headers that it had
 * @param replaces   the dialog of the target that is to be taken over (attended transfer), null if there is none
 * @param ours       id of the live call of ours that {@code replaces} names, null if it is nobody's here
 * @param referredBy value of Referred-By (RFC 3892), empty if there was none
 * @param uriHeaders headers that the target's URI asked for and that others may set
 * @param headers    all headers of the REFER
 */
public record IncomingTransfer(String transferId, String callId, String peerCallId, String target, Replaces replaces, String ours,
                               String referredBy, SipHeaders uriHeaders, SipHeaders headers) {
}
