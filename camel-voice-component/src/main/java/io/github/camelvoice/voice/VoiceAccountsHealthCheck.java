package io.github.camelvoice.voice;

import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.SessionInfo;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether all accounts are registered at their servers. That one is not is no reason to send calls elsewhere, nor to start this process anew: the check
 * has no say in readiness and liveness.
 */
final class VoiceAccountsHealthCheck extends AbstractHealthCheck {

    private static final int MOST_NAMED = 20;

    private final VoiceComponent component;

    private VoiceAccountsHealthCheck(VoiceComponent component) {
        super("camel", "producer:voice-accounts-" + component.getNodeId());
        this.component = component;
        setEnabled(component.isHealthCheckProducerEnabled());
    }

    /** @return the check, or null where there is no place for it */
    static VoiceAccountsHealthCheck register(VoiceComponent component) {
        WritableHealthCheckRepository repository = repository(component);
        if (repository == null) {
            return null;
        }
        VoiceAccountsHealthCheck check = new VoiceAccountsHealthCheck(component);
        repository.addHealthCheck(check);
        return check;
    }

    static void unregister(VoiceComponent component, VoiceAccountsHealthCheck check) {
        WritableHealthCheckRepository repository = check == null ? null : repository(component);
        if (repository != null) {
            repository.removeHealthCheck(check);
        }
    }

    private static WritableHealthCheckRepository repository(VoiceComponent component) {
        return HealthCheckHelper.getHealthCheckRepository(component.getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        EngineLink engine = component.runningEngine();
        if (engine == null) {
            builder.detail("engine", "not started").up();
            return;
        }
        List<SessionInfo> accounts = engine.sessions().list(null);
        List<RegistrationInfo> away = accounts.stream().flatMap(account -> account.registration().stream()).filter(VoiceAccountsHealthCheck::isAway).toList();
        builder.detail("accounts", accounts.size());
        builder.detail("accounts.unregistered", away.size());
        away.stream().limit(MOST_NAMED).forEach(info -> builder.detail("account." + info.name(), HeldAccount.words(info)));
        if (away.isEmpty()) {
            builder.up();
        } else {
            builder.message(away.size() + " of " + accounts.size() + " accounts are not registered: " + HeldAccount.words(away.get(0))
                    + (away.size() > 1 ? "; and so on" : "")).down();
        }
    }

    /** One that waits for its turn, or is on its way out, is as it should be. */
    private static boolean isAway(RegistrationInfo info) {
        return info.state() == RegistrationInfo.State.WAITING || info.state() == RegistrationInfo.State.REFUSED;
    }
}
