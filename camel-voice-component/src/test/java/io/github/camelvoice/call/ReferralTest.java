package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.SignalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers that far ends ask for, by REFER and by an INVITE with Replaces. */
class ReferralTest extends TransferBench {

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
