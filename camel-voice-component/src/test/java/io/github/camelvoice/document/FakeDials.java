package io.github.camelvoice.document;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.dial.Dial;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialResult;
import io.github.camelvoice.dial.Dials;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A dial that comes to what the test says. For one thread. */
final class FakeDials implements Dials {

    DialPlan plan;
    DialListener listener;
    int started;
    boolean cancelled;
    private CompletableFuture<DialResult> over;

    @Override
    public Dial start(DialPlan asked, DialListener told) {
        plan = asked;
        listener = told;
        started++;
        over = new CompletableFuture<>();
        CompletableFuture<DialResult> end = over;
        return new Dial() {
            @Override
            public String id() {
                return "d1";
            }

            @Override
            public CompletionStage<DialResult> done() {
                return end;
            }

            @Override
            public CompletionStage<DialResult> over() {
                return end;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
    }

    void fails(DialResult.Outcome outcome, CallSnapshot best) {
        over.complete(new DialResult(outcome, null, best == null ? -1 : 0, best, false, Duration.ZERO, null));
    }

    void talked(Call winner, Duration time) {
        over.complete(new DialResult(DialResult.Outcome.COMPLETED, winner, 0, winner.snapshot(), true, time, null));
    }
}
