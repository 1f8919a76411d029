package io.github.camelvoice.media.rtp;

import java.util.Locale;

/** Why a packet that came was not used. */
public enum Discard {
    /** Under the 12 bytes of an RTP header or the 8 of an RTCP packet. */
    TOO_SHORT,
    /** Not version 2. */
    VERSION,
    /** CSRC list, extension or padding reach beyond the packet, or nothing is left for a payload. */
    LENGTH,
    /** A payload type that was not agreed. */
    PAYLOAD_TYPE,
    /** Not from the address that SDP named, or that was latched. */
    FOREIGN_SOURCE,
    /** Our direction is sendonly or inactive. */
    NOT_RECEIVING,
    /** Our own SSRC comes back: a loop (RFC 3550, 8.2). */
    LOOP,
    /** More than any codec sends: a loop by way of others, or an attack. */
    FLOOD,
    /** The same sequence number again. */
    DUPLICATE,
    /** A sequence number far from all others, and no second one to confirm it. */
    STRAY,
    /** After its time to be played had passed. */
    LATE,
    /** No payload that the agreed codec could have made; noticed where it is decoded. */
    UNDECODABLE,
    /** RTCP that RFC 3550, A.2 calls invalid. */
    RTCP_INVALID,
    /** RTCP from elsewhere. */
    RTCP_FOREIGN,
    /** SRTP or SRTCP that is not authentic: damaged, forged, under another key, or not encrypted at all. */
    NOT_AUTHENTIC,
    /** SRTP or SRTCP that came before, or is too old to know. */
    REPLAYED,
    /** The socket refused to send it. */
    SEND_FAILED,
    /** The far end of a bridge did not agree to telephone events, or may not be sent to. */
    NOT_FORWARDED;

    private static final Discard[] ALL = values();

    public static final int COUNT = ALL.length;

    /** Value of the {@code reason} tag in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Discard of(int ordinal) {
        return ALL[ordinal];
    }
}
