package io.github.camelvoice.voice;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.support.DefaultConsumer;

/** Up as long as calls or events can reach the route; figures are in the details. */
final class VoiceConsumerHealthCheck extends AbstractHealthCheck {

    private final DefaultConsumer consumer;
    private final VoiceComponent component;

    private VoiceConsumerHealthCheck(DefaultConsumer consumer) {
        super("camel", "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
        this.component = ((VoiceEndpoint) consumer.getEndpoint()).getComponent();
        setEnabled(component.isHealthCheckConsumerEnabled());
    }

    static void register(DefaultConsumer consumer) {
        HealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(consumer.getEndpoint().getCamelContext(), "consumers");
        if (repository != null) {
            consumer.setHealthCheck(new VoiceConsumerHealthCheck(consumer));
        }
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        EngineLink engine = component.runningEngine();
        describe(builder, consumer);
        if (engine == null) {
            builder.message("the voice engine does not run").down();
        } else {
            engine.ports().forEach((transport, port) -> builder.detail("sip." + transport, port));
            builder.up();
        }
    }

    private static void describe(HealthCheckResultBuilder builder, Consumer consumer) {
        if (consumer instanceof VoiceCallConsumer calls) {
            builder.detail("calls.live", calls.getLiveCalls());
            builder.detail("calls.waiting", calls.getWaitingCalls());
            builder.detail("calls.received", calls.getReceivedCalls());
            builder.detail("calls.refused", calls.getRefusedCalls());
            builder.detail("suspended", calls.isSuspended());
        } else if (consumer instanceof VoiceEventsConsumer events) {
            builder.detail("events.waiting", events.getWaitingEvents());
            builder.detail("events.dropped", events.getDroppedEvents());
            builder.detail("events.consumed", events.getConsumedEvents());
        }
    }
}
