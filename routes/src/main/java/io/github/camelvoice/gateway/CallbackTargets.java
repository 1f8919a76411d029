package io.github.camelvoice.gateway;

import io.github.camelvoice.voice.VoiceCallbackRefusedException;
import io.github.camelvoice.voice.VoiceConstants;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** The targets of callbacks that the operator named, and the endpoints behind them. Thread-safe. */
public final class CallbackTargets {

    /** Property of the exchange with the endpoint. */
    static final String ENDPOINT = "voiceCallbackEndpoint";

    private final Map<String, String> targets;

    CallbackTargets(Map<String, String> targets) {
        this.targets = targets;
    }

    /** Puts the endpoint behind the callback's target into the exchange. @throws VoiceCallbackRefusedException if there is no such target any more */
    public void endpoint(Exchange exchange) throws VoiceCallbackRefusedException {
        String name = exchange.getMessage().getHeader(VoiceConstants.CALLBACK_TARGET, String.class);
        String endpoint = name == null ? null : targets.get(name);
        if (endpoint == null) {
            throw new VoiceCallbackRefusedException("there is no target " + name + " in " + Setting.CALLBACK_TARGETS.key());
        }
        exchange.setProperty(ENDPOINT, endpoint);
    }

    /** Makes every endpoint, so that a mistake shows at the start. @throws SettingException naming the target */
    void check(CamelContext context) {
        targets.forEach((name, endpoint) -> {
            try {
                context.getEndpoint(endpoint);
            } catch (RuntimeException wrong) {
                Throwable cause = wrong;
                while (cause.getCause() != null) {
                    cause = cause.getCause();
                }
                throw new SettingException(Setting.CALLBACK_TARGETS.key() + ": target " + name + " has an endpoint that cannot be used: "
                        + cause.getMessage(), wrong);
            }
        });
    }
}
