package io.github.camelvoice.gateway;

import io.github.camelvoice.call.guard.GuardFigures;
import io.github.camelvoice.engine.VoiceEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Calls that the guard let not through, by why. */
final class GuardMetrics implements MeterBinder {

    private final VoiceEngine engine;

    GuardMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        count("destination", GuardFigures::destination, target);
        count("rate", GuardFigures::rate, target);
        count("concurrent", GuardFigures::concurrent, target);
        count("loop", GuardFigures::loop, target);
    }

    private void count(String reason, ToDoubleFunction<GuardFigures> figure, MeterRegistry target) {
        FunctionCounter.builder("voice.guard.refused", engine, each -> figure.applyAsDouble(each.guardFigures())).tag("reason", reason)
                .description("Calls that were not placed: nobody may be called there, or the account had its share").register(target);
    }
}
