package io.github.camelvoice.gateway.grpc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;

/** The routes of {@code sessions.yaml}, with whatever a test wants behind them. */
final class FakeRoutes implements AutoCloseable {

    /** What a route does: completes the callback when it is done. */
    @FunctionalInterface
    interface Step {
        void go(Exchange exchange, AsyncCallback callback) throws Exception;
    }

    final CamelContext camel = new DefaultCamelContext();
    private final Map<String, Step> steps = new ConcurrentHashMap<>();

    FakeRoutes() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                for (String operation : new String[] {"register", "start", "end", "call", "hangup", "transfer", "status", "history", "play", "mute",
                    "unmute"}) {
                    from("direct:session-" + operation).routeId("session-" + operation).process(new AsyncProcessorSupport() {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            try {
                                steps.get(operation).go(exchange, callback);
                            } catch (Exception failure) {
                                exchange.setException(failure);
                                callback.done(false);
                            }
                            return false;
                        }
                    });
                }
            }
        });
        camel.getShutdownStrategy().setTimeout(1);
        camel.start();
    }

    void on(String operation, Step step) {
        steps.put(operation, step);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
