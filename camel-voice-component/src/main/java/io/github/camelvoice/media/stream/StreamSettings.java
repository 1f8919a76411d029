package io.github.camelvoice.media.stream;

import java.time.Duration;

/**
 * What streams are told by the plane.
 *
 * @param symmetricRtp take the first consistent source within {@code latchWindow}
 * @param deadMedia    time without RTP after which a leg is silent
 * @param rtcpInterval mean time between our reports
 * @param sendSilence  whether silence is sent where there is nothing else
 */
public record StreamSettings(boolean symmetricRtp, Duration latchWindow, Duration deadMedia, Duration rtcpInterval, boolean sendSilence) {
}
