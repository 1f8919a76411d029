package io.github.camelvoice.gateway;

import io.github.camelvoice.callback.CallbackFigures;
import io.github.camelvoice.engine.VoiceEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about callbacks: how many wait, since when, and what became of the others. */
final class CallbackMetrics implements MeterBinder {

    private final VoiceEngine engine;

    CallbackMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        Gauge.builder("voice.callbacks.waiting", () -> engine.callbacks().figures().waiting()).description("Callbacks that are not delivered yet")
                .register(target);
        Gauge.builder("voice.callbacks.oldest", () -> engine.callbacks().figures().oldestMillis() / 1000.0).baseUnit("seconds")
                .description("Age of the oldest of them").register(target);
        count("voice.callbacks.delivered", "Callbacks that their receivers took", CallbackFigures::delivered, target);
        count("voice.callbacks.failed", "Attempts to deliver a callback that failed", CallbackFigures::failed, target);
        count("voice.callbacks.given.up", "Callbacks given up", CallbackFigures::givenUp, target);
    }

    private void count(String name, String description, ToDoubleFunction<CallbackFigures> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.callbacks().figures())).description(description).register(target);
    }
}
