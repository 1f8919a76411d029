package io.github.camelvoice.call;

/**
 * Which legs may encrypt their audio. The keys of SDES stand in SDP: whoever reads the signalling has them, so SRTP over UDP or TCP is only for those
 * who want it all the same.
 */
final class SrtpPolicy {

    private SrtpPolicy() {
    }

    private static boolean possible(String transport, boolean inClear) {
        return inClear || "tls".equalsIgnoreCase(transport);
    }

    /** A call that comes takes SRTP where it is offered and possible. */
    static MediaSecurity inbound(String transport, boolean inClear) {
        return possible(transport, inClear) ? MediaSecurity.OPTIONAL : MediaSecurity.NONE;
    }

    /** What is left of a wish for a call that we place. @throws CallException BAD_REQUEST where SRTP is a must and not possible */
    static MediaSecurity outbound(MediaSecurity wish, String transport, boolean inClear) throws CallException {
        if (wish == MediaSecurity.NONE || possible(transport, inClear)) {
            return wish;
        }
        if (wish == MediaSecurity.REQUIRED) {
            throw new CallException(CallException.Kind.BAD_REQUEST, null, "SRTP needs TLS: over " + transport
                    + " everybody on the way could read its keys (srtpInClear=true allows that)");
        }
        return MediaSecurity.NONE;
    }
}
