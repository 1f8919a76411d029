package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.CallLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger that is as slow, and in as much trouble, as the test wants. */
public final class FakeLedger implements CallLedger {

    final List<String> written = new ArrayList<>();
    CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
    CallSnapshot last;
    String trouble;

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public void opened(CallSnapshot call) {
        written.add("opened " + call.state());
    }

    @Override
    public CompletionStage<Void> ended(CallSnapshot call, MediaFigures.Pair figures) {
        last = call;
        written.add("ended " + call.cause().kind());
        return durable;
    }

    @Override
    public void closed(String callId) {
        written.add("closed");
    }
}
