package io.github.camelvoice.subscription.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A report of voice quality (RFC 6035). Each report stands for itself: the last one is the state. Null where nothing was said.
 *
 * @param report    what made it be sent
 * @param callTerm  whether the session is over with it
 * @param alert     of an alert report
 * @param local     as the reporter measured
 * @param remote    as the other side measured, told by its RTCP
 * @param others    lines that are not known
 * @param document  as it came
 */
public record VoiceQuality(Report report, boolean callTerm, Alert alert, Session session, Metrics local, Metrics remote, Map<String, String> others,
                           String document) implements EventState {

    public static final String TYPE = "application/vq-rtcpxr";

    public VoiceQuality {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /** Kind of report. */
    public enum Report { SESSION, INTERVAL, ALERT }

    /** Which threshold was passed: {@code NLR}, {@code Critical}, {@code local}. */
    public record Alert(String type, String severity, String direction) {
    }

    /** Which session it is about. */
    public record Session(String callId, String localId, String remoteId, String origId, Address localAddress, Address remoteAddress,
                          String localGroup, String remoteGroup, String localMac, String remoteMac, String dialogId) {
    }

    /** @param port 0 to 65535, or null */
    public record Address(String ip, Integer port, String ssrc) {
    }

    /** What was measured on one side. @param others groups that are not known */
    public record Metrics(String start, String stop, SessionDescription session, JitterBuffer jitterBuffer, PacketLoss packetLoss,
                          BurstGapLoss burstGapLoss, Delay delay, Signal signal, Quality quality, Map<String, String> others) {

        public Metrics {
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        }
    }

    /**
     * How audio was sent.
     *
     * @param sampleRate      Hz (SR)
     * @param frameDuration   ms (FD)
     * @param frameOctets     bytes (FO)
     * @param framesPerPacket (FPP)
     * @param packetsPerSecond (PPS)
     * @param concealment     0 unspecified to 3 standard (PLC)
     * @param silence         whether silence is suppressed: on or off (SSUP)
     */
    public record SessionDescription(Integer payloadType, String payloadName, Double sampleRate, Double frameDuration, Double frameOctets,
                                     Double framesPerPacket, Double packetsPerSecond, String formatParameters, Integer concealment, String silence) {
    }

    /** Milliseconds. @param adaptive 0 unknown, 2 fixed, 3 adaptive (JBA) @param rate (JBR) */
    public record JitterBuffer(Integer adaptive, Integer rate, Double nominal, Double maximum, Double absoluteMaximum) {
    }

    /** Percent. */
    public record PacketLoss(Double networkLoss, Double jitterDiscards) {
    }

    /** Densities in percent, durations in ms. @param minimumGap packets (GMIN) */
    public record BurstGapLoss(Double burstDensity, Double burstDuration, Double gapDensity, Double gapDuration, Double minimumGap) {
    }

    /** Milliseconds. */
    public record Delay(Double roundTrip, Double endSystem, Double symmetricOneWay, Double oneWay, Double interarrivalJitter,
            Double meanAbsoluteJitter) {
    }

    /** Levels in dBm0. @param residualEchoReturnLoss dB */
    public record Signal(Double signalLevel, Double noiseLevel, Double residualEchoReturnLoss) {
    }

    /** R factors 0 to 120, MOS 1 to 5. @param algorithms by the name of their key: {@code MOSLQEstAlg} */
    public record Quality(Double listeningR, Double conversationalR, Double externalRIn, Double externalROut, Double mosLq, Double mosCq,
                          Map<String, String> algorithms) {

        public Quality {
            algorithms = Collections.unmodifiableMap(new LinkedHashMap<>(algorithms));
        }
    }

    @Override
    public long version() {
        return -1;
    }

    @Override
    public String contentType() {
        return TYPE;
    }

    @Override
    public Map<String, Object> values() {
        return QualityValues.of(this);
    }
}
