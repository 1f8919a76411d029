package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.spi.SignalEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is written down of a call, and what waits for it. */
class LedgerTest {

    private final CallBench bench = new CallBench();

    private Call answered() {
        Call call = bench.invite("offer");
        call.execute(new CallCommand.Answer(List.of(), SipHeaders.none()));
        bench.leg().says(new SignalEvent.Acked(null));
        return call;
    }

    @Test
    void theAnswerToByeWaitsForTheRecord() {
        bench.ledger.durable = new CompletableFuture<>();
        Call call = answered();
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bench.ledger.written).containsExactly("opened OFFERED", "ended NORMAL");
        assertThat(bench.leg().sent).doesNotContain("200 BYE");
        assertThat(call.snapshot().state()).isEqualTo(CallState.ENDING);

        bench.ledger.durable.complete(null);
        assertThat(bench.leg().sent).endsWith("200 BYE");
        bench.leg().says(new SignalEvent.Closed());
        assertThat(bench.ledger.written).endsWith("closed");
    }

    @Test
    void aRecordThatCannotBeWrittenDoesNotHoldTheAnswerForEver() {
        bench.ledger.durable = new CompletableFuture<>();
        answered();
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        bench.ledger.durable.completeExceptionally(new IllegalStateException("closed"));
        assertThat(bench.leg().sent).endsWith("200 BYE");
    }

    @Test
    void aSecondByeIsConfirmedWithTheFirst() {
        bench.ledger.durable = new CompletableFuture<>();
        Call call = answered();
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bench.leg().sent).endsWith("BYE").doesNotContain("200 BYE");
        bench.ledger.durable.complete(null);
        assertThat(bench.leg().sent).endsWith("200 BYE");
        assertThat(bench.ledger.written).containsExactly("opened OFFERED", "ended NORMAL");
    }

    @Test
    void whereBothHangUpTheAnswerWaitsForTheRecordAndNotForTheLeg() {
        bench.ledger.durable = new CompletableFuture<>();
        Call call = answered();
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
        bench.leg().says(new SignalEvent.ByeHeld());
        bench.leg().says(new SignalEvent.Closed());
        assertThat(bench.leg().sent).endsWith("BYE").doesNotContain("200 BYE");
        bench.ledger.durable.complete(null);
        assertThat(bench.leg().sent).endsWith("200 BYE");
    }

    @Test
    void theRecordHasTheEnd() {
        answered();
        bench.pass(3);
        bench.leg().says(new SignalEvent.ByeReceived(SipHeaders.none()));
        assertThat(bench.ledger.last.cause().phrase()).isEqualTo("hung up by the far end");
        assertThat(bench.ledger.last.endedAt()).isEqualTo(bench.ledger.last.answeredAt().plusSeconds(3));
    }

    @Test
    void callsThatFailAreWrittenDownToo() throws Exception {
        bench.place();
        bench.leg().says(new SignalEvent.Rejected(486, "Busy Here", SipHeaders.none(), List.of()));
        assertThat(bench.ledger.written).containsExactly("opened CALLING", "ended BUSY");
    }

    @Test
    void whereNothingCanBeWrittenThereAreNoNewCalls() {
        bench.ledger.trouble = "no space left in /data";
        assertThat(bench.invite("offer")).isNull();
        assertThat(bench.refused).startsWith("503");
        assertThatThrownBy(bench::place).isInstanceOf(CallException.class).hasMessageContaining("no space left in /data");
        bench.ledger.trouble = null;
        assertThat(bench.invite("offer")).isNotNull();
    }
}
