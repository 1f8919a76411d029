package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.call.spi.SignalEvent;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveCallTest {

    private final CallBench bench = new CallBench();

    private static final CallCommand ANSWER = new CallCommand.Answer(List.of(), SipHeaders.none());
    private static final CallCommand HANGUP = new CallCommand.Hangup(null, SipHeaders.none());

    /** Whatever a test did to its calls: once they are ended nothing may be left of them. */
    @AfterEach
    void nothingIsLeft() {
        bench.legs.forEach(leg -> leg.says(new SignalEvent.Closed()));
        assertThat(bench.registry.count()).isZero();
        assertThat(bench.timers.pending()).isZero();
        assertThat(bench.media.ports).isEqualTo(10);
    }

    private static CommandResult done(Call call, CallCommand command) {
        return call.execute(command).toCompletableFuture().getNow(null);
    }

    private static CallException failed(Call call, CallCommand command) {
        CompletableFuture<CommandResult> future = call.execute(command).toCompletableFuture();
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("not failed");
        } catch (CompletionException e) {
            return (CallException) e.getCause();
        }
    }

    private static PlaySource wav(String name) {
        return new PlaySource(name, InputStream::nullInputStream, 1);
    }

    @Test
    void inboundCallIsAnsweredPlayedToAndHungUp() {
        Call call = bench.invite("offer");
        assertThat(call.snapshot().state()).isEqualTo(CallState.OFFERED);
        assertThat(done(call, new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()))).isNotNull();
        assertThat(done(call, ANSWER).call().media().codec()).isEqualTo("PCMU");
        assertThat(bench.leg().sent).containsExactly("180 Ringing", "200 answer-to-offer");
        bench.leg().says(new SignalEvent.Acked(null));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ACTIVE);

        CompletableFuture<CommandResult> play = call.execute(new CallCommand.Play(wav("hello.wav"))).toCompletableFuture();
        assertThat(play).isNotDone();
        bench.media.last().played();
        assertThat(play.join().outcome()).isEqualTo("completed");

        CompletableFuture<CommandResult> hangup = call.execute(HANGUP).toCompletableFuture();
        assertThat(hangup.join().call().cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
        assertThat(bench.leg().sent).endsWith("BYE");
        assertThat(bench.events()).containsExactly("call-received", "call-ringing", "call-answered", "play-started", "play-ended", "call-ended");
    }

    @Test
    void listenersHearTheKeysUntilTheyLeaveOrTheCallEnds() {
        Call call = bench.invite("offer");
        StringBuilder first = new StringBuilder();
        StringBuilder second = new StringBuilder();
        call.onDigit((digit, millis, method) -> {
            throw new IllegalStateException("a bug of one is not the others'");
        });
        Calls.Registration leaving = call.onDigit((digit, millis, method) -> first.append(digit).append(method));
        call.onDigit((digit, millis, method) -> second.append(digit));
        done(call, ANSWER);
        bench.media.last().says(new MediaEvent.Dtmf('1', 120));
        bench.leg().says(new SignalEvent.InfoReceived("application/dtmf-relay", "Signal=*\r\nDuration=160\r\n"));
        leaving.close();
        bench.media.last().says(new MediaEvent.Dtmf('2', 120));
        done(call, HANGUP);
        bench.media.last().says(new MediaEvent.Dtmf('3', 120));
        assertThat(first).hasToString("1RFC4733*INFO");
        assertThat(second).hasToString("1*2");
    }

    @Test
    void aRecordingThatIsWaitedForEndsByItselfByCommandOrWithTheCall() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        RecordTarget target = new RecordTarget(Path.of("a.wav"), RecordTarget.Layout.MIXED, null);
        CompletableFuture<CommandResult> byItself = call.execute(new CallCommand.Record("REone", target)).toCompletableFuture();
        assertThat(byItself).isNotDone();
        assertThat(failed(call, new CallCommand.Record("REtwo", target)).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
        bench.media.last().says(new MediaEvent.RecordingEnded("REone", MediaEvent.Outcome.ABSENT, target.file(), Duration.ZERO, "too short"));
        assertThat(byItself.join().outcome()).isEqualTo("absent");
        CompletableFuture<CommandResult> byCommand = call.execute(new CallCommand.Record(null, target)).toCompletableFuture();
        CompletableFuture<CommandResult> stop = call.execute(new CallCommand.StopRecording()).toCompletableFuture();
        assertThat(byCommand.join()).isEqualTo(stop.join());
        CompletableFuture<CommandResult> withTheCall = call.execute(new CallCommand.Record(null, target)).toCompletableFuture();
        done(call, HANGUP);
        assertThat(withTheCall.join().length()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void eventsAreNumberedFromZeroWithoutAGap() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        done(call, new CallCommand.Mute());
        done(call, new CallCommand.Unmute());
        done(call, HANGUP);
        List<VoiceEvent> events = bench.rawEvents();
        assertThat(events).extracting(e -> e.head().sequence()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(events).allSatisfy(e -> assertThat(e.head().callId()).isEqualTo(call.id()));
    }

    @Test
    void outboundCallIsAnsweredAndEndedByTheFarEnd() throws Exception {
        Call call = bench.place();
        assertThat(bench.leg().sent).containsExactly("INVITE offer1");
        CompletableFuture<CallSnapshot> ringing = call.reached(Milestone.RINGING).toCompletableFuture();
        CompletableFuture<CallSnapshot> answered = call.reached(Milestone.ANSWERED).toCompletableFuture();
        bench.leg().says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        assertThat(ringing).isCompleted();
        assertThat(answered).isNotDone();
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.of("X-From-Bob", "yes"), "answer"));
        assertThat(answered.join().state()).isEqualTo(CallState.ACTIVE);
        assertThat(answered.join().responseHeaders().first("x-from-bob")).contains("yes");
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.of("Reason", "Q.850;cause=16")));
        assertThat(bench.leg().sent).endsWith("200 BYE");
        EndCause cause = call.reached(Milestone.COMPLETED).toCompletableFuture().join().cause();
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        assertThat(cause.reason()).isEqualTo("Q.850;cause=16");
    }

    @Test
    void rejectionSaysWhy() throws Exception {
        Call call = bench.place();
        bench.leg().says(new SignalEvent.Rejected(486, "Busy Here", SipHeaders.none(), List.of()));
        EndCause cause = call.reached(Milestone.ANSWERED).toCompletableFuture().join().cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.BUSY);
        assertThat(cause.sipCode()).isEqualTo(486);
        assertThat(cause.phrase()).isEqualTo("Busy Here");
    }

    @Test
    void nobodyAnswers() throws Exception {
        Call call = bench.place();
        bench.leg().says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        bench.pass(29);
        assertThat(bench.leg().sent).doesNotContain("CANCEL");
        bench.pass(1);
        assertThat(bench.leg().sent).endsWith("CANCEL");
        assertThat(call.snapshot().state()).isEqualTo(CallState.CANCELLING);
        bench.leg().says(new SignalEvent.Rejected(487, "Request Terminated", SipHeaders.none(), List.of()));
        EndCause cause = call.snapshot().cause();
        assertThat(cause.kind()).isEqualTo(EndCause.Kind.NO_ANSWER);
        assertThat(cause.endedBy()).isEqualTo(EndCause.Origin.TIMEOUT);
    }

    @Test
    void answerThatCrossesOurCancelIsHungUp() throws Exception {
        Call call = bench.place();
        call.execute(HANGUP);
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        assertThat(bench.leg().sent).containsExactly("INVITE offer1", "CANCEL", "BYE");
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.CANCELLED);
        assertThat(bench.events()).containsExactly("call-initiated", "call-ended");
    }

    @Test
    void answerWithoutUsableAudioEndsTheCall() throws Exception {
        Call call = bench.place();
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "bad"));
        assertThat(bench.leg().sent).endsWith("BYE");
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.NOT_ACCEPTABLE);
    }

    @Test
    void offerThatWeCannotUseIsRejectedWith488() {
        Call call = bench.invite("bad");
        CallException failure = failed(call, ANSWER);
        assertThat(failure.kind()).isEqualTo(CallException.Kind.MEDIA);
        assertThat(bench.leg().sent).containsExactly("488 Not Acceptable Here");
    }

    @Test
    void withoutAPortTheCallerGets503() {
        bench.media.ports = 0;
        Call call = bench.invite("offer");
        assertThat(failed(call, ANSWER)).hasMessageContaining("no RTP port");
        assertThat(bench.leg().sent).containsExactly("503 Service Unavailable");
        bench.media.ports = 10;
    }

    @Test
    void lateOfferIsAnsweredInTheAck() {
        Call call = bench.invite(null);
        done(call, ANSWER);
        assertThat(bench.leg().sent).containsExactly("200 offer1");
        bench.leg().says(new SignalEvent.Acked("answer"));
        assertThat(call.snapshot().media().codec()).isEqualTo("PCMU");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ACTIVE);
    }

    @Test
    void ackWithoutTheAnswerDueEndsTheCall() {
        Call call = bench.invite(null);
        done(call, ANSWER);
        bench.leg().says(new SignalEvent.Acked(null));
        assertThat(bench.leg().sent).endsWith("BYE");
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.NOT_ACCEPTABLE);
    }

    @Test
    void earlyMediaAndAnswerCarryTheSameSdp() {
        Call call = bench.invite("offer");
        done(call, new CallCommand.Ring(183, true, false, List.of(), SipHeaders.none()));
        done(call, ANSWER);
        assertThat(bench.leg().sent).containsExactly("183 Session Progress answer-to-offer", "200 answer-to-offer");
    }

    @Test
    void callerGivesUp() {
        Call call = bench.invite("offer");
        bench.leg().says(new SignalEvent.Cancelled(SipHeaders.of("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")));
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.CANCELLED);
        assertThat(call.snapshot().cause().reason()).contains("completed elsewhere");
        assertThat(failed(call, ANSWER).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
    }

    @Test
    void undecidedCallIsGivenUpInTime() {
        Call call = bench.invite("offer");
        bench.pass(180);
        assertThat(bench.leg().sent).containsExactly("480 Temporarily Unavailable");
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.UNAVAILABLE);
    }

    @Test
    void commandsOfTheWrongStateAreRefusedByName() {
        Call call = bench.invite("offer");
        assertThat(failed(call, new CallCommand.Play(wav("x")))).hasMessageContaining("cannot play").hasMessageContaining("offered");
        done(call, ANSWER);
        assertThat(failed(call, ANSWER)).hasMessageContaining("cannot answer: the call is accepted");
        assertThat(failed(call, new CallCommand.StopRecording())).hasMessageContaining("not being recorded");
        done(call, HANGUP);
    }

    @Test
    void recordingEndsBeforeTheCallDoes() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        done(call, new CallCommand.StartRecording(new RecordTarget(Path.of("a.wav"), RecordTarget.Layout.MIXED, null)));
        done(call, new CallCommand.PauseRecording());
        done(call, new CallCommand.ResumeRecording());
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bench.events()).containsExactly("call-received", "call-answered", "recording-started", "recording-paused",
                "recording-resumed", "recording-ended", "call-ended");
    }

    @Test
    void stoppedRecordingTellsItsFile() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        done(call, new CallCommand.StartRecording(new RecordTarget(Path.of("a.wav"), RecordTarget.Layout.STEREO, null)));
        CommandResult result = done(call, new CallCommand.StopRecording());
        assertThat(result.file()).isEqualTo(Path.of("a.wav"));
        assertThat(result.length()).isEqualTo(Duration.ofSeconds(3));
        done(call, HANGUP);
    }

    @Test
    void holdAndResume() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        CompletableFuture<CommandResult> hold = call.execute(new CallCommand.Hold()).toCompletableFuture();
        assertThat(bench.leg().sent).endsWith("re-INVITE offer1 held");
        assertThat(failed(call, new CallCommand.Resume())).hasMessageContaining("under way");
        bench.leg().says(new SignalEvent.OfferAnswered("answer"));
        assertThat(hold.join().call().held()).isTrue();
        CompletableFuture<CommandResult> resume = call.execute(new CallCommand.Resume()).toCompletableFuture();
        bench.leg().says(new SignalEvent.OfferRefused(500, "No"));
        assertThat(resume).isCompletedExceptionally();
        assertThat(call.snapshot().held()).isTrue();
        done(call, HANGUP);
    }

    @Test
    void farEndHoldsAndResumes() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        bench.leg().says(new SignalEvent.OfferReceived("hold", SipHeaders.none()));
        bench.leg().says(new SignalEvent.OfferReceived("offer", SipHeaders.none()));
        bench.leg().says(new SignalEvent.OfferReceived("bad", SipHeaders.none()));
        assertThat(bench.leg().sent).endsWith("200 re-INVITE answer-to-hold", "200 re-INVITE answer-to-offer", "488 re-INVITE");
        assertThat(bench.events()).endsWith("held", "resumed");
        done(call, HANGUP);
    }

    @Test
    void offerlessReInviteGetsOurOffer() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        bench.leg().says(new SignalEvent.OfferReceived(null, SipHeaders.none()));
        assertThat(bench.leg().sent).endsWith("200 re-INVITE offer1");
        bench.leg().says(new SignalEvent.Acked("answer"));
        assertThat(call.snapshot().state()).isEqualTo(CallState.ACTIVE);
        done(call, HANGUP);
    }

    @Test
    void digitsBothWays() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        assertThat(done(call, new CallCommand.SendDtmf("12#", 100, 50, CallCommand.DtmfMethod.RFC4733))).isNotNull();
        CompletableFuture<CommandResult> info = call.execute(new CallCommand.SendDtmf("1w2", 100, 50, CallCommand.DtmfMethod.INFO)).toCompletableFuture();
        bench.pass(2);
        assertThat(info).isCompleted();
        assertThat(bench.leg().sent).endsWith("INFO Signal=1", "INFO Signal=2");
        bench.events();
        bench.media.last().says(new MediaEvent.Dtmf('5', 120));
        bench.leg().says(new SignalEvent.InfoReceived("application/dtmf-relay", "Signal=11\r\nDuration=250\r\n"));
        bench.leg().says(new SignalEvent.InfoReceived("text/plain", "hi"));
        List<VoiceEvent> events = bench.rawEvents();
        assertThat(events.get(0)).isInstanceOfSatisfying(VoiceEvent.DtmfReceived.class, e -> assertThat(e.digit()).isEqualTo("5"));
        assertThat(events.get(1)).isInstanceOfSatisfying(VoiceEvent.DtmfReceived.class, e -> {
            assertThat(e.digit()).isEqualTo("#");
            assertThat(e.durationMillis()).isEqualTo(250);
        });
        assertThat(events.get(2)).isInstanceOf(VoiceEvent.InfoReceived.class);
        done(call, HANGUP);
    }

    @Test
    void deadMediaEndsTheCall() {
        Call call = bench.invite("offer");
        done(call, ANSWER);
        bench.media.last().says(new MediaEvent.Silent(Duration.ofSeconds(30)));
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.MEDIA_LOST);
        assertThat(bench.leg().sent).endsWith("BYE");
        assertThat(bench.events()).endsWith("media-lost", "call-ended");
    }

    @Test
    void timeLimitEndsTheCall() throws Exception {
        Call call = bench.place();
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        bench.pass(599);
        assertThat(call.snapshot().state()).isEqualTo(CallState.ACTIVE);
        bench.pass(1);
        assertThat(call.snapshot().cause().kind()).isEqualTo(EndCause.Kind.TIME_LIMIT);
    }

    @Test
    void bridgedCallsEndTogether() throws Exception {
        Call first = bench.invite("offer");
        done(first, ANSWER);
        FakeLeg firstLeg = bench.leg();
        Call second = bench.place();
        assertThat(failed(first, new CallCommand.Bridge(second.id()))).hasMessageContaining("not answered");
        FakeLeg secondLeg = bench.leg();
        secondLeg.says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        bench.events();
        assertThat(done(first, new CallCommand.Bridge(second.id())).call().peerCallId()).isEqualTo(second.id());
        assertThat(bench.events()).containsExactly("bridged", "bridged");
        assertThat(second.snapshot().peerCallId()).isEqualTo(first.id());
        assertThat(done(second, new CallCommand.Bridge(first.id())).call().peerCallId()).isEqualTo(first.id());
        Call third = bench.place();
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        assertThat(failed(second, new CallCommand.Bridge(third.id()))).hasMessageContaining("bridged already");
        assertThat(failed(third, new CallCommand.Bridge(first.id()))).hasMessageContaining("bridged already");
        bench.events();
        firstLeg.says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(secondLeg.sent).endsWith("BYE");
        assertThat(second.snapshot().cause().phrase()).isEqualTo("the bridged call ended");
        assertThat(bench.events()).containsExactly("unbridged", "call-ended", "unbridged", "call-ended");
    }

    @Test
    void unbridgedCallsLiveOn() throws Exception {
        Call first = bench.invite("offer");
        done(first, ANSWER);
        Call second = bench.place();
        bench.leg().says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
        done(first, new CallCommand.Bridge(second.id()));
        done(second, new CallCommand.Unbridge());
        assertThat(first.snapshot().peerCallId()).isNull();
        done(first, HANGUP);
        assertThat(second.snapshot().state()).isEqualTo(CallState.ACTIVE);
        done(second, HANGUP);
    }

    @Test
    void lostLegEndsTheCall() throws Exception {
        Call call = bench.place();
        EndCause why = EndCause.of(EndCause.Kind.TRANSPORT, EndCause.Origin.TRANSPORT, "connection refused");
        bench.leg().says(new SignalEvent.Lost(why));
        assertThat(call.snapshot().cause()).isEqualTo(why);
    }

    @Test
    void everyCommandHasItsVerb() {
        List<Class<?>> commands = new ArrayList<>();
        for (Class<?> type : CallCommand.class.getPermittedSubclasses()) {
            commands.addAll(type.isInterface() ? List.of(type.getPermittedSubclasses()) : List.of(type));
        }
        assertThat(commands).hasSizeGreaterThan(15).allMatch(Verbs::knows);
    }
}
