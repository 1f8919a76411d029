package io.github.camelvoice.media.sdp;

import java.net.InetSocketAddress;

/**
 * What offer and answer agreed on.
 *
 * @param encoding        {@code PCMU}, {@code OPUS} …
 * @param parameters      what the far end's fmtp says of the codec, empty for nothing
 * @param remoteRtp       where RTP goes to, and must come from
 * @param remoteRtcp      where RTCP goes to, and must come from
 * @param ptimeMillis     packet time we send with
 * @param direction       ours, after both wishes
 * @param heldByRemote    the far end does not want to hear us
 */
public record NegotiatedAudio(String encoding, Types types, String parameters, InetSocketAddress remoteRtp, InetSocketAddress remoteRtcp,
                              int ptimeMillis, MediaDirection direction, boolean heldByRemote) {

    /**
     * Payload types of both ways.
     *
     * @param send        of what we send, the far end's number
     * @param receive     of what we receive, our number
     * @param dtmfSend    of RFC 4733 events that we send, -1 if not agreed
     * @param dtmfReceive of those that we receive, -1 if not agreed
     * @param dtmfClock   clock rate of events, Hz
     */
    public record Types(int send, int receive, int dtmfSend, int dtmfReceive, int dtmfClock) {
    }

    public int sendPayload() {
        return types.send();
    }

    public int receivePayload() {
        return types.receive();
    }

    public int dtmfSend() {
        return types.dtmfSend();
    }

    public int dtmfReceive() {
        return types.dtmfReceive();
    }
}
