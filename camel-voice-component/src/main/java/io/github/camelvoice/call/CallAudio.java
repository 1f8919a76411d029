package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.MediaLeg;
import io.github.camelvoice.call.spi.MediaTerms;
import io.github.camelvoice.call.spi.MediaPlane;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.runtime.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The audio side of one call: its media leg, what plays, what is recorded, and who waits for it. Belongs to the call's mailbox.
 */
final class CallAudio {

    private final CallServices services;
    private final CallJournal journal;
    private final Supplier<CallSnapshot> snapshot;
    private final Map<String, CompletableFuture<CommandResult>> digitsDone = new HashMap<>();
    private MediaLeg leg;
    private String initialSdp;
    private MediaFigures.Pair lastFigures = MediaFigures.Pair.NONE;
    private MediaInfo lastInfo;
    private String playing;
    private final Map<String, CompletableFuture<CommandResult>> plays = new HashMap<>();
    private String recording;
    private CompletableFuture<CommandResult> recordingStopped;
    private CompletableFuture<CommandResult> recordingEnded;
    private boolean recordingPaused;
    private boolean muted;
    private boolean echoing;
    private final CallTaps taps;
    private final DigitListeners digitListeners;
    private final DigitListener keys;

    /** @param keys told of each key that the far end presses */
    CallAudio(CallServices services, CallJournal journal, Supplier<CallSnapshot> snapshot, DigitListener keys) {
        this.services = services;
        this.journal = journal;
        this.snapshot = snapshot;
        this.keys = keys;
        this.taps = new CallTaps(journal, this::leg);
        this.digitListeners = new DigitListeners(journal.callId());
    }

    /** Takes a port pair, if there is none yet. {@code codecs} empty: the engine's. */
    void open(LiveCall owner, List<String> codecs) throws MediaException {
        if (leg == null) {
            MediaTerms terms = new MediaTerms(codecs.isEmpty() ? services.codecs() : codecs, owner.facts().security());
            leg = services.media().open(journal.callId(), terms, owner.mailbox(), owner::onMedia);
        }
    }

    /** Null before {@link #open}, and after {@link #close}. */
    MediaLeg leg() {
        return leg;
    }

    DigitListeners digitListeners() {
        return digitListeners;
    }

    CallTaps taps() {
        return taps;
    }

    /** The SDP that we sent for the INVITE, early or with the 200: it must not differ (RFC 6337, section 3.1.1). Null before. */
    String initialSdp() {
        return initialSdp;
    }

    void initialSdp(String sdp) {
        initialSdp = sdp;
    }

    /** What was agreed, of an ended call too. */
    MediaInfo info() {
        return leg == null ? lastInfo : leg.info();
    }

    MediaFigures.Pair figures() {
        return leg == null ? lastFigures : leg.figures();
    }

    boolean muted() {
        return muted;
    }

    boolean recording() {
        return recording != null;
    }

    void play(PlaySource source, CompletableFuture<CommandResult> done) {
        String playId = services.ids().token();
        playing = playId;
        plays.put(playId, done);
        journal.tell(head -> new VoiceEvent.PlayStarted(head, playId, source.name()));
        leg.play(playId, source);
    }

    void stopPlay() {
        leg.stopPlay();
    }

    /** @param ended done when the recording has ended; null where nobody waits for that */
    void record(String id, RecordTarget target, CompletableFuture<CommandResult> ended) throws CallException {
        if (recording != null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call is being recorded already");
        }
        String recordingId = id == null ? services.ids().token() : id;
        try {
            leg.record(recordingId, target);
        } catch (MediaException failure) {
            throw mediaFailure(failure);
        }
        recording = recordingId;
        recordingEnded = ended;
        recordingPaused = false;
        journal.tell(head -> new VoiceEvent.RecordingStarted(head, recordingId, target.file().toString()));
    }

    void stopRecording(CompletableFuture<CommandResult> done) throws CallException {
        requireRecording();
        if (recordingStopped != null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the recording is being stopped already");
        }
        recordingStopped = done;
        leg.stopRecording();
    }

    void pauseRecording(boolean pause) throws CallException {
        requireRecording();
        if (recordingPaused == pause) {
            return;
        }
        recordingPaused = pause;
        leg.pauseRecording(pause);
        String id = recording;
        journal.tell(head -> pause ? new VoiceEvent.RecordingPaused(head, id) : new VoiceEvent.RecordingResumed(head, id));
    }

    private void requireRecording() throws CallException {
        if (recording == null) {
            throw new CallException(CallException.Kind.WRONG_STATE, journal.callId(), "the call is not being recorded");
        }
    }

    void mute(boolean on) {
        if (muted != on) {
            muted = on;
            leg.mute(on);
            journal.tell(head -> on ? new VoiceEvent.Muted(head) : new VoiceEvent.Unmuted(head));
        }
    }

    void echo(boolean on) {
        if (echoing != on) {
            echoing = on;
            leg.echo(on);
            journal.tell(head -> on ? new VoiceEvent.EchoStarted(head) : new VoiceEvent.EchoStopped(head));
        }
    }

    void sendDtmf(CallCommand.SendDtmf command, CompletableFuture<CommandResult> done) throws CallException {
        String id = services.ids().token();
        try {
            leg.sendDtmf(id, command.digits(), command.toneMillis(), command.gapMillis());
        } catch (MediaException failure) {
            throw mediaFailure(failure);
        }
        digitsDone.put(id, done);
    }

    CallException mediaFailure(MediaException failure) {
        return new CallException(CallException.Kind.MEDIA, journal.callId(), failure.getMessage(), failure);
    }

    /** Tells and completes what belongs to the event; {@code Silent} and {@code Alive} are the call's own. */
    void on(MediaEvent event) {
        if (event instanceof MediaEvent.PlayEnded ended) {
            playEnded(ended);
        } else if (event instanceof MediaEvent.RecordingEnded ended) {
            recordingEnded(ended);
        } else if (event instanceof MediaEvent.DtmfSent sent) {
            CompletableFuture<CommandResult> done = digitsDone.remove(sent.id());
            if (done != null) {
                done.complete(CommandResult.of(snapshot.get()));
            }
        } else if (event instanceof MediaEvent.Dtmf dtmf) {
            digit(dtmf.digit(), dtmf.durationMillis(), CallCommand.DtmfMethod.RFC4733);
        }
    }

    /** A key was pressed, told by RFC 4733 or by INFO. */
    void digit(char digit, int durationMillis, CallCommand.DtmfMethod method) {
        taps.digit(digit, durationMillis);
        journal.tell(head -> new VoiceEvent.DtmfReceived(head, String.valueOf(digit), durationMillis, method));
        digitListeners.tell(digit, durationMillis, method);
        keys.digit(digit, durationMillis, method);
    }

    private void playEnded(MediaEvent.PlayEnded ended) {
        if (ended.playId().equals(playing)) {
            playing = null;
        }
        String outcome = label(ended.outcome());
        journal.tell(head -> new VoiceEvent.PlayEnded(head, ended.playId(), outcome, ended.played(), ended.detail()));
        CompletableFuture<CommandResult> done = plays.remove(ended.playId());
        if (done == null) {
            return;
        }
        if (ended.outcome() == MediaEvent.Outcome.FAILED) {
            done.completeExceptionally(new CallException(CallException.Kind.MEDIA, journal.callId(), ended.detail()));
        } else {
            done.complete(new CommandResult(snapshot.get(), ended.playId(), outcome, ended.played(), null));
        }
    }

    private void recordingEnded(MediaEvent.RecordingEnded ended) {
        if (!ended.recordingId().equals(recording)) {
            return;
        }
        recording = null;
        List<CompletableFuture<CommandResult>> waiting = waitingForRecording();
        String outcome = label(ended.outcome());
        journal.tell(head -> new VoiceEvent.RecordingEnded(head, ended.recordingId(), outcome, ended.file().toString(), ended.length(),
                ended.detail()));
        for (CompletableFuture<CommandResult> done : waiting) {
            if (ended.outcome() == MediaEvent.Outcome.FAILED) {
                done.completeExceptionally(new CallException(CallException.Kind.MEDIA, journal.callId(), ended.detail()));
            } else {
                done.complete(new CommandResult(snapshot.get(), ended.recordingId(), outcome, ended.length(), ended.file()));
            }
        }
    }

    private List<CompletableFuture<CommandResult>> waitingForRecording() {
        List<CompletableFuture<CommandResult>> waiting = new ArrayList<>();
        if (recordingStopped != null) {
            waiting.add(recordingStopped);
        }
        if (recordingEnded != null) {
            waiting.add(recordingEnded);
        }
        recordingStopped = null;
        recordingEnded = null;
        return waiting;
    }

    private static String label(MediaEvent.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Gives the ports back; the ends of playing and recording still come, see {@link #quiet}. */
    void close() {
        digitListeners.clear();
        if (leg != null) {
            lastFigures = leg.figures();
            lastInfo = leg.info();
            taps.callEnded();
            leg.close();
            leg = null;
        }
        digitsDone.values().forEach(done -> done.complete(CommandResult.of(snapshot.get())));
        digitsDone.clear();
    }

    /** Nothing plays or records any more: all ends have been told. */
    boolean quiet() {
        return plays.isEmpty() && recording == null;
    }

    /** Gives up on ends that never came, so that nobody waits for ever. */
    void giveUp() {
        plays.values().forEach(done -> done.complete(new CommandResult(snapshot.get(), null, "stopped", Duration.ZERO, null)));
        plays.clear();
        recording = null;
        waitingForRecording().forEach(done -> done.completeExceptionally(
                new CallException(CallException.Kind.MEDIA, journal.callId(), "the recording was not closed in time")));
    }
}
