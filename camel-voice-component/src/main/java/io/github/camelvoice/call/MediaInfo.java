package io.github.camelvoice.call;

import java.net.InetSocketAddress;

/**
 * What offer and answer agreed on for the audio of a leg.
 *
 * @param codec         encoding name as in SDP, {@code PCMU}
 * @param ptimeMillis   packet time we send with
 * @param local         address of our RTP port
 * @param remote        where we send RTP, null while on hold without an address
 * @param sending       we may send (our direction is sendrecv or sendonly)
 * @param receiving     we expect audio (sendrecv or recvonly)
 * @param heldByRemote  the far end put us on hold
 * @param dtmfPayload   payload type of RFC 4733 events that we send, -1 if not agreed
 * @param srtp          suite of SRTP as in SDP, {@code AES_CM_128_HMAC_SHA1_80}; null for plain RTP
 */
public record MediaInfo(String codec, int ptimeMillis, InetSocketAddress local, InetSocketAddress remote,
                        boolean sending, boolean receiving, boolean heldByRemote, int dtmfPayload, String srtp) {

    /** Plain RTP. */
    public MediaInfo(String codec, int ptimeMillis, InetSocketAddress local, InetSocketAddress remote, boolean sending, boolean receiving,
                     boolean heldByRemote, int dtmfPayload) {
        this(codec, ptimeMillis, local, remote, sending, receiving, heldByRemote, dtmfPayload, null);
    }

    /** Whether audio is encrypted on the wire. */
    public boolean encrypted() {
        return srtp != null;
    }
}
