package io.github.camelvoice.call.spi;

/**
 * Takes the audio of a leg, packet by packet, as it came or went. Called on the thread that carries the leg, which serves other calls too:
 * it must return at once, and must neither wait nor keep the array.
 */
public interface MediaTap {

    /** Which way the audio goes, seen from us: inbound is what the far end says, outbound what it hears. */
    enum Track {
        INBOUND, OUTBOUND
    }

    /**
     * One packet of audio; telephone events and packets that were discarded are not told.
     *
     * @param encoding  as in {@code a=rtpmap}, upper case; always the same instance for the same codec
     * @param payload   one packet of the codec; valid during the call only, from 0 to {@code length}
     * @param timestamp of RTP, in units of the clock rate (8000 per second, 48000 for OPUS); wraps
     * @param fresh     the numbers have nothing to do with those of the packet before: a new source
     * @param nanos     monotonic time of arrival or sending
     */
    void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos);

    /** The far end pressed a key, by RFC 4733 or INFO. Told on the call's mailbox, so beside {@link #packet}. */
    void digit(char digit, int durationMillis);

    /** The leg is closed: nothing follows. Told once, also if the tap was added to a closed leg. */
    void closed();
}
