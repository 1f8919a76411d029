package io.github.camelvoice.media.srtp;

/** The suites that we speak (RFC 4568, section 6.2): AES-128 in counter mode, HMAC-SHA1 with a tag of 10 or 4 bytes. */
public enum CryptoSuite {
    AES_CM_128_HMAC_SHA1_80(10),
    AES_CM_128_HMAC_SHA1_32(4);

    /** SRTCP has the long tag in both suites. */
    static final int RTCP_TAG = 10;

    private final int rtpTag;

    CryptoSuite(int rtpTag) {
        this.rtpTag = rtpTag;
    }

    /** Bytes of authentication behind each RTP packet. */
    public int rtpTag() {
        return rtpTag;
    }

    /** The suite of this name, null if it is none of ours. Names are compared as they are (RFC 4568, section 9.1). */
    public static CryptoSuite ofName(String name) {
        for (CryptoSuite suite : values()) {
            if (suite.name().equals(name)) {
                return suite;
            }
        }
        return null;
    }
}
