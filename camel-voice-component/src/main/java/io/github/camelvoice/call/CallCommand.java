package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.LiveAudio;
import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import java.util.List;

/** What can be asked of a live call. Each command says in {@link #allowedIn} when; elsewhere it fails with {@link CallException}. */
public sealed interface CallCommand {

    /** Whether the command makes sense in this state. */
    boolean allowedIn(CallState state, CallDirection direction);

    /** Name in messages: the operation of {@code voice:call}. */
    default String operation() {
        String name = getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** Inbound, undecided: tells the caller that it rings. {@code code} 180 to 189; {@code earlyMedia} adds an SDP answer (183 as a rule). */
    record Ring(int code, boolean earlyMedia, boolean reliable, List<String> codecs, SipHeaders headers) implements CallCommand {
        public Ring {
            if (code < 180 || code > 189) {
                throw new IllegalArgumentException("ringing needs a code from 180 to 189: " + code);
            }
        }

        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return state.isUndecided();
        }
    }

    /** Inbound, undecided: 200. Done when it is sent. {@code codecs} empty: the engine's. */
    record Answer(List<String> codecs, SipHeaders headers) implements CallCommand {
        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return state.isUndecided();
        }
    }

    /** Inbound, undecided: a final failure, 400 to 699. */
    record Reject(int code, String phrase, SipHeaders headers) implements CallCommand {
        public Reject {
            if (code < 400 || code > 699) {
                throw new IllegalArgumentException("a rejection needs a code from 400 to 699: " + code);
            }
        }

        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return state.isUndecided();
        }
    }

    /** Inbound, undecided: 302 with contacts in order of preference. */
    record Redirect(List<String> contacts, SipHeaders headers) implements CallCommand {
        public Redirect {
            if (contacts.isEmpty()) {
                throw new IllegalArgumentException("a redirection needs a contact");
            }
        }

        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return state.isUndecided();
        }
    }

    /**
     * Ends the call as its state asks: CANCEL, rejection (480) or BYE. Done when the call is over.
     *
     * @param reason value of a Reason header or null
     * @param hard   what is sent is sent once, and the call is over here and now, whatever the far end says to that
     */
    record Hangup(String reason, SipHeaders headers, boolean hard) implements CallCommand {
        public Hangup(String reason, SipHeaders headers) {
            this(reason, headers, false);
        }

        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return true;
        }
    }

    /** Commands on audio: possible once it flows. */
    sealed interface OnMedia extends CallCommand {
        @Override
        default boolean allowedIn(CallState state, CallDirection direction) {
            return state.isAnswered() || state == CallState.RINGING || state == CallState.ALERTING;
        }
    }

    /** Commands on an answered call. */
    sealed interface WhenAnswered extends CallCommand {
        @Override
        default boolean allowedIn(CallState state, CallDirection direction) {
            return state.isAnswered();
        }
    }

    /** Plays a WAV; done when it was played, stopped, or the call ended. Replaces what plays. */
    record Play(PlaySource source) implements OnMedia {
    }

    record StopPlay() implements OnMedia {
    }

    /**
     * Records; done when the recording has ended, by itself, by {@link StopRecording} or with the call. Fails where the file cannot be written.
     *
     * @param id of the recording, in events; null for one of our making
     */
    record Record(String id, RecordTarget target) implements OnMedia {
    }

    /** Done when the recording runs. */
    record StartRecording(RecordTarget target) implements WhenAnswered {
    }

    /** Done when the file is closed. */
    record StopRecording() implements OnMedia {
    }

    record PauseRecording() implements OnMedia {
    }

    record ResumeRecording() implements OnMedia {
    }

    record Mute() implements OnMedia {
    }

    record Unmute() implements OnMedia {
    }

    /** How digits travel. */
    enum DtmfMethod {
        RFC4733, INFO
    }

    /** Done when all digits are sent. */
    record SendDtmf(String digits, int toneMillis, int gapMillis, DtmfMethod method) implements OnMedia {
        public SendDtmf {
            if (digits == null || !digits.matches("[0-9*#A-Dw]{1,64}")) {
                throw new IllegalArgumentException("digits must be 1 to 64 of 0-9 * # A-D and w (a pause): " + digits);
            }
            if (toneMillis < 40 || toneMillis > 5000 || gapMillis < 30 || gapMillis > 5000) {
                throw new IllegalArgumentException("a tone lasts 40 to 5000 ms and a gap 30 to 5000 ms");
            }
        }
    }

    /** Puts the far end on hold; done when it agreed. */
    record Hold() implements WhenAnswered {
    }

    record Resume() implements WhenAnswered {
    }

    record Echo(boolean on) implements WhenAnswered {
    }

    /**
     * Connects the audio of two calls; when one ends the other is hung up. Before both are answered it is a bridge for early media: the calls need audio
     * already, the called side hears nothing until it answers, and none ends with the other. It becomes a full one by their answers; asking for the same
     * bridge again is done at once.
     *
     * @param stays this call is not hung up when the other one ends
     */
    record Bridge(String peerCallId, boolean stays) implements OnMedia {
        public Bridge(String peerCallId) {
            this(peerCallId, false);
        }
    }

    /** Takes the bridge apart; both calls live on. */
    record Unbridge() implements OnMedia {
    }

    /** Another call takes the place of the one that this is bridged with; if there is none, as {@link Bridge}. */
    record Rebridge(String peerCallId) implements WhenAnswered {
    }

    /** On: the call outlives the one that it is bridged with, since another one will come ({@link Rebridge}). Off: none comes any more. */
    record StayUp(boolean on) implements CallCommand {
        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return !state.isOver();
        }
    }

    /**
     * Asks the far end to call somebody else (REFER, RFC 3515). Done with a {@link CommandResult#transfer}, a failed transfer included: the
     * call is then as it was. Fails if it could not be asked: one is under way, or the specification is wrong.
     */
    record Transfer(TransferSpec spec, TransferListener listener) implements WhenAnswered {
        public Transfer(TransferSpec spec) {
            this(spec, TransferListener.NONE);
        }
    }

    /** Accepts a REFER of the far end (202) or refuses it (300 to 699). Not after the end of the call. */
    record AnswerTransfer(int code, String phrase) implements WhenAnswered {
        public AnswerTransfer {
            if (code != 202 && (code < 300 || code > 699)) {
                throw new IllegalArgumentException("a transfer is accepted with 202 or refused with a code from 300 to 699: " + code);
            }
        }
    }

    /**
     * After {@link AnswerTransfer}: tells the far end how the call of the target goes, 200 and above is the last. Done when the last one is
     * answered. Possible after the end of the call too.
     */
    record ReportTransfer(int code, String phrase) implements CallCommand {
        public ReportTransfer {
            if (code < 100 || code > 699) {
                throw new IllegalArgumentException("a status is 100 to 699: " + code);
            }
        }

        @Override
        public boolean allowedIn(CallState state, CallDirection direction) {
            return true;
        }
    }

    /** Publishes an event of a transfer that we do ourselves, with the call's own head. */
    record TellTransfer(java.util.function.Function<VoiceEvent.Head, VoiceEvent> event) implements WhenAnswered {
    }

    record SendInfo(String contentType, String body) implements WhenAnswered {
    }

    /**
     * Lets a tap hear the call, and speak into it; told as an event. Done at once. The call's end takes it away.
     *
     * @param controlId   unique among the taps of the call
     * @param destination for events: where the audio goes, without credentials
     * @param direction   for events: speak, listen or both
     * @param voice       what the tap says into the call, null for nothing
     */
    record StartTap(String controlId, String destination, String direction, MediaTap tap, LiveAudio voice) implements OnMedia {
    }

    /** Told as an event; the tap itself does what changes. */
    record ChangeTap(String controlId, String direction, boolean paused) implements OnMedia {
    }

    /** @param reason for events: why it ended, e.g. {@code stopped} */
    record StopTap(String controlId, String reason) implements OnMedia {
    }
}
