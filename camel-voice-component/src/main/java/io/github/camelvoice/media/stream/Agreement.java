package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import java.net.InetSocketAddress;

/**
 * What a stream needs of an offer and its answer.
 *
 * @param parameters   what the far end's fmtp says of the codec, empty for nothing
 * @param remoteRtp    null while the far end has no address (c=0.0.0.0) or refused the stream
 * @param remoteRtcp   null as above
 * @param packetMillis 10, 20, 40 or 60
 */
public record Agreement(AudioCodec codec, Types types, String parameters, InetSocketAddress remoteRtp, InetSocketAddress remoteRtcp,
                        boolean sending, boolean receiving, int packetMillis) {

    /**
     * Payload types.
     *
     * @param audioOut   that the far end wants for the codec
     * @param audioIn    that we told for it
     * @param eventOut   of telephone events that the far end takes, -1 for none
     * @param eventIn    of telephone events that we told, -1 for none
     * @param eventClock clock rate of telephone events, Hz
     */
    public record Types(int audioOut, int audioIn, int eventOut, int eventIn, int eventClock) {
    }

    int audioOut() {
        return types.audioOut();
    }

    int audioIn() {
        return types.audioIn();
    }

    int eventOut() {
        return types.eventOut();
    }

    int eventIn() {
        return types.eventIn();
    }

    /** The packet time nearest to a wish that the 20 ms clock can keep. */
    public static int packetMillis(int wish) {
        if (wish >= 60) {
            return 60;
        }
        if (wish >= 40) {
            return 40;
        }
        return wish > 0 && wish < 20 ? 10 : 20;
    }
}
