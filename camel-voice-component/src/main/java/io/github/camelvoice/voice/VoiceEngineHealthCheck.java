package io.github.camelvoice.voice;

import io.github.camelvoice.store.ArchiveFigures;
import java.util.Map;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether calls can be placed: the engine runs, its ports are open, it is not full, and what happens can be written down. */
final class VoiceEngineHealthCheck extends AbstractHealthCheck {

    private final VoiceComponent component;

    private VoiceEngineHealthCheck(VoiceComponent component) {
        super("camel", "producer:voice-engine-" + component.getNodeId());
        this.component = component;
        setEnabled(component.isHealthCheckProducerEnabled());
    }

    /** @return the check, or null where there is no place for it */
    static VoiceEngineHealthCheck register(VoiceComponent component) {
        WritableHealthCheckRepository repository = repository(component);
        if (repository == null) {
            return null;
        }
        VoiceEngineHealthCheck check = new VoiceEngineHealthCheck(component);
        repository.addHealthCheck(check);
        return check;
    }

    static void unregister(VoiceComponent component, VoiceEngineHealthCheck check) {
        WritableHealthCheckRepository repository = check == null ? null : repository(component);
        if (repository != null) {
            repository.removeHealthCheck(check);
        }
    }

    private static WritableHealthCheckRepository repository(VoiceComponent component) {
        return HealthCheckHelper.getHealthCheckRepository(component.getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        EngineLink engine = component.runningEngine();
        if (engine == null) {
            // No endpoint needs it yet: nothing is wrong.
            builder.detail("engine", "not started").up();
            return;
        }
        int live = engine.calls().count();
        engine.ports().forEach((transport, port) -> builder.detail("sip." + transport, port));
        builder.detail("advertised", engine.advertisedAddress());
        builder.detail("calls.live", live);
        ArchiveFigures archive = engine.archive().figures();
        builder.detail("archive.waiting", archive.waitingEntries());
        builder.detail("archive.waitingBytes", archive.waitingBytes());
        builder.detail("archive.lost", archive.lost());
        if (archive.storeTrouble() != null) {
            builder.detail(VoiceConsumerHealthCheck.STORE_TROUBLE, archive.storeTrouble());
        }
        if (archive.trouble() != null) {
            builder.message(VoiceConsumerHealthCheck.NO_RECORD + archive.trouble()).down();
        } else if (live >= component.getMaxCalls()) {
            builder.message("all " + component.getMaxCalls() + " calls are in use").down();
        } else {
            builder.up();
        }
    }
}
