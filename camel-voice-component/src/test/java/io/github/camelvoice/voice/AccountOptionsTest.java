package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.registration.RegistrationSettings;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionSettings;
import io.github.camelvoice.session.StatusType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** Options of accounts on the component; what health check and console tell of them. */
class AccountOptionsTest extends VoiceRouteTest {

    @Test
    void theyReachTheEngine() throws Exception {
        component.setRegistrationExpires(600_000);
        component.setRegistrationsPerSecond(7);
        component.setRegistrationPause(1_000);
        component.setRegistrationMaxPause(60_000);
        component.setRegistrationRefusedPause(90_000);
        component.setRegistrationKeepAlive(0);
        component.setUnregisterTimeout(500);
        component.setRegisteredAddress(true);
        component.setMaxAccounts(5);
        component.setMaxAccountsPerOwner(2);
        component.setMaxPlayFiles(3);
        component.setMaxPlayBytes(1_000L);
        component.setStatusTracebacks(true);
        component.getConfiguration().setRingTimeout(9_000);
        yaml(route("voice:session", "- to: \"mock:out\""));
        assertThat(engine.config.registrations()).isEqualTo(new RegistrationSettings(7, 3, Duration.ofSeconds(1), Duration.ofMinutes(1),
                Duration.ofSeconds(90), Duration.ofMillis(500), 0, true));
        assertThat(engine.config.sessions()).isEqualTo(new SessionSettings(2, 5, 600, Duration.ofSeconds(9), Duration.ofHours(4), 3, 1_000, true));
    }

    @Test
    void withoutAnyTheyAreThoseOfTheEngine() throws Exception {
        yaml(route("voice:session", "- to: \"mock:out\""));
        assertThat(engine.config.registrations()).isEqualTo(RegistrationSettings.DEFAULT);
        assertThat(engine.config.sessions()).isEqualTo(SessionSettings.DEFAULT);
    }

    @Test
    void whatIsWrongIsNamed() {
        refused(each -> each.setRegistrationExpires(1_500), "registrationExpires must be whole seconds up to a day: 1500 ms");
        refused(each -> each.setRegistrationExpires(30_000), "registrationExpires, maxPlayFiles, maxPlayBytes: expires must be 60 to 86400: 30");
        refused(each -> each.setRegistrationKeepAlive(2_000), "unregisterTimeout: keepAlive must be 0 or 5 to 3600 seconds: 2");
        refused(each -> each.setMaxAccounts(0), "inAll must be 1 or more: 0");
        refused(each -> each.setRegistrationMaxPause(1), "longestPause must not be less than firstPause");
    }

    private void refused(Consumer<VoiceComponent> change, String message) {
        VoiceComponent fresh = new VoiceComponent();
        fresh.setCamelContext(context);
        change.accept(fresh);
        assertThatThrownBy(() -> EngineSettings.config(fresh)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void healthAndConsole() throws Exception {
        yaml(route("voice:session?statuses=READY", "- to: \"mock:out\""));
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        for (String name : List.of("alice@x", "bob@x", "carol@x")) {
            engine.sessions.register(new RegisterAccount(name, "secret", null, null, null, null, List.of(), 0, ""));
        }
        assertThat(check().getDetails()).containsEntry("accounts", 3).containsEntry("accounts.unregistered", 0);
        engine.sessions.tells("bob@x", StatusType.SESSION_REGISTRATION_FAILED);
        HealthCheck.Result down = check();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValue("1 of 3 accounts are not registered: bob@x is not registered (waiting): 503 Service Unavailable");
        assertThat(down.getDetails()).containsEntry("account.bob@x", "bob@x is not registered (waiting): 503 Service Unavailable");
        assertThat(down.getCheck().isReadiness()).isFalse();
        assertThat(down.getCheck().isLiveness()).isFalse();
        assertThat(HealthCheckHelper.invokeLiveness(context)).noneMatch(each -> each.getState() == HealthCheck.State.DOWN);
        assertThat(HealthCheckHelper.invokeReadiness(context)).noneMatch(each -> each.getState() == HealthCheck.State.DOWN);
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("voice");
        assertThat((String) console.call(DevConsole.MediaType.TEXT, Map.of())).contains("account {").contains("bob@x").contains("code=503")
                .doesNotContain("secret");
        assertThat(console.call(DevConsole.MediaType.JSON, Map.of()).toString()).contains("accounts=[{").contains("consumed=0");
    }

    private HealthCheck.Result check() {
        return HealthCheckHelper.invoke(context, "full").stream().filter(each -> each.getCheck().getId().equals("producer:voice-accounts-n1")).findFirst()
                .orElseThrow();
    }
}
