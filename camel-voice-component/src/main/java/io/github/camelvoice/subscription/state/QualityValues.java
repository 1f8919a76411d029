package io.github.camelvoice.subscription.state;

import io.github.camelvoice.subscription.state.VoiceQuality.Address;
import io.github.camelvoice.subscription.state.VoiceQuality.Metrics;
import io.github.camelvoice.subscription.state.VoiceQuality.Session;
import java.util.Map;

/** Reports of voice quality as plain values. */
final class QualityValues {

    private QualityValues() {
    }

    static Map<String, Object> of(VoiceQuality report) {
        Session session = report.session();
        return Fields.values("report", report.report(), "callTerm", report.callTerm(), "alert", report.alert() == null ? null
                        : Fields.values("type", report.alert().type(), "severity", report.alert().severity(), "direction",
                        report.alert().direction()), "callId", session.callId(), "localId", session.localId(), "remoteId", session.remoteId(),
                "origId", session.origId(), "localAddress", of(session.localAddress()), "remoteAddress", of(session.remoteAddress()), "localGroup",
                session.localGroup(), "remoteGroup", session.remoteGroup(), "localMac", session.localMac(), "remoteMac", session.remoteMac(),
                "dialogId", session.dialogId(), "local", of(report.local()), "remote", of(report.remote()), "others", report.others());
    }

    private static Map<String, Object> of(Address address) {
        return address == null ? null : Fields.values("ip", address.ip(), "port", address.port(), "ssrc", address.ssrc());
    }

    private static Map<String, Object> of(Metrics metrics) {
        return metrics == null ? null : Fields.values("start", metrics.start(), "stop", metrics.stop(), "session", of(metrics.session()),
                "jitterBuffer", of(metrics.jitterBuffer()), "packetLoss", metrics.packetLoss() == null ? null : Fields.values("networkLoss",
                        metrics.packetLoss().networkLoss(), "jitterDiscards", metrics.packetLoss().jitterDiscards()),
                "burstGapLoss", of(metrics.burstGapLoss()), "delay", of(metrics.delay()), "signal", metrics.signal() == null ? null
                        : Fields.values("signalLevel", metrics.signal().signalLevel(), "noiseLevel", metrics.signal().noiseLevel(),
                                "residualEchoReturnLoss", metrics.signal().residualEchoReturnLoss()),
                "quality", of(metrics.quality()), "others", metrics.others());
    }

    private static Map<String, Object> of(VoiceQuality.SessionDescription session) {
        return session == null ? null : Fields.values("payloadType", session.payloadType(), "payloadName", session.payloadName(), "sampleRate",
                session.sampleRate(), "frameDuration", session.frameDuration(), "frameOctets", session.frameOctets(), "framesPerPacket",
                session.framesPerPacket(), "packetsPerSecond", session.packetsPerSecond(), "formatParameters", session.formatParameters(),
                "concealment", session.concealment(), "silenceSuppression", session.silence());
    }

    private static Map<String, Object> of(VoiceQuality.JitterBuffer buffer) {
        return buffer == null ? null : Fields.values("adaptive", buffer.adaptive(), "rate", buffer.rate(), "nominal", buffer.nominal(), "maximum",
                buffer.maximum(), "absoluteMaximum", buffer.absoluteMaximum());
    }

    private static Map<String, Object> of(VoiceQuality.BurstGapLoss loss) {
        return loss == null ? null : Fields.values("burstDensity", loss.burstDensity(), "burstDuration", loss.burstDuration(), "gapDensity",
                loss.gapDensity(), "gapDuration", loss.gapDuration(), "minimumGap", loss.minimumGap());
    }

    private static Map<String, Object> of(VoiceQuality.Delay delay) {
        return delay == null ? null : Fields.values("roundTrip", delay.roundTrip(), "endSystem", delay.endSystem(), "symmetricOneWay",
                delay.symmetricOneWay(), "oneWay", delay.oneWay(), "interarrivalJitter", delay.interarrivalJitter(), "meanAbsoluteJitter",
                delay.meanAbsoluteJitter());
    }

    private static Map<String, Object> of(VoiceQuality.Quality quality) {
        return quality == null ? null : Fields.values("listeningR", quality.listeningR(), "conversationalR", quality.conversationalR(), "externalRIn",
                quality.externalRIn(), "externalROut", quality.externalROut(), "mosLq", quality.mosLq(), "mosCq", quality.mosCq(), "algorithms",
                quality.algorithms());
    }
}
