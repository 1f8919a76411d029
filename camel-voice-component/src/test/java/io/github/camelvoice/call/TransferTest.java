package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.SignalEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers by REFER, and by ourselves. */
class TransferTest extends TransferBench {

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
}
