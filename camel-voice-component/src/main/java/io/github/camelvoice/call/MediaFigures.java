package io.github.camelvoice.call;

/**
 * Figures of one direction of a leg's audio since it began.
 *
 * @param packets        RTP packets sent, or received and accepted
 * @param bytes          payload bytes of those
 * @param lost           packets lost (RFC 3550, A.3); for what we send, as the far end's RTCP reports it
 * @param discarded      packets dropped by us: foreign source, malformed, too late
 * @param jitterMillis   interarrival jitter (RFC 3550, A.8)
 * @param mos            estimated mean opinion score, 1.0 to 4.5 (ITU-T G.107), 0 where nothing is known yet
 */
public record MediaFigures(long packets, long bytes, long lost, long discarded, double jitterMillis, double mos) {

    public static final MediaFigures NONE = new MediaFigures(0, 0, 0, 0, 0, 0);

    /** Both directions of a leg. */
    public record Pair(MediaFigures received, MediaFigures sent) {
        public static final Pair NONE = new Pair(MediaFigures.NONE, MediaFigures.NONE);
    }
}
