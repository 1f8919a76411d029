package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.SignalEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What one side of a bridge does, and what the other side gets of it. */
class CarriedTest {

    private static final CallCommand ANSWER = new CallCommand.Answer(List.of(), SipHeaders.none());

    private final CallBench bench = new CallBench();
    private Call alice;
    private FakeLeg aliceLeg;
    private FakeMedia.FakeMediaLeg aliceAudio;
    private Call bob;
    private FakeLeg bobLeg;
    private FakeMedia.FakeMediaLeg bobAudio;

    private static CompletableFuture<CommandResult> run(Call call, CallCommand command) {
        return call.execute(command).toCompletableFuture();
    }

    private void bridge(String aliceOffer, String bobAnswer) throws CallException {
        alice = bench.invite(aliceOffer);
        run(alice, ANSWER).join();
        aliceLeg = bench.leg();
        aliceAudio = bench.media.last();
        aliceLeg.says(new SignalEvent.Acked(null));
        bob = bench.place();
        bobLeg = bench.leg();
        bobAudio = bench.media.last();
        bobLeg.says(new SignalEvent.Accepted(SipHeaders.none(), bobAnswer));
        run(alice, new CallCommand.Bridge(bob.id())).join();
        forget();
    }

    private void bridge() throws CallException {
        bridge("offer", "answer");
    }

    private void forget() {
        aliceLeg.sent.clear();
        bobLeg.sent.clear();
        aliceAudio.told.clear();
        bobAudio.told.clear();
        bench.events();
    }

    private static void offers(FakeLeg leg, String sdp) {
        leg.says(new SignalEvent.OfferReceived(sdp, SipHeaders.none()));
    }

    private static void answers(FakeLeg leg, String sdp) {
        leg.says(new SignalEvent.OfferAnswered(sdp));
    }

    // ---- hold

    @Test
    void whoIsHeldByOneIsHeldByUsForIt() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        assertThat(aliceLeg.sent).as("she does not wait for him").containsExactly("200 re-INVITE answer-to-hold");
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer2 held");
        answers(bobLeg, "answer");
        assertThat(bob.snapshot().held()).isTrue();
        assertThat(alice.snapshot().held()).isFalse();
        assertThat(bench.events()).containsExactly("held", "held");
        offers(aliceLeg, "offer");
        assertThat(bobLeg.sent).endsWith("re-INVITE offer3");
        answers(bobLeg, "answer");
        assertThat(bob.snapshot().held()).isFalse();
        assertThat(bench.events()).containsExactly("resumed", "resumed");
        assertThat(aliceLeg.sent).as("nothing comes back").hasSize(2);
    }

    @Test
    void bothMayHoldAndBothMustResume() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        answers(bobLeg, "answer");
        offers(bobLeg, "hold");
        assertThat(aliceLeg.sent).endsWith("re-INVITE offer1 held");
        answers(aliceLeg, "hold");
        forget();
        offers(aliceLeg, "offer");
        assertThat(aliceAudio.told).as("her answer says that he still holds").contains("hold true").doesNotContain("hold false");
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer3");
        answers(bobLeg, "hold");
        offers(bobLeg, "offer");
        assertThat(aliceLeg.sent).endsWith("re-INVITE offer2");
        answers(aliceLeg, "answer");
        assertThat(alice.snapshot().held()).isFalse();
        assertThat(bob.snapshot().held()).isFalse();
    }

    @Test
    void aRefusalOfTheOtherSideDoesNotBreakTheFirst() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        bobLeg.says(new SignalEvent.OfferRefused(488, "Not Acceptable Here"));
        assertThat(bobAudio.told).containsSubsequence("hold true", "rollback", "hold false");
        assertThat(bob.snapshot().held()).isFalse();
        assertThat(alice.snapshot().state()).isEqualTo(CallState.ACTIVE);
        assertThat(bobLeg.sent).as("not offered again").hasSize(1);
        offers(aliceLeg, "hold");
        assertThat(bobLeg.sent).as("nor for a refresh").hasSize(1);
        offers(aliceLeg, "offer");
        offers(aliceLeg, "hold");
        assertThat(bobLeg.sent).as("but for the next hold").hasSize(2);
    }

    @Test
    void changesThatComeWhileOneIsUnderWayAreOfferedWhenItIsThrough() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        offers(aliceLeg, "offer");
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer2 held");
        answers(bobLeg, "answer");
        assertThat(bobLeg.sent).endsWith("re-INVITE offer3");
        answers(bobLeg, "answer");
        assertThat(bob.snapshot().held()).isFalse();
        offers(aliceLeg, "hold");
        offers(aliceLeg, "offer");
        offers(aliceLeg, "hold");
        answers(bobLeg, "answer");
        assertThat(bobLeg.sent).as("the end is what counts").endsWith("re-INVITE offer4 held");
        assertThat(bob.snapshot().held()).isTrue();
    }

    @Test
    void aHoldOfOursAndOneThatIsCarriedAreOne() throws Exception {
        bridge();
        CompletableFuture<CommandResult> hold = run(bob, new CallCommand.Hold());
        answers(bobLeg, "answer");
        assertThat(hold).isCompleted();
        offers(aliceLeg, "hold");
        assertThat(bobLeg.sent).as("he is held already").hasSize(1);
        assertThat(run(bob, new CallCommand.Resume())).as("she still holds").isCompleted();
        assertThat(bob.snapshot().held()).isTrue();
        offers(aliceLeg, "offer");
        assertThat(bobLeg.sent).hasSize(2);
        answers(bobLeg, "answer");
        assertThat(bob.snapshot().held()).isFalse();
        // what we ask of one leg is ours, and not carried
        run(alice, new CallCommand.Hold());
        answers(aliceLeg, "answer");
        assertThat(bobLeg.sent).hasSize(2);
    }

    @Test
    void aCommandWaitsForWhatIsUnderWay() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        CompletableFuture<CommandResult> hold = run(bob, new CallCommand.Hold());
        assertThat(hold).isNotDone();
        answers(bobLeg, "answer");
        assertThat(hold).isCompleted();
        assertThat(bobLeg.sent).hasSize(1);
    }

    @Test
    void offersThatCross() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        // ours is on the wire: his gets 491
        offers(bobLeg, "offer");
        assertThat(bobLeg.sent).endsWith("491 re-INVITE");
        // ours got 491 and waits: his is taken, and ours follows by itself
        bobLeg.waits = true;
        offers(bobLeg, "offer");
        assertThat(bobAudio.told).contains("rollback");
        assertThat(bobLeg.sent).as("his answer holds him already, nothing is left to offer").endsWith("withdrawn", "200 re-INVITE answer-to-offer");
        assertThat(bob.snapshot().held()).isTrue();
        assertThat(alice.snapshot().state()).isEqualTo(CallState.ACTIVE);
    }

    @Test
    void aCommandSurvivesThatItsOfferIsWithdrawn() throws Exception {
        bridge();
        CompletableFuture<CommandResult> hold = run(bob, new CallCommand.Hold());
        bobLeg.waits = true;
        offers(bobLeg, "bad");
        assertThat(bobLeg.sent).endsWith("withdrawn", "488 re-INVITE", "re-INVITE offer3 held");
        assertThat(hold).isNotDone();
        answers(bobLeg, "answer");
        assertThat(hold).isCompleted();
    }

    @Test
    void askedToOfferWeDoAndTheAnswerCounts() throws Exception {
        bridge();
        offers(aliceLeg, null);
        assertThat(aliceLeg.sent).containsExactly("200 re-INVITE offer1");
        offers(aliceLeg, "offer");
        assertThat(aliceLeg.sent).endsWith("491 re-INVITE");
        aliceLeg.says(new SignalEvent.Acked("hold"));
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer2 held");
    }

    @Test
    void aLateAnswerComesBeforeAnythingIsChanged() throws Exception {
        Call late = bench.invite(null);
        FakeLeg lateLeg = bench.leg();
        run(late, ANSWER).join();
        CompletableFuture<CommandResult> hold = run(late, new CallCommand.Hold());
        assertThat(lateLeg.sent).containsExactly("200 offer1");
        lateLeg.says(new SignalEvent.Acked("answer"));
        assertThat(lateLeg.sent).endsWith("re-INVITE offer2 held");
        answers(lateLeg, "answer");
        assertThat(hold).isCompleted();
    }

    @Test
    void takenApartNobodyIsHeldForTheOther() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        answers(bobLeg, "answer");
        run(bob, new CallCommand.Unbridge()).join();
        assertThat(bobLeg.sent).endsWith("re-INVITE offer3");
        answers(bobLeg, "answer");
        run(alice, new CallCommand.Bridge(bob.id())).join();
        assertThat(bobLeg.sent).as("she still holds").endsWith("re-INVITE offer4 held");
    }

    @Test
    void theEndOfOneIsNotAResumeOfTheOther() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        answers(bobLeg, "answer");
        aliceLeg.says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer2 held", "BYE");
    }

    @Test
    void anEndWhileAnOfferIsOutEndsWell() throws Exception {
        bridge();
        offers(aliceLeg, "hold");
        CompletableFuture<CommandResult> resume = run(bob, new CallCommand.Hold());
        bobLeg.says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(resume).isCompletedExceptionally();
        answers(bobLeg, "answer");
        assertThat(alice.snapshot().cause().phrase()).isEqualTo("the bridged call ended");
    }

    // ---- codec

    @Test
    void aNewCodecOfOneIsOfferedToTheOtherOnce() throws Exception {
        bridge();
        offers(aliceLeg, "PCMA");
        assertThat(bobLeg.sent).containsExactly("re-INVITE offer2 PCMA");
        answers(bobLeg, "answer");
        assertThat(bob.snapshot().media().codec()).isEqualTo("PCMU");
        assertThat(bobLeg.sent).as("he may stay with his own: then we transcode").hasSize(1);
        offers(aliceLeg, "PCMA");
        assertThat(bobLeg.sent).hasSize(1);
        offers(bobLeg, "PCMA");
        assertThat(aliceLeg.sent).as("she has it").hasSize(2);
    }

    // ---- keys

    private static void presses(FakeMedia.FakeMediaLeg audio, char digit) {
        audio.says(new MediaEvent.Dtmf(digit, 120));
    }

    private static void sendsInfo(FakeLeg leg, char digit) {
        leg.says(new SignalEvent.InfoReceived("application/dtmf-relay", "Signal=" + digit + "\r\nDuration=240\r\n"));
    }

    private List<String> dtmf(FakeMedia.FakeMediaLeg audio) {
        return audio.told.stream().filter(told -> told.startsWith("dtmf")).toList();
    }

    private List<String> infos(FakeLeg leg) {
        return leg.sent.stream().filter(sent -> sent.startsWith("INFO")).toList();
    }

    @Test
    void eventsThatBothTakeGoInTheMedia() throws Exception {
        bridge();
        presses(aliceAudio, '5');
        assertThat(dtmf(bobAudio)).isEmpty();
        assertThat(infos(bobLeg)).isEmpty();
    }

    @Test
    void eventsBecomeInfoWhereTheOtherTakesNone() throws Exception {
        bridge("offer", "without-events");
        presses(aliceAudio, '5');
        presses(aliceAudio, '5');
        assertThat(infos(bobLeg)).containsExactly("INFO Signal=5", "INFO Signal=5");
    }

    @Test
    void infoBecomesEventsWhereTheOtherTakesThem() throws Exception {
        bridge("without-events", "answer");
        sendsInfo(aliceLeg, '1');
        sendsInfo(aliceLeg, '1');
        assertThat(dtmf(bobAudio)).containsExactly("dtmf 1 for 240", "dtmf 1 for 240");
        presses(bobAudio, '9');
        assertThat(infos(aliceLeg)).containsExactly("INFO Signal=9");
    }

    @Test
    void infoStaysInfoWhereNobodyTakesEvents() throws Exception {
        bridge("without-events", "without-events");
        sendsInfo(aliceLeg, '#');
        assertThat(infos(bobLeg)).containsExactly("INFO Signal=#");
        assertThat(dtmf(bobAudio)).isEmpty();
    }

    @Test
    void aPhoneThatSendsEachKeyBothWaysIsHeardOnce() throws Exception {
        bridge("offer", "without-events");
        sendsInfo(aliceLeg, '1');
        presses(aliceAudio, '1');
        presses(aliceAudio, '2');
        sendsInfo(aliceLeg, '2');
        sendsInfo(aliceLeg, '2');
        presses(aliceAudio, '2');
        bench.pass(2);
        assertThat(infos(bobLeg)).containsExactly("INFO Signal=1", "INFO Signal=2", "INFO Signal=2");
    }

    @Test
    void aPhoneThatCouldSendEventsAndUsesInfoWaitsOnceOnly() throws Exception {
        bridge();
        sendsInfo(aliceLeg, '1');
        assertThat(dtmf(bobAudio)).isEmpty();
        sendsInfo(aliceLeg, '2');
        assertThat(dtmf(bobAudio)).as("two by INFO and no event: it uses INFO").containsExactly("dtmf 1 for 240", "dtmf 2 for 240");
        sendsInfo(aliceLeg, '3');
        assertThat(dtmf(bobAudio)).hasSize(3);
        bench.pass(2);
        assertThat(dtmf(bobAudio)).hasSize(3);
    }

    @Test
    void keysAreNotCarriedWithoutABridge() throws Exception {
        bridge("offer", "without-events");
        run(alice, new CallCommand.Unbridge()).join();
        presses(aliceAudio, '5');
        sendsInfo(aliceLeg, '5');
        bench.pass(2);
        assertThat(infos(bobLeg)).isEmpty();
    }
}
