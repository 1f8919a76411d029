package io.github.camelvoice.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.TransferResult;
import io.github.camelvoice.call.TransferStatus;
import io.github.camelvoice.dial.CodecOrder;
import io.github.camelvoice.dial.DialResult;
import io.github.camelvoice.dial.DialTarget;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Dial as a document orders it, with a dial room that comes to what the test says. */
class DialTest {

    private static final String NEXT = "https://app.example/next";
    private static final String WHISPER = "https://app.example/whisper";

    private final DocumentRig rig = new DocumentRig();
    private final FakeCall call = FakeCall.active();
    private final FakeCall leg = FakeCall.leg();

    private Execution run(String inner) {
        return rig.run(call, "<Response>" + inner + "</Response>");
    }

    private static String sip(String attributes) {
        return "<Sip " + attributes + ">sip:bob@example.com;transport=udp</Sip>";
    }

    private static Ending ending(Execution execution) {
        return DocumentRig.outcome(execution) == null ? null : DocumentRig.outcome(execution).ending();
    }

    private FakeCall refused(int code) {
        leg.cause = EndCause.ofStatus(code, "", EndCause.Origin.REMOTE, "");
        return leg;
    }

    @Test
    void theOrderBecomesAPlan() {
        run("<Dial timeout='12' timeLimit='100' sequential='true' hangupOnStar='true' ringTone='uk' answerOnBridge='true' callerId='+1555' "
                + "callerName='The Office'>" + sip("username='u' password='p' codecs='OPUS,PCMU' sessionTimeout='120'")
                + "<Sip>sip:carol@example.com;secure=true?X-A=1</Sip></Dial>");
        assertThat(rig.dials.plan.caller()).isSameAs(call);
        assertThat(rig.dials.plan.sequential()).isTrue();
        assertThat(rig.dials.plan.ringTimeout()).isEqualTo(Duration.ofSeconds(12));
        assertThat(rig.dials.plan.timeLimit()).isEqualTo(Duration.ofSeconds(100));
        assertThat(rig.dials.plan.side().ringTone()).isEqualTo("uk");
        assertThat(rig.dials.plan.side().answerOnBridge()).isTrue();
        assertThat(rig.dials.plan.side().hangupOnStar()).isTrue();
        assertThat(rig.dials.plan.side().stays()).isTrue();
        DialTarget first = rig.dials.plan.targets().get(0);
        assertThat(first.call().leg().target()).isEqualTo("sip:bob@example.com;transport=udp");
        assertThat(first.call().leg().from()).isEqualTo("sip:+1555@us.example");
        assertThat(first.call().leg().fromDisplay()).isEqualTo("The Office");
        assertThat(first.call().leg().username()).isEqualTo("u");
        assertThat(first.call().leg().password()).isEqualTo("p");
        assertThat(first.call().leg().sessionExpires()).isEqualTo(120);
        assertThat(first.call().codecs()).containsExactly("OPUS", "PCMU");
        assertThat(first.codecs()).isEqualTo(CodecOrder.AS_GIVEN);
        assertThat(first.call().security()).isEqualTo(MediaSecurity.NONE);
        assertThat(first.call().idHeaders()).isEqualTo("X-Voice-");
        DialTarget second = rig.dials.plan.targets().get(1);
        assertThat(second.call().security()).isEqualTo(MediaSecurity.REQUIRED);
        assertThat(second.call().leg().headers().first("X-A")).contains("1");
        assertThat(second.call().codecs()).containsExactly("PCMU", "PCMA");
        assertThat(second.codecs()).isEqualTo(CodecOrder.CALLERS_FIRST);
    }

    @Test
    void theCallersOwnNameAndNumberArePassedOn() {
        run("<Dial>" + sip("") + "</Dial>");
        assertThat(rig.dials.plan.targets().get(0).call().leg().from()).isEqualTo("sip:alice@us.example");
        assertThat(rig.dials.plan.targets().get(0).call().leg().fromDisplay()).isEqualTo("Alice");
        assertThat(rig.dials.plan.side().answerOnBridge()).isFalse();
    }

    @Test
    void theApplicationIsAskedWithAllParametersAndTheVerbsBehindAreOutOfReach() {
        rig.web.put(NEXT, "<Response><Pause length='1'/></Response>");
        Execution execution = run("<Dial action='" + NEXT + "' method='GET'>" + sip("") + "</Dial><Play>prompt:never</Play>");
        leg.headers = SipHeaders.of("X-Agent", "1", "X-Both", "first", "Server", "secret");
        rig.dials.listener.placed(0, leg);
        leg.answered();
        leg.answeredAt = rig.timers.now();
        rig.dials.listener.answered(0, leg);
        leg.headers = SipHeaders.of("X-Both", "last");
        rig.timers.advance(Duration.ofMillis(61_400));
        rig.dials.talked(leg, Duration.ofSeconds(61));
        assertThat(rig.asked).containsExactly("GET " + NEXT + " [DialCallStatus=completed, DialCallSid=n1-leg, DialCallDuration=61, "
                + "DialBridged=true, DialSipCallId=sip-id, DialSipResponseCode=200, DialSipHeader_X-Agent=1, DialSipHeader_X-Both=last]");
        assertThat(ending(execution)).isNull();
        rig.timers.advance(Duration.ofSeconds(1));
        assertThat(ending(execution)).isEqualTo(Ending.COMPLETED);
        assertThat(rig.sounds).isEmpty();
    }

    @Test
    void withoutAnActionTheNextVerbIsCarriedOutAndThenTheCallEnds() {
        Execution execution = run("<Dial>" + sip("") + "</Dial><Play>prompt:sorry</Play>");
        rig.dials.fails(DialResult.Outcome.BUSY, refused(486).snapshot());
        assertThat(rig.sounds).containsExactly("prompt:sorry");
        call.played();
        assertThat(ending(execution)).isEqualTo(Ending.COMPLETED);
        assertThat(call.operations()).containsExactly("play", "hangup");
    }

    @Test
    void aRefusalIsPassedOnToACallerWhoWasNotAnswered() {
        FakeCall offered = FakeCall.offered();
        rig.run(offered, "<Response><Dial answerOnBridge='true'>" + sip("") + "</Dial></Response>");
        rig.dials.fails(DialResult.Outcome.BUSY, refused(486).snapshot());
        assertThat(offered.commands).singleElement().isEqualTo(new CallCommand.Reject(486, null, SipHeaders.none()));
    }

    @Test
    void theActionHearsOfFailures() {
        rig.web.put(NEXT, "<Response/>");
        run("<Dial action='" + NEXT + "'>" + sip("") + "</Dial>");
        rig.dials.fails(DialResult.Outcome.NO_ANSWER, refused(408).snapshot());
        assertThat(rig.asked).containsExactly("POST " + NEXT + " [DialCallStatus=no-answer, DialCallSid=n1-leg, DialCallDuration=0, "
                + "DialBridged=false, DialSipCallId=sip-id, DialSipResponseCode=408, DialSipHeader_X-Customer=7]");
    }

    @Test
    void whereNobodyCouldBeCalledThereIsNoChild() {
        rig.web.put(NEXT, "<Response/>");
        run("<Dial action='" + NEXT + "'>" + sip("") + "</Dial>");
        rig.dials.fails(DialResult.Outcome.FAILED, null);
        assertThat(rig.asked).containsExactly("POST " + NEXT + " [DialCallStatus=failed, DialBridged=false]");
    }

    @Test
    void theCallerWhoHangsUpIsToldToTheActionAndEndsTheDial() {
        rig.web.put(NEXT, "<Response><Play>prompt:never</Play></Response>");
        Execution execution = run("<Dial action='" + NEXT + "'>" + sip("") + "</Dial>");
        call.end();
        assertThat(ending(execution)).isEqualTo(Ending.CALL_OVER);
        assertThat(rig.dials.cancelled).isTrue();
        assertThat(rig.asked).isEmpty();
        rig.dials.fails(DialResult.Outcome.CANCELED, refused(487).snapshot());
        assertThat(rig.asked).singleElement().asString().startsWith("POST " + NEXT + " [DialCallStatus=canceled");
        assertThat(rig.sounds).isEmpty();
    }

    @Test
    void anotherDocumentEndsTheDialAndNobodyIsAsked() {
        Execution execution = run("<Dial action='" + NEXT + "'>" + sip("") + "</Dial>");
        run("<Pause/>");
        assertThat(ending(execution)).isEqualTo(Ending.REPLACED);
        assertThat(rig.dials.cancelled).isTrue();
        rig.dials.fails(DialResult.Outcome.CANCELED, refused(487).snapshot());
        assertThat(rig.asked).isEmpty();
    }

    @Test
    void atTheTimeLimitBothEnd() {
        rig.web.put(NEXT, "<Response><Play>prompt:never</Play></Response>");
        Execution execution = run("<Dial timeLimit='60' action='" + NEXT + "'>" + sip("") + "</Dial>");
        leg.answered();
        leg.cause = EndCause.of(EndCause.Kind.TIME_LIMIT, EndCause.Origin.LOCAL, "");
        rig.dials.talked(leg, Duration.ofSeconds(60));
        assertThat(call.operations()).containsExactly("hangup");
        assertThat(ending(execution)).isEqualTo(Ending.HANGUP);
        assertThat(rig.asked).singleElement().asString().contains("DialCallStatus=completed");
        assertThat(rig.sounds).isEmpty();
    }

    @Test
    void statusIsToldOfEachLegForWhichItWasAskedFor() {
        run("<Dial>" + sip("statusCallback='https://app.example/s' statusCallbackMethod='GET' statusCallbackEvent='ringing answered'") + sip("")
                + sip("statusCallback='https://app.example/t'") + "</Dial>");
        for (int i = 0; i < 3; i++) {
            rig.dials.listener.placed(i, leg);
        }
        assertThat(rig.followed).containsExactly("n1-leg GET https://app.example/s [RINGING, ANSWERED]",
                "n1-leg POST https://app.example/t [COMPLETED]");
    }

    @Test
    void recordingBeginsWithTheConnectionAndItsUrlIsTold() {
        rig.web.put(NEXT, "<Response/>");
        run("<Dial record='record-from-answer-dual' trim='trim-silence' action='" + NEXT + "'>" + sip("") + "</Dial>");
        assertThat(rig.recordings).isEmpty();
        leg.answered();
        rig.dials.listener.won(0, leg);
        assertThat(rig.recordings).singleElement().satisfies(order -> {
            assertThat(order.dual()).isTrue();
            assertThat(order.trim()).isTrue();
            assertThat(order.source()).isEqualTo("DialVerb");
        });
        rig.dials.talked(leg, Duration.ofSeconds(3));
        assertThat(rig.asked).singleElement().asString().contains("RecordingSid=RE1, RecordingUrl=https://here.example/RE1, RecordingDuration=3");
    }

    @Test
    void recordingFromTheRingingOnBeginsAtOnce() {
        run("<Dial record='record-from-ringing'>" + sip("") + "</Dial>");
        assertThat(rig.recordings).hasSize(1);
        rig.dials.listener.won(0, leg);
        assertThat(rig.recordings).hasSize(1);
    }

    private CompletableFuture<Boolean> screen(String whisper) {
        rig.web.put(WHISPER, whisper);
        run("<Dial>" + sip("url='" + WHISPER + "'") + "</Dial>");
        leg.headers = SipHeaders.of("X-Agent", "1", "Contact", "x");
        leg.answered();
        return rig.dials.plan.targets().get(0).screening().screen(leg).toCompletableFuture();
    }

    @Test
    void aWhisperThatComesToItsEndConnects() {
        CompletableFuture<Boolean> wanted = screen("<Response><Play>prompt:a-call-for-you</Play></Response>");
        assertThat(rig.asked).containsExactly("POST " + WHISPER + " []");
        assertThat(wanted).isNotDone();
        leg.played();
        assertThat(wanted).isCompletedWithValue(true);
        assertThat(leg.operations()).containsExactly("play");
    }

    @Test
    void aWhisperThatHangsUpDeclines() {
        CompletableFuture<Boolean> wanted = screen("<Response><Hangup/></Response>");
        assertThat(wanted).isCompletedWithValue(false);
        assertThat(leg.operations()).containsExactly("hangup");
    }

    @Test
    void aWhisperWithDialIsRefusedAndNobodyIsConnected() {
        CompletableFuture<Boolean> wanted = screen("<Response><Say>x</Say><Dial><Sip>sip:premium@example.com</Sip></Dial></Response>");
        assertThat(wanted).isCompletedWithValue(false);
        assertThat(leg.operations()).isEmpty();
        assertThat(rig.dials.started).isEqualTo(1);
    }

    @Test
    void aWhisperCannotReachADialByRedirect() {
        rig.web.put(NEXT, "<Response><Dial><Sip>sip:premium@example.com</Sip></Dial></Response>");
        CompletableFuture<Boolean> wanted = screen("<Response><Redirect>" + NEXT + "</Redirect></Response>");
        assertThat(wanted).isCompletedWithValue(false);
        assertThat(rig.dials.started).isEqualTo(1);
    }

    @Test
    void aWhisperIsCxmlAndNothingElse() {
        assertThat(screen("sections: {main: [{play: {url: 'prompt:x'}}]}")).isCompletedWithValue(false);
    }

    @Test
    void aWhisperThatIsGatheredDecidesByItsDocument() {
        rig.web.put("https://app.example/decide", "<Response><Hangup/></Response>");
        CompletableFuture<Boolean> wanted = screen("<Response><Gather numDigits='1' action='/decide'><Play>prompt:press-1</Play></Gather>"
                + "</Response>");
        assertThat(wanted).isNotDone();
        leg.press("2");
        assertThat(wanted).isCompletedWithValue(false);
        assertThat(rig.asked.get(1)).startsWith("POST https://app.example/decide [Digits=2");
    }

    @Test
    void redirectsInACircleEnd() {
        rig.web.put(NEXT, "<Response><Redirect>" + NEXT + "</Redirect></Response>");
        Execution execution = run("<Redirect>" + NEXT + "</Redirect>");
        assertThat(ending(execution)).isEqualTo(Ending.FAILED);
        assertThat(DocumentRig.outcome(execution).problem().message()).isEqualTo("more than 32 documents within a minute");
        assertThat(rig.asked).hasSize(AnswerLimit.MOST_A_MINUTE);
    }

    @Test
    void relativeUrlsAreThoseOfTheDocumentThatHasThem() {
        rig.web.put("https://app.example/a/one?x=1", "<Response><Redirect>two?y=2</Redirect></Response>");
        rig.web.put("https://app.example/a/two?y=2", "<Response><Redirect method='GET'>/three</Redirect></Response>");
        rig.web.put("https://app.example/three", "<Response><Hangup/></Response>");
        Execution execution = run("<Redirect>https://app.example/a/one?x=1</Redirect>");
        assertThat(ending(execution)).isEqualTo(Ending.HANGUP);
        assertThat(rig.asked).containsExactly("POST https://app.example/a/one?x=1 []", "POST https://app.example/a/two?y=2 []",
                "GET https://app.example/three []");
    }

    @Test
    void aCallThatIsRejectedIsNotAnswered() {
        FakeCall busy = FakeCall.offered();
        rig.run(busy, "<Response><Reject reason='busy'/></Response>");
        assertThat(busy.commands).singleElement().isEqualTo(new CallCommand.Reject(486, "Busy Here", SipHeaders.none()));
        FakeCall rejected = FakeCall.offered();
        rig.run(rejected, "<Response><Reject/></Response>");
        assertThat(rejected.commands).singleElement().isEqualTo(new CallCommand.Reject(603, "Decline", SipHeaders.none()));
    }

    @Test
    void theFarEndIsReferredAndTheApplicationHearsWhatCameOfIt() {
        rig.web.put(NEXT, "<Response/>");
        run("<Refer action='" + NEXT + "'><Sip>sip:carol@example.com</Sip></Refer><Play>prompt:never</Play>");
        assertThat(call.commands).singleElement().isInstanceOfSatisfying(CallCommand.Transfer.class, transfer -> {
            assertThat(transfer.spec().target()).isEqualTo("sip:carol@example.com");
            assertThat(transfer.spec().hangup()).isFalse();
        });
        call.transferred(new TransferResult("t1", "refer", TransferStatus.BUSY, 202, 486, "Busy Here"));
        assertThat(rig.asked).containsExactly("POST " + NEXT + " [ReferCallStatus=busy, ReferSipResponseCode=202, NotifySipResponseCode=486]");
        assertThat(rig.sounds).isEmpty();
    }

    @Test
    void aReferThatCannotBeAskedIsToldAsFailed() {
        rig.web.put(NEXT, "<Response/>");
        call.refusal = new CallException(CallException.Kind.BAD_REQUEST, "c", "no");
        run("<Refer action='" + NEXT + "'><Sip>sip:carol@example.com</Sip></Refer>");
        assertThat(rig.asked).containsExactly("POST " + NEXT + " [ReferCallStatus=failed]");
    }

    @Test
    void aCallThatEndsInAReferIsToldAllTheSame() {
        run("<Refer action='" + NEXT + "'><Sip>sip:carol@example.com;transport=tcp</Sip></Refer>");
        assertThat(((CallCommand.Transfer) call.commands.get(0)).spec().target()).isEqualTo("sip:carol@example.com;transport=tcp");
        call.end();
        assertThat(rig.asked).containsExactly("POST " + NEXT + " [ReferCallStatus=canceled]");
    }

    @Test
    void aStreamIsToldOfFromItsBeginningToItsEnd() {
        run("<Stream name='s1' url='wss://bot.example/s' statusCallback='" + NEXT + "' statusCallbackMethod='GET'/>");
        rig.tapEnded.complete("connection lost");
        assertThat(rig.followed).containsExactly("n1-call GET " + NEXT + " [StreamEvent=stream-started, StreamSid=t-made, StreamName=s1, "
                + "Timestamp=" + rig.timers.now() + "]", "n1-call GET " + NEXT + " [StreamEvent=stream-error, StreamSid=t-made, StreamName=s1, "
                + "StreamError=connection lost, Timestamp=" + rig.timers.now() + "]");
    }

    @Test
    void streamsRunInTheBackgroundUntilTheyAreStopped() {
        FakeCall offered = FakeCall.offered();
        rig.run(offered, "<Response><Start><Stream name='s1' url='wss://bot.example/s' track='both_tracks'><Parameter name='a' value='b'/></Stream>"
                + "</Start><Stop><Stream name='s1'/></Stop><Stream url='ws://bot.example/t'/></Response>");
        assertThat(rig.taps).containsExactly("stream wss://bot.example/s s1 BOTH {a=b}", "stop s1", "stream ws://bot.example/t null SPEAK {}");
        assertThat(offered.operations()).containsExactly("answer", "hangup");
    }
}
