package io.github.camelvoice.voice;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an exchange to an endpoint of the route's author when the far end of a tap was lost for good. Thread-safe once started. */
final class LostSinks {

    private static final Logger LOG = LoggerFactory.getLogger(LostSinks.class);
    private static final Set<String> IN_ORDER = Set.of("stopped", "call-ended", "stopped-by-far-end", "closed-by-far-end");

    private final VoiceEndpoint endpoint;
    private final String target;
    /** Taps of ours that run, by call and control id. */
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private AsyncProducer producer;
    private EventBus.Subscription subscription;

    LostSinks(VoiceEndpoint endpoint, String target) {
        this.endpoint = endpoint;
        this.target = target;
    }

    void start() throws Exception {
        producer = endpoint.getCamelContext().getEndpoint(target).createAsyncProducer();
        ServiceHelper.startService(producer);
        // Nothing is ever queued: what concerns us is handed to the route's threads right away.
        subscription = endpoint.engine().events().subscribe(1, this::seen);
    }

    void stop() {
        if (subscription != null) {
            subscription.close();
        }
        ServiceHelper.stopService(producer);
        watched.clear();
    }

    /** @param spec has a control id: it must be known before the tap's first event */
    CompletionStage<TapInfo> start(Call call, TapSpec spec, Taps taps) {
        String key = key(call.id(), spec.controlId());
        boolean ours = watched.add(key);
        return taps.start(call, spec).whenComplete((tap, failure) -> {
            if (ours && (failure != null || !tap.success())) {
                watched.remove(key);
            }
        });
    }

    private static String key(String callId, String controlId) {
        return callId + " " + controlId;
    }

    private boolean seen(VoiceEvent event) {
        if (event instanceof VoiceEvent.TapEnded ended) {
            boolean ours = watched.remove(key(ended.head().callId(), ended.controlId()));
            if (ours && !IN_ORDER.contains(ended.reason())) {
                endpoint.getComponent().goOn(() -> tell(ended));
            }
        }
        return false;
    }

    private void tell(VoiceEvent.TapEnded ended) {
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
        String callId = ended.head().callId();
        KnownCalls.add(exchange, callId);
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, callId);
        TapAnswers.write(exchange, Map.of(VoiceConstants.TAP_CONTROL_ID, TapAnswers.fresh(ended.controlId())));
        message.setHeader(VoiceConstants.TAP_REASON, ended.reason());
        producer.process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                LOG.warn("[{}] the route for a lost tap failed: {}", callId, exchange.getException().toString());
            }
        });
    }
}
