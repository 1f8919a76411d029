package io.github.camelvoice.document;

import java.util.Set;

/**
 * A recording as an application asks for it.
 *
 * @param tracks         which audio of the call
 * @param dual           two channels, left what comes from the call and right what goes to it; else one
 * @param trim           whether silence before and after goes
 * @param maxSeconds     it ends by itself after this time; 0 for none
 * @param silenceSeconds it ends by itself after so much silence from the call; 0 for none
 * @param source         {@code DialVerb}, {@code RecordVerb}, {@code OutboundAPI}, {@code StartCallRecordingAPI}
 * @param told           who is told of it; null for nobody
 * @param storage        where it is sent as well; null for nowhere
 */
public record RecordingOrder(Tracks tracks, boolean dual, boolean trim, int maxSeconds, int silenceSeconds, String source, Told told,
                             Storage storage) {

    /** What of a call, as it is seen from us. */
    public enum Tracks {
        BOTH,
        /** What comes from the call. */
        HEARD,
        /** What goes to the call. */
        SENT;

        /**
         * The words of {@code recordingTrack} of Dial, for the recording of the caller's call: inbound is the audio of the called party, which
         * goes to the caller.
         *
         * @throws IllegalArgumentException listing the words
         */
        public static Tracks ofDial(String word) {
            return switch (word) {
                case "both" -> BOTH;
                case "inbound" -> SENT;
                case "outbound" -> HEARD;
                default -> throw new IllegalArgumentException("must be both, inbound or outbound: " + word);
            };
        }
    }

    /** Values of {@code record} of Dial. */
    public enum DialRecord {
        DO_NOT_RECORD, RECORD_FROM_ANSWER, RECORD_FROM_RINGING, RECORD_FROM_ANSWER_DUAL, RECORD_FROM_RINGING_DUAL;

        /** @throws IllegalArgumentException listing the words */
        public static DialRecord of(String word) {
            return switch (word) {
                case "do-not-record", "false" -> DO_NOT_RECORD;
                case "record-from-answer", "true" -> RECORD_FROM_ANSWER;
                case "record-from-ringing" -> RECORD_FROM_RINGING;
                case "record-from-answer-dual" -> RECORD_FROM_ANSWER_DUAL;
                case "record-from-ringing-dual" -> RECORD_FROM_RINGING_DUAL;
                default -> throw new IllegalArgumentException("must be do-not-record, record-from-answer, record-from-ringing, "
                        + "record-from-answer-dual or record-from-ringing-dual: " + word);
            };
        }

        public boolean fromRinging() {
            return this == RECORD_FROM_RINGING || this == RECORD_FROM_RINGING_DUAL;
        }

        public boolean dual() {
            return this == RECORD_FROM_ANSWER_DUAL || this == RECORD_FROM_RINGING_DUAL;
        }
    }

    /**
     * Who is told of a recording.
     *
     * @param url    http or https
     * @param method GET or POST
     * @param events of these; empty for {@code completed}
     */
    public record Told(String url, String method, Set<RecordingStatus> events) {
        public Told {
            events = events.isEmpty() ? Set.of(RecordingStatus.COMPLETED) : Set.copyOf(events);
        }
    }

    /**
     * Where a recording is sent.
     *
     * @param target an http or https URL, or the name of a target that the operator has
     * @param method PUT or POST
     */
    public record Storage(String target, String method) {
    }

    public static final String DIAL = "DialVerb";
    public static final String RECORD = "RecordVerb";
    public static final String PLACED = "OutboundAPI";
    public static final String STARTED = "StartCallRecordingAPI";

    /** Of the caller's call while it is bridged. */
    public static RecordingOrder dial(DialRecord record, Tracks tracks, boolean trim, Told told, Storage storage) {
        return new RecordingOrder(tracks, record.dual(), trim, 0, 0, DIAL, told, storage);
    }
}
