package io.github.camelvoice.call;

/** Whether the audio of a leg is encrypted on the wire: SRTP (RFC 3711) with keys in the SDP (SDES, RFC 4568). */
public enum MediaSecurity {
    /** Plain RTP; an offer of SRTP alone is refused. */
    NONE,
    /** SRTP where the far end wants it, else plain RTP. */
    OPTIONAL,
    /** SRTP or no call. */
    REQUIRED
}
