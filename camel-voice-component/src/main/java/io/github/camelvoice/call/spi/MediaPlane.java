package io.github.camelvoice.call.spi;

import java.util.List;
import java.util.concurrent.Executor;

/** Where audio is; implemented by the media room. Thread-safe. */
public interface MediaPlane {

    /**
     * Takes an RTP and RTCP port pair and makes the media of one leg.
     *
     * @param callId for log lines
     * @throws MediaException PORTS_EXHAUSTED, or UNKNOWN_CODEC naming it
     */
    MediaLeg open(String callId, MediaTerms terms, Executor mailbox, MediaListener listener) throws MediaException;

    /** Whether audio of this encoding can be turned into another and back; one that cannot is passed on between two legs that speak it. */
    default boolean transcodes(String encoding) {
        return true;
    }

    /** Encoding names that the first audio stream of a description has, in its order, upper case, without telephone events; empty if it has none. */
    default List<String> encodings(String sdp) {
        return List.of();
    }
}
