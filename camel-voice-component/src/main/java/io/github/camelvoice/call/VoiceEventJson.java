package io.github.camelvoice.call;

import io.github.camelvoice.call.VoiceJson.Fields;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** The fields of each kind of event, behind those that all share. */
final class VoiceEventJson {

    private static final Map<VoiceEvent.Kind, Writer<?>> WRITERS = new EnumMap<>(VoiceEvent.Kind.class);

    static {
        put(VoiceEvent.Kind.CALL_RECEIVED, (VoiceEvent.CallReceived event, Fields to) -> {
            to.text("calledUri", event.calledUri());
            to.text("transport", event.transport());
            to.text("remoteAddress", event.remoteAddress());
        });
        put(VoiceEvent.Kind.CALL_INITIATED, (VoiceEvent.CallInitiated event, Fields to) -> {
            to.text("target", event.target());
            to.text("parentCallId", event.parentCallId());
        });
        put(VoiceEvent.Kind.CALL_RINGING, (VoiceEvent.CallRinging event, Fields to) -> {
            to.number("sipCode", event.sipCode());
            to.text("phrase", event.phrase());
            to.flag("earlyMedia", event.earlyMedia());
        });
        put(VoiceEvent.Kind.CALL_ANSWERED, (VoiceEvent.CallAnswered event, Fields to) -> {
            to.text("codec", event.codec());
            to.seconds("setupTime", event.setupTime());
        });
        put(VoiceEvent.Kind.CALL_ENDED, (VoiceEvent.CallEnded event, Fields to) -> {
            to.cause(event.cause());
            to.seconds("duration", event.duration());
            to.figures("received", event.received());
            to.figures("sent", event.sent());
        });
        put(VoiceEvent.Kind.DTMF, (VoiceEvent.DtmfReceived event, Fields to) -> {
            to.text("digit", event.digit());
            to.number("durationMillis", event.durationMillis());
            to.word("method", event.method());
        });
        put(VoiceEvent.Kind.PLAY_STARTED, (VoiceEvent.PlayStarted event, Fields to) -> {
            to.text("playId", event.playId());
            to.text("source", event.source());
        });
        put(VoiceEvent.Kind.PLAY_ENDED, (VoiceEvent.PlayEnded event, Fields to) -> {
            to.text("playId", event.playId());
            to.text("outcome", event.outcome());
            to.seconds("played", event.played());
            to.text("detail", event.detail());
        });
        put(VoiceEvent.Kind.RECORDING_STARTED, (VoiceEvent.RecordingStarted event, Fields to) -> {
            to.text("recordingId", event.recordingId());
            to.text("file", event.file());
        });
        put(VoiceEvent.Kind.RECORDING_PAUSED, (VoiceEvent.RecordingPaused event, Fields to) -> to.text("recordingId", event.recordingId()));
        put(VoiceEvent.Kind.RECORDING_RESUMED, (VoiceEvent.RecordingResumed event, Fields to) -> to.text("recordingId", event.recordingId()));
        put(VoiceEvent.Kind.RECORDING_ENDED, (VoiceEvent.RecordingEnded event, Fields to) -> {
            to.text("recordingId", event.recordingId());
            to.text("outcome", event.outcome());
            to.text("file", event.file());
            to.seconds("length", event.length());
            to.text("detail", event.detail());
        });
        put(VoiceEvent.Kind.HELD, (VoiceEvent.Held event, Fields to) -> to.word("by", event.by()));
        put(VoiceEvent.Kind.RESUMED, (VoiceEvent.Resumed event, Fields to) -> to.word("by", event.by()));
        put(VoiceEvent.Kind.BRIDGED, (VoiceEvent.Bridged event, Fields to) -> to.text("peerCallId", event.peerCallId()));
        put(VoiceEvent.Kind.UNBRIDGED, (VoiceEvent.Unbridged event, Fields to) -> to.text("peerCallId", event.peerCallId()));
        put(VoiceEvent.Kind.MEDIA_LOST, (VoiceEvent.MediaLost event, Fields to) -> to.seconds("since", event.since()));
        put(VoiceEvent.Kind.INFO, (VoiceEvent.InfoReceived event, Fields to) -> {
            to.text("contentType", event.contentType());
            to.text("body", event.body());
        });
        put(VoiceEvent.Kind.TAP_STARTED, (VoiceEvent.TapStarted event, Fields to) -> {
            to.text("controlId", event.controlId());
            to.text("destination", event.destination());
            to.text("tapDirection", event.tapDirection());
        });
        put(VoiceEvent.Kind.TAP_CHANGED, (VoiceEvent.TapChanged event, Fields to) -> {
            to.text("controlId", event.controlId());
            to.text("tapDirection", event.tapDirection());
            to.flag("paused", event.paused());
        });
        put(VoiceEvent.Kind.TAP_ENDED, (VoiceEvent.TapEnded event, Fields to) -> {
            to.text("controlId", event.controlId());
            to.text("reason", event.reason());
        });
        put(VoiceEvent.Kind.TRANSFER_REQUESTED, (VoiceEvent.TransferRequested event, Fields to) -> {
            to.text("transferId", event.transferId());
            to.word("by", event.by());
            to.text("mode", event.mode());
            to.text("target", event.target());
            if (event.replacesCallId() != null) {
                to.text("replacesCallId", event.replacesCallId());
            }
        });
        put(VoiceEvent.Kind.TRANSFER_PROGRESS, (VoiceEvent.TransferProgress event, Fields to) ->
                result(to, event.transferId(), event.referCode(), event.notifyCode(), event.phrase()));
        put(VoiceEvent.Kind.TRANSFER_COMPLETED, (VoiceEvent.TransferCompleted event, Fields to) ->
                result(to, event.transferId(), event.referCode(), event.notifyCode(), event.phrase()));
        put(VoiceEvent.Kind.TRANSFER_FAILED, (VoiceEvent.TransferFailed event, Fields to) -> {
            result(to, event.transferId(), event.referCode(), event.notifyCode(), event.phrase());
            to.text("status", event.status().word());
        });
    }

    private static void result(Fields to, String transferId, int referCode, int notifyCode, String phrase) throws IOException {
        to.text("transferId", transferId);
        to.number("referCode", referCode);
        to.number("notifyCode", notifyCode);
        to.text("phrase", phrase);
    }

    private VoiceEventJson() {
    }

    /** Writes what only this kind of event has. */
    @FunctionalInterface
    private interface Writer<E extends VoiceEvent> {
        void write(E event, Fields to) throws IOException;
    }

    private static <E extends VoiceEvent> void put(VoiceEvent.Kind kind, Writer<E> writer) {
        WRITERS.put(kind, writer);
    }

    @SuppressWarnings("unchecked")
    static void write(VoiceEvent event, Fields to) throws IOException {
        VoiceEvent.Head head = event.head();
        to.text("type", event.kind().label());
        to.text("callId", head.callId());
        to.number("sequence", head.sequence());
        to.time("time", head.time());
        to.text("sipCallId", head.sipCallId());
        to.word("direction", head.direction());
        to.text("from", head.from());
        to.text("to", head.to());
        Writer<VoiceEvent> own = (Writer<VoiceEvent>) WRITERS.get(event.kind());
        if (own != null) {
            own.write(event, to);
        }
    }
}
