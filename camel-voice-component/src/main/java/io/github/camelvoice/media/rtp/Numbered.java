package io.github.camelvoice.media.rtp;

/** The numbers of an RTP packet that is passed on from elsewhere. */
public interface Numbered {

    int ssrc();

    /** 0 to 65535. */
    int sequence();

    /** 0 to 2^32 - 1, in units of the clock that the stream goes on with. */
    long timestamp();

    boolean marker();
}
