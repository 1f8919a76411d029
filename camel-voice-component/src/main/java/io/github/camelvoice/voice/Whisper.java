package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.dial.Screening;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;

/** Asks a route about a called leg before it has the call. */
final class Whisper implements Screening {

    private final Endpoint endpoint;
    private final AsyncProducer producer;
    private final Executor threads;

    /**
     * @param producer of the endpoint, started
     * @param threads  where the route begins
     */
    Whisper(Endpoint endpoint, AsyncProducer producer, Executor threads) {
        this.endpoint = endpoint;
        this.producer = producer;
        this.threads = threads;
    }

    @Override
    public CompletionStage<Boolean> screen(Call leg) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                ask(leg, answer);
            } catch (RuntimeException broken) {
                answer.completeExceptionally(broken);
            }
        });
        return answer;
    }

    private void ask(Call leg, CompletableFuture<Boolean> answer) {
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOut);
        CallSnapshot now = leg.snapshot();
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, leg.id());
        message.setHeader(VoiceConstants.CALLED_URI, now.calledUri());
        Results.set(message, VoiceConstants.PARENT_CALL_ID, now.parentCallId());
        Results.call(message, now);
        KnownCalls.add(exchange, leg.id());
        producer.process(exchange, done -> {
            if (exchange.getException() != null) {
                answer.completeExceptionally(exchange.getException());
                return;
            }
            try {
                boolean accepted = new Arguments(exchange).flag(VoiceConstants.ACCEPT, "accept", true);
                answer.complete(accepted && !exchange.isRollbackOnly() && leg.snapshot().state().isAnswered());
            } catch (VoiceRequestException senseless) {
                answer.completeExceptionally(senseless);
            }
        });
    }
}
