package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.store.ArchiveFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about what is written down of calls: whether it reaches the store, what waits, and what was lost. */
final class ArchiveMetrics implements MeterBinder {

    private final VoiceEngine engine;
    private final RecordsGate gate;

    ArchiveMetrics(VoiceEngine engine, RecordsGate gate) {
        this.engine = engine;
        this.gate = gate;
    }

    @Override
    public void bindTo(MeterRegistry target) {
        FunctionCounter.builder("voice.records.refused", gate, RecordsGate::refused)
                .description("Requests for records answered 429").register(target);
        if (engine.archive() == null) {
            return;
        }
        archive("voice.archive.waiting.entries", "Entries that are not in the store yet", ArchiveFigures::waitingEntries, target);
        Gauge.builder("voice.archive.waiting", () -> engine.archive().figures().waitingBytes()).baseUnit("bytes")
                .description("Size of what is not in the store yet").register(target);
        archive("voice.archive.store.up", "1 while the store takes entries, 0 while they wait", each -> each.storeTrouble() == null ? 1 : 0, target);
        archive("voice.archive.recording", "1 while new calls can be recorded, 0 while they are refused",
                each -> each.trouble() == null ? 1 : 0, target);
        FunctionCounter.builder("voice.archive.lost", engine, each -> each.archive().figures().lost())
                .description("Entries that had no room").register(target);
        FunctionCounter.builder("voice.archive.messages", engine, each -> each.captureFigures().captured())
                .description("SIP messages written down").register(target);
        FunctionCounter.builder("voice.archive.messages.dropped", engine, each -> each.captureFigures().dropped())
                .description("SIP messages of calls that were not kept, because there were too many").register(target);
        Gauge.builder("voice.archive.traces", () -> engine.captureFigures().openTraces()).description("Calls whose messages are being written down")
                .register(target);
    }

    private void archive(String name, String description, ToDoubleFunction<ArchiveFigures> figure, MeterRegistry target) {
        Gauge.builder(name, () -> figure.applyAsDouble(engine.archive().figures())).description(description).register(target);
    }
}
