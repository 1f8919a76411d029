package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import java.net.InetSocketAddress;

/**
 * What a stream needs of an offer and its answer.
 *
 * @param audioOut     payload type that the far end wants for the codec
 * @param audioIn      payload type that we told for it
 * @param eventOut     payload type of telephone events that the far end takes, -1 for none
 * @param eventIn      payload type of telephone events that we told, -1 for none
 * @param remoteRtp    null while the far end has no address (c=0.0.0.0) or refused the stream
 * @param remoteRtcp   null as above
 * @param packetMillis 10, 20, 40 or 60
 */
public record Agreement(AudioCodec codec, int audioOut, int audioIn, int eventOut, int eventIn, InetSocketAddress remoteRtp,
                        InetSocketAddress remoteRtcp, boolean sending, boolean receiving, int packetMillis) {

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
