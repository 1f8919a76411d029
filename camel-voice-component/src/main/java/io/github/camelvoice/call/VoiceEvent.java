package io.github.camelvoice.call;

import java.time.Duration;
import java.time.Instant;

/**
 * Everything that happens to a call, as one typed model. Events of a call are numbered from 0 without a gap, in the order in which
 * they happened.
 */
public sealed interface VoiceEvent {

    Head head();

    /** The event's name in JSON and in filters: {@code call-received}, {@code dtmf} … */
    default Kind kind() {
        return Kind.of(this);
    }

    /**
     * What all events share.
     *
     * @param sequence from 0, per call
     * @param time     wall time
     * @param from     URI of the caller
     * @param to       URI of the called party
     */
    record Head(String callId, long sequence, Instant time, String sipCallId, CallDirection direction, String from, String to) {
    }

    /** Inbound: an INVITE came and a route has it. */
    record CallReceived(Head head, String calledUri, String transport, String remoteAddress) implements VoiceEvent {
    }

    /** Outbound: the INVITE was sent. {@code parentCallId}: the call that it was placed for, null for none. */
    record CallInitiated(Head head, String target, String parentCallId) implements VoiceEvent {
    }

    /** 180 to 199 was sent or came. */
    record CallRinging(Head head, int sipCode, String phrase, boolean earlyMedia) implements VoiceEvent {
    }

    record CallAnswered(Head head, String codec, Duration setupTime) implements VoiceEvent {
    }

    /** The last event of a call. {@code duration}: from answer to end, zero if it was not answered. */
    record CallEnded(Head head, EndCause cause, Duration duration, MediaFigures received, MediaFigures sent) implements VoiceEvent {
    }

    /** The far end pressed a key. */
    record DtmfReceived(Head head, String digit, int durationMillis, CallCommand.DtmfMethod method) implements VoiceEvent {
    }

    record PlayStarted(Head head, String playId, String source) implements VoiceEvent {
    }

    record PlayEnded(Head head, String playId, String outcome, Duration played, String detail) implements VoiceEvent {
    }

    record RecordingStarted(Head head, String recordingId, String file) implements VoiceEvent {
    }

    record RecordingPaused(Head head, String recordingId) implements VoiceEvent {
    }

    record RecordingResumed(Head head, String recordingId) implements VoiceEvent {
    }

    record RecordingEnded(Head head, String recordingId, String outcome, String file, Duration length, String detail) implements VoiceEvent {
    }

    record Muted(Head head) implements VoiceEvent {
    }

    record Unmuted(Head head) implements VoiceEvent {
    }

    /** {@code by}: who holds, us or them. */
    record Held(Head head, EndCause.Origin by) implements VoiceEvent {
    }

    record Resumed(Head head, EndCause.Origin by) implements VoiceEvent {
    }

    record EchoStarted(Head head) implements VoiceEvent {
    }

    record EchoStopped(Head head) implements VoiceEvent {
    }

    record Bridged(Head head, String peerCallId) implements VoiceEvent {
    }

    record Unbridged(Head head, String peerCallId) implements VoiceEvent {
    }

    /** No RTP for the dead-media time though some is due. */
    record MediaLost(Head head, Duration since) implements VoiceEvent {
    }

    record MediaRecovered(Head head) implements VoiceEvent {
    }

    record InfoReceived(Head head, String contentType, String body) implements VoiceEvent {
    }

    /** {@code destination}: where the audio goes, without credentials. */
    record TapStarted(Head head, String controlId, String destination, String tapDirection) implements VoiceEvent {
    }

    record TapChanged(Head head, String controlId, String tapDirection, boolean paused) implements VoiceEvent {
    }

    /** {@code reason}: {@code stopped}, {@code call-ended}, or why it was given up. */
    record TapEnded(Head head, String controlId, String reason) implements VoiceEvent {
    }

    /**
     * A transfer begins.
     *
     * @param by             who wants it: LOCAL, or REMOTE where a REFER came
     * @param mode           {@code refer} or {@code local}
     * @param replacesCallId the call whose place is taken (attended transfer), null if there is none
     */
    record TransferRequested(Head head, String transferId, EndCause.Origin by, String mode, String target, String replacesCallId)
            implements VoiceEvent {
    }

    /** {@code referCode}: answer to the REFER, 0 while there is none; {@code notifyCode}: how far the target's call has come, 0 if unknown. */
    record TransferProgress(Head head, String transferId, int referCode, int notifyCode, String phrase) implements VoiceEvent {
    }

    record TransferCompleted(Head head, String transferId, int referCode, int notifyCode, String phrase) implements VoiceEvent {
    }

    /** The call is as it was before the transfer. */
    record TransferFailed(Head head, String transferId, TransferStatus status, int referCode, int notifyCode, String phrase)
            implements VoiceEvent {
    }

    /** Names of the events. */
    enum Kind {
        CALL_RECEIVED(CallReceived.class),
        CALL_INITIATED(CallInitiated.class),
        CALL_RINGING(CallRinging.class),
        CALL_ANSWERED(CallAnswered.class),
        CALL_ENDED(CallEnded.class),
        DTMF(DtmfReceived.class),
        PLAY_STARTED(PlayStarted.class),
        PLAY_ENDED(PlayEnded.class),
        RECORDING_STARTED(RecordingStarted.class),
        RECORDING_PAUSED(RecordingPaused.class),
        RECORDING_RESUMED(RecordingResumed.class),
        RECORDING_ENDED(RecordingEnded.class),
        MUTED(Muted.class),
        UNMUTED(Unmuted.class),
        HELD(Held.class),
        RESUMED(Resumed.class),
        ECHO_STARTED(EchoStarted.class),
        ECHO_STOPPED(EchoStopped.class),
        BRIDGED(Bridged.class),
        UNBRIDGED(Unbridged.class),
        MEDIA_LOST(MediaLost.class),
        MEDIA_RECOVERED(MediaRecovered.class),
        INFO(InfoReceived.class),
        TAP_STARTED(TapStarted.class),
        TAP_CHANGED(TapChanged.class),
        TAP_ENDED(TapEnded.class),
        TRANSFER_REQUESTED(TransferRequested.class),
        TRANSFER_PROGRESS(TransferProgress.class),
        TRANSFER_COMPLETED(TransferCompleted.class),
        TRANSFER_FAILED(TransferFailed.class);

        private static final java.util.Map<Class<?>, Kind> BY_TYPE = new java.util.IdentityHashMap<>();

        static {
            for (Kind kind : values()) {
                BY_TYPE.put(kind.type, kind);
            }
        }

        private final Class<? extends VoiceEvent> type;
        private final String label;

        Kind(Class<? extends VoiceEvent> type) {
            this.type = type;
            this.label = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        /** {@code call-answered} */
        public String label() {
            return label;
        }

        /** The record of this kind. */
        public Class<? extends VoiceEvent> type() {
            return type;
        }

        static Kind of(VoiceEvent event) {
            return BY_TYPE.get(event.getClass());
        }

        /** @throws IllegalArgumentException listing the legal names */
        public static Kind ofLabel(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("unknown event '" + label + "'; there are "
                    + java.util.Arrays.stream(values()).map(Kind::label).toList());
        }
    }
}
