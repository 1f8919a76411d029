package io.github.camelvoice.media.sdp;

import java.net.InetSocketAddress;

/**
 * What offer and answer agreed on.
 *
 * @param encoding        {@code PCMU}, {@code PCMA}, {@code G722}
 * @param sendPayload     payload type of what we send, the far end's number
 * @param receivePayload  payload type of what we receive, our number
 * @param dtmfSend        payload type of RFC 4733 events that we send, -1 if not agreed
 * @param dtmfReceive     payload type of those that we receive, -1 if not agreed
 * @param remoteRtp       where RTP goes to, and must come from
 * @param remoteRtcp      where RTCP goes to, and must come from
 * @param ptimeMillis     packet time we send with
 * @param direction       ours, after both wishes
 * @param heldByRemote    the far end does not want to hear us
 */
public record NegotiatedAudio(String encoding, int sendPayload, int receivePayload, int dtmfSend, int dtmfReceive,
                              InetSocketAddress remoteRtp, InetSocketAddress remoteRtcp, int ptimeMillis, MediaDirection direction,
                              boolean heldByRemote) {
}
