package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;

/** Calls that are transferred, and what is left of them. */
abstract class TransferBench {

    static final TransferSpec BLIND = TransferSpec.to("sip:carol@127.0.0.1");

    final CallBench bench = new CallBench();

    @AfterEach
    void nothingIsLeft() {
        bench.legs.forEach(leg -> leg.says(new SignalEvent.Closed()));
        assertThat(bench.registry.count()).isZero();
        assertThat(bench.timers.pending()).isZero();
        assertThat(bench.media.ports).isEqualTo(10);
    }

    static CompletableFuture<CommandResult> run(Call call, CallCommand command) {
        return call.execute(command).toCompletableFuture();
    }

    static CallException failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        try {
            future.join();
            throw new AssertionError("not failed");
        } catch (CompletionException e) {
            return (CallException) e.getCause();
        }
    }

    Call answered() {
        Call call = bench.invite("offer");
        run(call, new CallCommand.Answer(List.of(), SipHeaders.none())).join();
        bench.leg().says(new SignalEvent.Acked(null));
        return call;
    }

    CompletableFuture<CommandResult> transfer(Call call, TransferSpec spec) {
        bench.events();
        return run(call, new CallCommand.Transfer(spec));
    }

    void accepted(FakeLeg leg) {
        leg.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
    }

    static void told(FakeLeg leg, int code, String phrase) {
        leg.says(new SignalEvent.ReferProgress(code, phrase));
    }

    static String summary(CompletableFuture<CommandResult> done) {
        TransferResult result = done.join().transfer();
        return result.status().word() + " " + result.referCode() + " " + result.notifyCode() + " " + result.phrase();
    }

    /** Two bridged calls; their legs are the last two of the bench. */
    Call[] bridged() {
        Call first = answered();
        Call second = answered();
        run(first, new CallCommand.Bridge(second.id())).join();
        bench.events();
        return new Call[] {first, second};
    }

    PlaceCall target() {
        return new PlaceCall(new OutboundLeg("sip:carol@127.0.0.1", null, null, null, null, null, 0, null), List.of(),
                Duration.ofSeconds(20), Duration.ofMinutes(10));
    }

    CompletableFuture<TransferResult> local(Call stays, Call leaves, boolean report) {
        bench.events();
        return LocalTransfer.call(bench.registry, stays, leaves, target(), report, true).toCompletableFuture();
    }

    static void answers(FakeLeg leg) {
        leg.says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
        leg.says(new SignalEvent.Accepted(SipHeaders.none(), "answer"));
    }
}
