package io.github.camelvoice.gateway;

import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.registration.RegistrationFigures;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.SessionInfo;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Figures about accounts of ours at other servers, and about their sessions. */
final class AccountMetrics implements MeterBinder {

    private final VoiceEngine engine;

    AccountMetrics(VoiceEngine engine) {
        this.engine = engine;
    }

    /** What is counted by kind is followed for as long as the engine lives. */
    @Override
    public void bindTo(MeterRegistry target) {
        accounts("queued", RegistrationFigures::queued, target);
        accounts("registering", RegistrationFigures::registering, target);
        accounts("registered", RegistrationFigures::registered, target);
        accounts("waiting", RegistrationFigures::waiting, target);
        accounts("refused", RegistrationFigures::refused, target);
        accounts("unregistering", RegistrationFigures::unregistering, target);
        count("voice.accounts.registrations", "Accounts that became registered", RegistrationFigures::accepted, target);
        count("voice.accounts.refreshes", "Registrations that were refreshed", RegistrationFigures::refreshed, target);
        count("voice.accounts.lost", "Ways to servers that broke", RegistrationFigures::lost, target);
        Gauge.builder("voice.sessions", engine, each -> each.sessions().list(null).stream().filter(SessionInfo::started).count())
                .description("Accounts with a session").register(target);
        engine.registrations().follow(info -> {
            if (info.code() != 0 && (info.state() == RegistrationInfo.State.WAITING || info.state() == RegistrationInfo.State.REFUSED)) {
                target.counter("voice.accounts.failures", "code", Integer.toString(info.code())).increment();
            }
        });
        engine.sessions().follow(null, status -> target.counter("voice.sessions.statuses", "status", status.type().name()).increment());
    }

    private void accounts(String state, ToDoubleFunction<RegistrationFigures> figure, MeterRegistry target) {
        Gauge.builder("voice.accounts", engine, each -> figure.applyAsDouble(each.registrationFigures())).tag("state", state)
                .description("Accounts of ours at other servers").register(target);
    }

    private void count(String name, String description, ToDoubleFunction<RegistrationFigures> figure, MeterRegistry target) {
        FunctionCounter.builder(name, engine, each -> figure.applyAsDouble(each.registrationFigures())).description(description).register(target);
    }
}
