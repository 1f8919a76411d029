package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers: by REFER, by ourselves, asked for by the far end, and by an INVITE with Replaces. */
class TransferTest {

    private static final TransferSpec BLIND = TransferSpec.to("sip:carol@127.0.0.1");

    private final CallBench bench = new CallBench();

    @AfterEach
    void nothingIsLeft() {
        bench.legs.forEach(leg -> leg.says(new SignalEvent.Closed()));
        assertThat(bench.registry.count()).isZero();
        assertThat(bench.timers.pending()).isZero();
        assertThat(bench.media.ports).isEqualTo(10);
    }

    private static CompletableFuture<CommandResult> run(Call call, CallCommand command) {
        return call.execute(command).toCompletableFuture();
    }

    private static CallException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("not failed");
        } catch (CompletionException e) {
            return (CallException) e.getCause();
        }
    }

    private Call answered() {
        Call call = bench.invite("offer");
        run(call, new CallCommand.Answer(List.of(), SipHeaders.none())).join();
        bench.leg().says(new SignalEvent.Acked(null));
        return call;
    }

    private CompletableFuture<CommandResult> transfer(Call call, TransferSpec spec) {
        bench.events();
        return run(call, new CallCommand.Transfer(spec));
    }

    private void accepted(FakeLeg leg) {
        leg.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
    }

    private static void told(FakeLeg leg, int code, String phrase) {
        leg.says(new SignalEvent.ReferProgress(code, phrase));
    }

    private static String summary(CompletableFuture<CommandResult> done) {
        TransferResult result = done.join().transfer();
        return result.status().word() + " " + result.referCode() + " " + result.notifyCode() + " " + result.phrase();
    }

    /** Two bridged calls; their legs are the last two of the bench. */
    private Call[] bridged() {
        Call first = answered();
        Call second = answered();
        run(first, new CallCommand.Bridge(second.id())).join();
        bench.events();
        return new Call[] {first, second};
    }

    // ---- by REFER

    @Test
    void blind() {
        Call call = answered();
        CompletableFuture<CommandResult> done = transfer(call, BLIND.withHangup(true));
        FakeLeg leg = bench.leg();
        assertThat(leg.sent).endsWith("REFER sip:carol@127.0.0.1");
        accepted(leg);
        told(leg, 180, "Ringing");
        assertThat(done).isNotDone();
        told(leg, 200, "OK");
        assertThat(summary(done)).isEqualTo("completed 202 200 OK");
        assertThat(leg.sent).endsWith("BYE");
        assertThat(bench.events()).containsExactly("transfer-requested", "transfer-progress", "transfer-progress", "transfer-completed", "call-ended");
    }

    @ParameterizedTest
    @CsvSource({"486,busy", "487,no-answer", "603,failed", "480,failed"})
    void aTransferThatFailsLeavesTheBridge(int code, String word) {
        Call[] pair = bridged();
        FakeLeg leg = bench.legs.get(0);
        CompletableFuture<CommandResult> done = transfer(pair[0], BLIND.withHangup(true).withHold(true));
        assertThat(leg.sent.get(leg.sent.size() - 1)).startsWith("re-INVITE");
        leg.says(new SignalEvent.OfferAnswered("answer"));
        assertThat(pair[0].snapshot().held()).isTrue();
        accepted(leg);
        told(leg, code, "no");
        assertThat(done).as("until the hold is undone").isNotDone();
        leg.says(new SignalEvent.OfferAnswered("answer"));
        assertThat(summary(done)).isEqualTo(word + " 202 " + code + " no");
        assertThat(pair[0].snapshot().held()).isFalse();
        assertThat(pair[0].snapshot().peerCallId()).isEqualTo(pair[1].id());
        assertThat(leg.sent).doesNotContain("BYE");
        assertThat(bench.events()).containsExactly("held", "transfer-requested", "transfer-progress", "resumed", "transfer-failed");
        assertThat(summary2(transfer(pair[0], BLIND), leg)).as("once more").isEqualTo("failed 405 0 Method Not Allowed");
    }

    private String summary2(CompletableFuture<CommandResult> done, FakeLeg leg) {
        leg.says(new SignalEvent.ReferAnswered(405, "Method Not Allowed", false));
        return summary(done);
    }

    @Test
    void whoTellsNothingIsNotWaitedFor() {
        Call call = answered();
        CompletableFuture<CommandResult> done = transfer(call, BLIND.withNotifyTimeout(Duration.ofSeconds(5)));
        accepted(bench.leg());
        bench.pass(4);
        assertThat(done).isNotDone();
        bench.pass(1);
        assertThat(summary(done)).isEqualTo("unknown 202 0 no result within 5000 ms");
        told(bench.leg(), 200, "OK");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ACTIVE);
        assertThat(bench.events()).endsWith("transfer-failed");
    }

    @Test
    void anEndOfTheTellingWithoutAResult() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND);
        accepted(bench.leg());
        told(bench.leg(), 0, "");
        assertThat(summary(done)).isEqualTo("unknown 202 0 ended without a result");
    }

    @Test
    void acceptedAlone() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND);
        bench.leg().says(new SignalEvent.ReferAnswered(202, "Accepted", false));
        assertThat(summary(done)).isEqualTo("accepted 202 0 Accepted");
    }

    @Test
    void whoDoesNotWaitGoesOnAtTheAcceptance() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND.untilCompleted(false).withHangup(true));
        accepted(bench.leg());
        assertThat(summary(done)).isEqualTo("accepted 202 0 Accepted");
        told(bench.leg(), 200, "OK");
        assertThat(bench.leg().sent).endsWith("BYE");
    }

    @Test
    void theResultMayOvertakeTheAnswer() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND);
        told(bench.leg(), 200, "OK");
        accepted(bench.leg());
        assertThat(summary(done)).isEqualTo("completed 202 200 OK");
    }

    @Test
    void theLastEventOfACallWaitsForTheResult() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND);
        accepted(bench.leg());
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bench.leg().sent).as("the BYE has its answer at once").endsWith("200 BYE");
        assertThat(done).isNotDone();
        told(bench.leg(), 200, "OK");
        bench.leg().says(new SignalEvent.Closed());
        assertThat(summary(done)).isEqualTo("completed 202 200 OK");
        assertThat(bench.events()).containsExactly("transfer-requested", "transfer-progress", "transfer-completed", "call-ended");
    }

    @Test
    void theCallEndedFirst() {
        CompletableFuture<CommandResult> done = transfer(answered(), BLIND);
        accepted(bench.leg());
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        bench.leg().says(new SignalEvent.Closed());
        assertThat(summary(done)).isEqualTo("canceled 202 0 the call ended first");
        assertThat(bench.events()).containsExactly("transfer-requested", "transfer-progress", "transfer-failed", "call-ended");
    }

    @Test
    void wrongUse() {
        Call call = answered();
        assertThat(failure(transfer(call, TransferSpec.to("tel:+49"))).kind()).isEqualTo(CallException.Kind.BAD_REQUEST);
        assertThat(failure(transfer(call, TransferSpec.replacing(call.id()))).kind()).isEqualTo(CallException.Kind.BAD_REQUEST);
        assertThat(failure(transfer(call, TransferSpec.replacing("nobody"))).kind()).isEqualTo(CallException.Kind.NO_SUCH_CALL);
        assertThat(failure(transfer(call, TransferSpec.replacing(bench.invite("offer").id()))).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
        transfer(call, BLIND);
        assertThat(failure(transfer(call, BLIND)).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
        assertThat(failure(transfer(bench.invite("offer"), BLIND)).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
        assertThat(bench.events()).doesNotContain("transfer-failed");
    }

    @Test
    void attended() {
        Call[] pair = bridged();
        FakeLeg first = bench.legs.get(0);
        FakeLeg second = bench.legs.get(1);
        CompletableFuture<CommandResult> done = transfer(pair[0], TransferSpec.replacing(pair[1].id()).withHangup(true));
        assertThat(first.sent).endsWith("REFER sip:bob@127.0.0.1:5099?Replaces=sip-call-id%3Bto-tag%3Dtheirs%3Bfrom-tag%3D" + second.dialog.localTag());
        accepted(first);
        second.says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(pair[0].snapshot().cause()).as("the target has left its old call").isNull();
        told(first, 200, "OK");
        assertThat(summary(done)).startsWith("completed");
        assertThat(first.sent).endsWith("BYE");
    }

    @Test
    void anAttendedTransferThatFailsAfterTheTargetLeft() {
        Call[] pair = bridged();
        CompletableFuture<CommandResult> done = transfer(pair[0], TransferSpec.replacing(pair[1].id()));
        accepted(bench.legs.get(0));
        bench.legs.get(1).says(new SignalEvent.ByeReceived(SipHeaders.none()));
        told(bench.legs.get(0), 500, "no");
        assertThat(summary(done)).startsWith("failed");
        assertThat(pair[0].snapshot().cause().phrase()).isEqualTo("the bridged call ended");
    }

    // ---- by ourselves

    private PlaceCall target() {
        return new PlaceCall(new OutboundLeg("sip:carol@127.0.0.1", null, null, null, null, null, 0, null), List.of(),
                Duration.ofSeconds(20), Duration.ofMinutes(10));
    }

    private CompletableFuture<TransferResult> local(Call stays, Call leaves, boolean report) {
        bench.events();
        return LocalTransfer.call(bench.registry, stays, leaves, target(), report, true).toCompletableFuture();
    }

    private static void answers(FakeLeg leg) {
        leg.says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        leg.says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
    }

    @Test
    void theTargetIsCalledAndTakesThePlace() {
        Call[] pair = bridged();
        CompletableFuture<CallSnapshot> parted = pair[0].parted().toCompletableFuture();
        CompletableFuture<TransferResult> done = local(pair[0], pair[1], false);
        assertThat(pair[0].snapshot().peerCallId()).as("until the target answers").isEqualTo(pair[1].id());
        answers(bench.leg());
        assertThat(done.join().status()).isEqualTo(TransferStatus.COMPLETED);
        assertThat(pair[0].snapshot().peerCallId()).isNotEqualTo(pair[1].id());
        assertThat(pair[1].snapshot().cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
        assertThat(parted).as("the bridge of who stays goes on").isNotDone();
        assertThat(bench.events()).contains("transfer-requested", "transfer-progress", "transfer-completed");
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(parted).isDone();
        assertThat(pair[0].snapshot().cause().phrase()).isEqualTo("the bridged call ended");
    }

    @ParameterizedTest
    @CsvSource({"486,BUSY", "404,FAILED"})
    void aTargetThatRefusesChangesNothing(int code, TransferStatus status) {
        Call[] pair = bridged();
        CompletableFuture<TransferResult> done = local(pair[0], pair[1], false);
        bench.leg().says(new SignalEvent.Rejected(code, "no", SipHeaders.none(), List.of()));
        assertThat(done.join().status()).isEqualTo(status);
        assertThat(done.join().notifyCode()).isEqualTo(code);
        assertThat(pair[0].snapshot().peerCallId()).isEqualTo(pair[1].id());
        assertThat(bench.events()).doesNotContain("unbridged").contains("transfer-failed");
    }

    @Test
    void aTargetThatDoesNotAnswerIsCancelled() {
        Call[] pair = bridged();
        CompletableFuture<TransferResult> done = local(pair[0], pair[1], false);
        bench.leg().says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        bench.pass(20);
        bench.leg().says(new SignalEvent.Rejected(487, "Request Terminated", SipHeaders.none(), List.of()));
        assertThat(done.join().status()).isEqualTo(TransferStatus.NO_ANSWER);
        assertThat(pair[0].snapshot().peerCallId()).isEqualTo(pair[1].id());
    }

    @Test
    void whoStaysHangsUp() {
        Call[] pair = bridged();
        CompletableFuture<TransferResult> done = local(pair[0], pair[1], false);
        FakeLeg target = bench.leg();
        bench.legs.get(0).says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(done.join().status()).isEqualTo(TransferStatus.CANCELED);
        assertThat(target.sent).endsWith("CANCEL");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whoLeavesMayGoBeforeTheTargetAnswers(boolean answers) {
        Call[] pair = bridged();
        CompletableFuture<TransferResult> done = local(pair[0], pair[1], false);
        FakeLeg target = bench.leg();
        bench.legs.get(1).says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(pair[0].snapshot().cause()).isNull();
        if (answers) {
            answers(target);
            assertThat(done.join().status()).isEqualTo(TransferStatus.COMPLETED);
            assertThat(pair[0].snapshot().peerCallId()).isNotEqualTo(pair[1].id());
        } else {
            target.says(new SignalEvent.Rejected(486, "Busy", SipHeaders.none(), List.of()));
            assertThat(pair[0].snapshot().cause().phrase()).isEqualTo("the bridged call ended");
        }
    }

    // ---- asked for by the far end

    private IncomingTransfer refer(int leg, Replaces replaces, boolean taken) {
        List<IncomingTransfer> wishes = new ArrayList<>();
        try (Calls.Registration registration = bench.registry.onTransfer(0, new TransferReceiver() {
            @Override
            public boolean wants(Call call, IncomingTransfer wish) {
                return taken;
            }

            @Override
            public void requested(Call call, IncomingTransfer wish) {
                wishes.add(wish);
            }
        })) {
            bench.legs.get(leg).says(new SignalEvent.ReferReceived("sip:carol@127.0.0.1", replaces, "<sip:alice@h>", SipHeaders.none(), SipHeaders.none()));
        }
        return wishes.isEmpty() ? null : wishes.get(0);
    }

    @Test
    void whatNobodyTakesIsRefused() {
        answered();
        bench.events();
        assertThat(refer(0, null, false)).isNull();
        assertThat(bench.leg().sent).endsWith("603 REFER");
        assertThat(bench.events()).containsExactly("transfer-requested", "transfer-failed");
    }

    @Test
    void whatNobodyDecidesIsRefused() {
        Call call = answered();
        assertThat(refer(0, null, true).target()).isEqualTo("sip:carol@127.0.0.1");
        bench.pass(20);
        assertThat(bench.leg().sent).endsWith("603 REFER");
        assertThat(failure(run(call, new CallCommand.AnswerTransfer(202, null))).kind()).isEqualTo(CallException.Kind.WRONG_STATE);
    }

    @Test
    void doneByUs() {
        Call[] pair = bridged();
        FakeLeg phone = bench.legs.get(0);
        IncomingTransfer wish = refer(0, null, true);
        assertThat(wish.peerCallId()).isEqualTo(pair[1].id());
        run(pair[0], new CallCommand.AnswerTransfer(202, null)).join();
        CompletableFuture<TransferResult> done = local(pair[1], pair[0], true);
        FakeLeg target = bench.leg();
        answers(target);
        assertThat(done.join().status()).isEqualTo(TransferStatus.COMPLETED);
        assertThat(phone.sent).endsWith("202 REFER", "NOTIFY 180", "NOTIFY 200");
        assertThat(pair[0].snapshot().cause()).as("until it knows").isNull();
        phone.says(new SignalEvent.ReferNotified());
        assertThat(phone.sent).endsWith("BYE");
        assertThat(pair[1].snapshot().cause()).isNull();
    }

    @Test
    void whoAskedMayBeGoneWhenItIsDone() {
        Call[] pair = bridged();
        refer(0, null, true);
        run(pair[0], new CallCommand.AnswerTransfer(202, null)).join();
        CompletableFuture<TransferResult> done = local(pair[1], pair[0], true);
        FakeLeg target = bench.leg();
        bench.legs.get(0).says(new SignalEvent.ByeReceived(SipHeaders.none()));
        bench.legs.get(0).says(new SignalEvent.Closed());
        answers(target);
        assertThat(done.join().status()).isEqualTo(TransferStatus.COMPLETED);
        assertThat(bench.legs.get(0).sent).endsWith("NOTIFY 180", "NOTIFY 200");
        assertThat(pair[1].snapshot().cause()).isNull();
    }

    @Test
    void twoCallsOfOnePhoneAreJoined() {
        Call[] one = bridged();
        Call[] other = bridged();
        IncomingTransfer wish = refer(0, bench.legs.get(2).dialog.forUs(), true);
        assertThat(wish.ours()).isEqualTo(other[0].id());
        run(one[0], new CallCommand.AnswerTransfer(202, null)).join();
        CompletableFuture<TransferResult> done = LocalTransfer.join(bench.registry, one[1], one[0], other[1], other[0], true, true)
                .toCompletableFuture();
        assertThat(done.join().status()).isEqualTo(TransferStatus.COMPLETED);
        assertThat(one[1].snapshot().peerCallId()).isEqualTo(other[1].id());
        assertThat(other[1].snapshot().peerCallId()).isEqualTo(one[1].id());
        assertThat(bench.legs.get(2).sent).endsWith("BYE");
        bench.legs.get(0).says(new SignalEvent.ReferNotified());
        assertThat(bench.legs.get(0).sent).endsWith("BYE");
        assertThat(one[1].snapshot().cause()).isNull();
        assertThat(other[1].snapshot().cause()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"200,true", "486,false"})
    void relayed(int code, boolean success) {
        Call[] pair = bridged();
        FakeLeg phone = bench.legs.get(0);
        FakeLeg peer = bench.legs.get(1);
        refer(0, null, true);
        CompletableFuture<TransferResult> done = RelayedTransfer.start(pair[0], pair[1], BLIND).done().toCompletableFuture();
        assertThat(peer.sent).endsWith("REFER sip:carol@127.0.0.1");
        assertThat(phone.sent).doesNotContain("202 REFER");
        accepted(peer);
        told(peer, 180, "Ringing");
        told(peer, code, "x");
        assertThat(phone.sent).endsWith("202 REFER", "NOTIFY 180", "NOTIFY " + code);
        phone.says(new SignalEvent.ReferNotified());
        assertThat(done.join().status().isSuccess()).isEqualTo(success);
        assertThat(phone.sent.contains("BYE")).isEqualTo(success);
        assertThat(pair[1].snapshot().cause() != null).isEqualTo(success);
    }

    @Test
    void aRelayedReferIsRefusedWithTheSameCode() {
        Call[] pair = bridged();
        refer(0, null, true);
        CompletableFuture<TransferResult> done = RelayedTransfer.start(pair[0], pair[1], BLIND).done().toCompletableFuture();
        bench.legs.get(1).says(new SignalEvent.ReferAnswered(405, "Method Not Allowed", false));
        assertThat(done.join().referCode()).isEqualTo(405);
        assertThat(bench.legs.get(0).sent).endsWith("405 REFER");
        assertThat(pair[0].snapshot().peerCallId()).isEqualTo(pair[1].id());
    }

    // ---- INVITE with Replaces

    private void replacing(Replaces replaces) {
        bench.replaces = replaces;
        bench.refused = null;
        bench.invite("offer");
        bench.replaces = null;
    }

    @Test
    void anInviteTakesThePlaceOfACall() {
        Call[] pair = bridged();
        replacing(bench.legs.get(0).dialog.forUs());
        FakeLeg fresh = bench.leg();
        assertThat(fresh.sent).startsWith("200 answer-to-offer");
        assertThat(bench.legs.get(0).sent).endsWith("BYE");
        assertThat(pair[0].snapshot().cause().phrase()).isEqualTo("replaced by another call");
        assertThat(pair[1].snapshot().cause()).isNull();
        assertThat(pair[1].snapshot().peerCallId()).isNotEqualTo(pair[0].id());
    }

    @Test
    void whatCannotBeReplaced() {
        Call alone = answered();
        replacing(bench.leg().dialog.forUs());
        assertThat(bench.refused).as("a route talks to it").startsWith("488");
        Call[] pair = bridged();
        Replaces first = bench.legs.get(1).dialog.forUs();
        replacing(new Replaces(first.callId(), first.toTag(), first.fromTag(), true));
        assertThat(bench.refused).startsWith("486");
        replacing(new Replaces(first.callId(), first.toTag(), "other", false));
        assertThat(bench.refused).startsWith("481");
        bench.mayReplace = false;
        replacing(first);
        assertThat(bench.refused).startsWith("403");
        replacing(new Replaces("nothing", "like", "it", false));
        assertThat(bench.refused).as("equal answers").startsWith("403");
        bench.mayReplace = true;
        run(pair[0], new CallCommand.Hangup(null, SipHeaders.none()));
        replacing(first);
        assertThat(bench.refused).startsWith("603");
        bench.legs.get(1).says(new SignalEvent.Closed());
        replacing(first);
        assertThat(bench.refused).as("over, but remembered").startsWith("603");
        bench.pass(33);
        replacing(first);
        assertThat(bench.refused).startsWith("481");
        Call ringing = bench.invite("offer");
        replacing(bench.leg().dialog.forUs());
        assertThat(bench.refused).as("rings here").startsWith("481");
        assertThat(ringing.snapshot().cause()).isNull();
        assertThat(alone.snapshot().cause()).isNull();
    }
}
