package io.github.camelvoice.call;

import java.time.Duration;

/**
 * What is fixed about a call from its beginning.
 *
 * @param offer     SDP of an inbound INVITE, null for a late offer and for outbound calls
 * @param timeLimit longest time once answered
 * @param security  whether its audio is encrypted; what policy left of the wish
 * @param parentCallId the call that this one was placed for; null for none
 * @param account   whose call it is
 */
record CallFacts(String callId, String sipCallId, CallDirection direction, Party from, Party to, String calledUri, String transport,
                 String remoteAddress, String authenticatedUser, SipHeaders headers, String offer, Duration timeLimit,
                 MediaSecurity security, String parentCallId, String account) {

    /** The offer is left out: it may have keys. */
    @Override
    public String toString() {
        return "CallFacts[" + callId + "]";
    }
}
