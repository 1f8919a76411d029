package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.webhook.SubscriptionCallbacks.Figures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about what receivers of subscriptions are told. */
final class SubscriptionCallbackMetrics implements MeterBinder {

    private final VoiceEngine engine;

    SubscriptionCallbackMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        count("voice.subscription.callbacks", "Documents for receivers of subscriptions", Figures::documents, target);
        count("voice.subscription.coalesced", "Changes of which a slow receiver saw only a later state", Figures::coalesced, target);
        count("voice.subscription.unwritten", "Documents that could not be written down at once", Figures::failed, target);
    }

    private void count(String name, String description, ToDoubleFunction<Figures> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.subscriptionCallbacks().figures())).description(description)
                .register(target);
    }
}
