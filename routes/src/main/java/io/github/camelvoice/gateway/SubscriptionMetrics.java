package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.notifier.NotifierFigures;
import io.github.camelvoice.subscription.SubscriptionFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about what we watch, and about those who watch us. */
final class SubscriptionMetrics implements MeterBinder {

    private final VoiceEngine engine;

    SubscriptionMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        gauge("voice.subscriptions", "Subscriptions watched here", SubscriptionFigures::subscriptions, target);
        gauge("voice.subscriptions.resources", "Resources of all of them", SubscriptionFigures::resources, target);
        watches("active", SubscriptionFigures::active, target);
        watches("pending", SubscriptionFigures::pending, target);
        watches("subscribing", SubscriptionFigures::subscribing, target);
        watches("waiting", SubscriptionFigures::waiting, target);
        watches("stopped", SubscriptionFigures::stopped, target);
        count("voice.subscriptions.notifies", "NOTIFYs that came", SubscriptionFigures::notifies, target);
        count("voice.subscriptions.changes", "Changes told to followers", SubscriptionFigures::changes, target);
        count("voice.subscriptions.stale", "Bodies older than what was known", SubscriptionFigures::stale, target);
        count("voice.subscriptions.gaps", "Partial states whose base was missing", SubscriptionFigures::gaps, target);
        count("voice.subscriptions.broken", "Bodies that could not be read", SubscriptionFigures::broken, target);
        count("voice.subscriptions.resubscriptions", "SUBSCRIBEs after a subscription ended or failed", SubscriptionFigures::resubscriptions, target);
        count("voice.subscriptions.refused", "SUBSCRIBEs refused or unanswered", SubscriptionFigures::refused, target);
        Gauge.builder("voice.watchers", () -> engine.notifier().figures().watchers()).description("Subscriptions of those who watch us").register(target);
        Gauge.builder("voice.publications", () -> engine.notifier().figures().publications()).description("Publications that hold").register(target);
        notifier("voice.watchers.accepted", "Subscriptions of others that were accepted, fetches included", NotifierFigures::accepted, target);
        notifier("voice.watchers.refused", "SUBSCRIBEs of others that were refused", NotifierFigures::refused, target);
        notifier("voice.watchers.notifies", "NOTIFYs sent", NotifierFigures::notifies, target);
        notifier("voice.watchers.lost", "Watchers removed because a NOTIFY was refused or not answered", NotifierFigures::lost, target);
        notifier("voice.publications.taken", "PUBLISHes taken", NotifierFigures::published, target);
    }

    private void gauge(String name, String description, ToDoubleFunction<SubscriptionFigures> figure, MeterRegistry target) {
        Gauge.builder(name, engine, each -> figure.applyAsDouble(each.subscriptions().figures())).description(description).register(target);
    }

    private void watches(String state, ToDoubleFunction<SubscriptionFigures> figure, MeterRegistry target) {
        Gauge.builder("voice.subscriptions.watches", engine, each -> figure.applyAsDouble(each.subscriptions().figures())).tag("state", state)
                .description("SIP subscriptions of ours: one for each resource, or one for a list").register(target);
    }

    private void count(String name, String description, ToDoubleFunction<SubscriptionFigures> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.subscriptions().figures())).description(description).register(target);
    }

    private void notifier(String name, String description, ToDoubleFunction<NotifierFigures> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.notifier().figures())).description(description).register(target);
    }
}
