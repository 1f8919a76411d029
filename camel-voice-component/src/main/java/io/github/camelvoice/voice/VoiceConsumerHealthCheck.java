package io.github.camelvoice.voice;

import io.github.camelvoice.callback.CallbackFigures;
import io.github.camelvoice.subscription.ResourceInfo;
import io.github.camelvoice.subscription.SubscriptionInfo;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.support.DefaultConsumer;

/**
 * Up as long as calls, events, audio or records can reach the route; figures are in the details. That records or callbacks cannot, or that an account
 * is not registered, is no reason to send calls elsewhere: those checks have no say in readiness.
 */
final class VoiceConsumerHealthCheck extends AbstractHealthCheck {

    static final String NO_RECORD = "no new calls, because they could not be recorded: ";

    /** Calls are written down all the same: this makes nothing unhealthy. */
    static final String STORE_TROUBLE = "archive.storeTrouble";

    private final DefaultConsumer consumer;
    private final VoiceComponent component;

    private VoiceConsumerHealthCheck(DefaultConsumer consumer) {
        super("camel", "consumer:" + consumer.getRouteId());
        this.consumer = consumer;
        this.component = ((VoiceEndpoint) consumer.getEndpoint()).getComponent();
        setEnabled(component.isHealthCheckConsumerEnabled());
    }

    @Override
    public boolean isReadiness() {
        return !(consumer instanceof VoiceSipInfoConsumer) && !(consumer instanceof VoiceCallbacksConsumer) && !(consumer instanceof VoiceSessionConsumer);
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
        } else if (consumer instanceof VoiceCallConsumer && engine.archive().log().trouble() != null) {
            builder.message(NO_RECORD + engine.archive().log().trouble()).down();
        } else if (consumer instanceof VoiceSipInfoConsumer records && records.trouble() != null) {
            builder.message(records.trouble()).down();
        } else if (consumer instanceof VoiceSubscribeConsumer states && states.trouble() != null) {
            builder.message(states.trouble()).down();
        } else if (consumer instanceof VoiceSessionConsumer statuses && statuses.trouble() != null) {
            builder.message(statuses.trouble()).down();
        } else {
            engine.ports().forEach((transport, port) -> builder.detail("sip." + transport, port));
            String behind = engine.archive().figures().storeTrouble();
            if (behind != null) {
                builder.detail(STORE_TROUBLE, behind);
            }
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
        } else if (consumer instanceof VoiceTapConsumer taps) {
            builder.detail("taps.live", taps.getLiveTaps());
            builder.detail("taps.waiting", taps.getWaitingExchanges());
            builder.detail("taps.consumed", taps.getConsumedExchanges());
            builder.detail("taps.droppedMillis", taps.getDroppedMillis());
            builder.detail("suspended", taps.isSuspended());
        } else if (consumer instanceof VoiceSipInfoConsumer records) {
            builder.detail("sipinfo.consumer", records.getConsumerName());
            builder.detail("sipinfo.delivered", records.getDeliveredCalls());
            builder.detail("sipinfo.failed", records.getFailedTries());
            builder.detail("sipinfo.skipped", records.getSkippedCalls());
            builder.detail("suspended", records.isSuspended());
        } else if (consumer instanceof VoiceSubscribeConsumer states) {
            describe(builder, states);
        } else if (consumer instanceof VoiceSessionConsumer statuses) {
            builder.detail("statuses.waiting", statuses.getWaitingStatuses());
            builder.detail("statuses.missed", statuses.getMissedStatuses());
            builder.detail("statuses.consumed", statuses.getConsumedStatuses());
            builder.detail("suspended", statuses.isSuspended());
        } else if (consumer instanceof VoiceWatchersConsumer watchers) {
            builder.detail("watchers.requested", watchers.getRequestedWatchers());
            builder.detail("watchers.undecided", watchers.getUndecidedWatchers());
            builder.detail("suspended", watchers.isSuspended());
        } else if (consumer instanceof VoicePublicationsConsumer publications) {
            builder.detail("publications.waiting", publications.getWaitingPublications());
            builder.detail("publications.dropped", publications.getDroppedPublications());
            builder.detail("publications.consumed", publications.getConsumedPublications());
        } else if (consumer instanceof VoiceCallbacksConsumer callbacks && callbacks.figures() != null) {
            CallbackFigures figures = callbacks.figures();
            builder.detail("callbacks.waiting", figures.waiting());
            builder.detail("callbacks.oldestSeconds", figures.oldestMillis() / 1000);
            builder.detail("callbacks.delivered", figures.delivered());
            builder.detail("callbacks.failed", figures.failed());
            builder.detail("callbacks.givenUp", figures.givenUp());
            if (figures.trouble() != null) {
                builder.detail("callbacks.trouble", figures.trouble());
            }
        }
    }

    private static void describe(HealthCheckResultBuilder builder, VoiceSubscribeConsumer states) {
        builder.detail("changes.waiting", states.getWaitingChanges());
        builder.detail("changes.skipped", states.getSkippedChanges());
        builder.detail("changes.consumed", states.getConsumedChanges());
        builder.detail("suspended", states.isSuspended());
        if (states.getSubscriptionId() == null) {
            return;
        }
        builder.detail("subscription", states.getSubscriptionId());
        SubscriptionInfo info = states.subscription();
        if (info == null) {
            builder.detail("subscription.state", "another node watches");
            return;
        }
        builder.detail("subscription.state", info.state().name());
        builder.detail("subscription.resources", info.size());
        List<ResourceInfo> troubled = info.resources().stream().filter(resource -> resource.trouble() != null).toList();
        builder.detail("subscription.troubled", troubled.size());
        if (!troubled.isEmpty()) {
            builder.detail("subscription.trouble", troubled.get(0).uri() + ": " + troubled.get(0).trouble());
        }
    }
}
