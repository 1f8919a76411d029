package io.github.camelvoice.gateway;

import io.github.camelvoice.gateway.access.Accounts;
import io.github.camelvoice.gateway.access.Logins;
import io.github.camelvoice.gateway.grpc.GrpcConfig;
import io.github.camelvoice.gateway.grpc.GrpcFront;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.voice.VoiceComponent;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * The gRPC port.
 *
 * @param host             IP address
 * @param port             0 for any free one, -1 for no gRPC
 * @param keystore         null for no TLS
 * @param keystorePassword null without such a file
 * @param auth             whether callers need credentials
 * @param messageMebibytes largest request
 * @param streams          calls under way at a time, per connection
 * @param tracebacks       whether callers are told where something went wrong
 */
record GrpcSettings(String host, int port, Path keystore, String keystorePassword, boolean auth, int messageMebibytes, int streams, boolean tracebacks) {

    private static final int MEBI = 1024 * 1024;
    /** Part of the heap that requests may take together; each of their bytes may be there up to three times. */
    private static final int PART_OF_HEAP = 12;

    /** @throws SettingException naming what is wrong */
    static GrpcSettings read(SettingValues values) {
        String host = GatewaySettings.address(values, Setting.GRPC_HOST).getHostAddress();
        Path keystore = GatewaySettings.keystore(values, Setting.GRPC_TLS_KEYSTORE, Setting.GRPC_TLS_KEYSTORE_PASSWORD);
        boolean loopback = GatewaySettings.isLoopback(host);
        boolean tls = onOff(values, Setting.GRPC_TLS, keystore != null || !loopback);
        if (tls && keystore == null) {
            throw SettingException.of(Setting.GRPC_TLS, (values.isSet(Setting.GRPC_TLS) ? "is on" : "is on because " + Setting.GRPC_HOST.key()
                    + " is not loopback") + ", but " + Setting.GRPC_TLS_KEYSTORE.key() + " names no certificate; off leaves TLS to a proxy");
        }
        boolean auth = onOff(values, Setting.GRPC_AUTH, !loopback);
        if (!auth && !loopback) {
            throw SettingException.of(Setting.GRPC_AUTH, "cannot be off, because " + Setting.GRPC_HOST.key() + " is not loopback");
        }
        return new GrpcSettings(host, values.port(Setting.GRPC_PORT), tls ? keystore : null, tls ? values.text(Setting.GRPC_TLS_KEYSTORE_PASSWORD) : null, auth,
                values.number(Setting.GRPC_MESSAGE_MAX, 1, 64), values.number(Setting.GRPC_STREAMS, 1, 10_000), onOff(values, Setting.GRPC_TRACEBACKS, false));
    }

    private static boolean onOff(SettingValues values, Setting setting, boolean otherwise) {
        return switch (values.text(setting)) {
            case "" -> otherwise;
            case "on" -> true;
            case "off" -> false;
            default -> throw SettingException.of(setting, "must be on or off: " + values.text(setting));
        };
    }

    /**
     * Opens the port.
     *
     * @param operator API account of callers without credentials
     * @param logins   shared with HTTP
     * @return null where there is to be none
     */
    GrpcFront start(CamelContext camel, VoiceComponent voice, Accounts accounts, Logins logins, String operator, String project) {
        if (port < 0) {
            return null;
        }
        int message = messageMebibytes * MEBI;
        GrpcConfig config = new GrpcConfig(host, port, keystore == null ? null : VoiceSetup.parameters(tls()), auth ? null : operator, project, message,
                Math.max(message, Runtime.getRuntime().maxMemory() / PART_OF_HEAP), streams, tracebacks);
        try {
            return GrpcFront.start(config, new GrpcFront.House(camel, () -> voice.runningVoiceEngine().sessions(), logins, accounts::isCurrent,
                    () -> isReady(camel), EngineClock.SYSTEM));
        } catch (IOException taken) {
            boolean inUse = taken.getCause() instanceof BindException bind && String.valueOf(bind.getMessage()).contains("in use");
            throw SettingException.of(Setting.GRPC_PORT, inUse ? port + " is in use on " + host : port + " cannot be opened on " + host + ": "
                    + taken.getMessage());
        } catch (GeneralSecurityException unusable) {
            throw SettingException.of(Setting.GRPC_TLS_KEYSTORE, "cannot be used: " + unusable.getMessage());
        }
    }

    private TlsStore tls() {
        TlsStore.check(Setting.GRPC_TLS_KEYSTORE, keystore, Setting.GRPC_TLS_KEYSTORE_PASSWORD, keystorePassword);
        return new TlsStore(keystore, keystorePassword);
    }

    /** What {@code /observe/health/ready} says. */
    private static boolean isReady(CamelContext camel) {
        if (!camel.isStarted()) {
            return false;
        }
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(camel);
        return results.stream().allMatch(each -> each.getState() == HealthCheck.State.UP);
    }

    /** The password is left out. */
    @Override
    public String toString() {
        return "GrpcSettings[" + host + ":" + port + "]";
    }
}
