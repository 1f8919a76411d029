package io.github.camelvoice.gateway.grpc;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.service.ServiceHelper;

/** The way to the routes of {@code routes/sessions.yaml}: an exchange for each call, and no thread that waits for it. Thread-safe. */
final class SessionRoutes implements AutoCloseable {

    /** What the routes are called; the rest is the operation. */
    static final String PREFIX = "direct:session-";

    private final CamelContext context;
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();

    SessionRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * @param operation of {@code voice:session}
     * @return the body of what came back; fails with the exception of the exchange
     */
    CompletionStage<Object> send(String operation, Map<String, Object> headers, Object body) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        AsyncProducer producer = producers.computeIfAbsent(operation, this::producer);
        Exchange exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
        exchange.getMessage().setHeaders(headers);
        exchange.getMessage().setBody(body);
        producer.process(exchange, done -> {
            Exception failure = exchange.getException();
            if (failure == null) {
                answer.complete(exchange.getMessage().getBody());
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private AsyncProducer producer(String operation) {
        try {
            Endpoint endpoint = context.getEndpoint(PREFIX + operation + "?block=false&failIfNoConsumers=true");
            AsyncProducer producer = endpoint.createAsyncProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException("there is no route " + PREFIX + operation, e);
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopService(producers.values());
    }
}
