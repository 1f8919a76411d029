package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.tap.TapTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about taps: how many there are, what they sent, and what did not get through. */
final class TapMetrics implements MeterBinder {

    private final VoiceEngine engine;

    TapMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        Gauge.builder("voice.taps", () -> engine.taps().totals().active()).description("Taps that run or connect").register(target);
        count("voice.taps.started", "Taps whose audio flowed", TapTotals::started, target);
        count("voice.taps.failed", "Taps whose destination could not be reached", TapTotals::failed, target);
        count("voice.tap.frames", "Frames of audio sent by taps", TapTotals::frames, target);
        count("voice.tap.frames.dropped", "Frames that slow destinations of taps did not get", TapTotals::dropped, target);
        count("voice.tap.reconnects", "Times that the destination of a tap was lost and found again", TapTotals::reconnects, target);
    }

    private void count(String name, String description, ToDoubleFunction<TapTotals> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.taps().totals())).description(description).register(target);
    }
}
