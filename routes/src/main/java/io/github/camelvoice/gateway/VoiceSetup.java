package io.github.camelvoice.gateway;

import io.github.camelvoice.voice.VoiceComponent;
import io.github.camelvoice.voice.VoiceConfiguration;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** From {@code voice.*} settings to options of the component; what they do not name can be set as {@code camel.component.voice.*}. */
final class VoiceSetup {

    private VoiceSetup() {
    }

    /**
     * @param tls      null for no TLS
     * @param database of {@code voice.store=postgresql}, else null
     */
    static VoiceComponent component(GatewaySettings settings, DataFolder data, TlsStore tls, DataSource database) {
        VoiceComponent voice = new VoiceComponent();
        voice.setSipHost(settings.sipHost());
        voice.setSipPort(settings.sipPort());
        voice.setTlsPort(settings.tlsPort());
        voice.setExternalAddress(settings.externalAddress());
        voice.setRtpPorts(settings.rtpPorts());
        voice.setAuth(settings.sipAuth() ? "on" : "off");
        voice.setUsers(settings.users().entrySet().stream().map(user -> user.getKey() + ":" + user.getValue())
                .collect(Collectors.joining(",")));
        voice.setRegistrar(settings.registrar().on());
        voice.setDnsServers(settings.dnsServers());
        voice.setRealm(settings.registrar().realm());
        voice.setDomains(settings.registrar().domains());
        voice.setRecordingsDir(data.recordings().toString());
        voice.setDrainTimeout(0);
        voice.setOutboundAllow(settings.outboundAllow());
        voice.setProject(settings.project());
        voice.setAccount(settings.accountSid());
        if (settings.grpc().tracebacks()) {
            voice.setStatusTracebacks(true);
        }
        guard(voice, settings.calls());
        voice.setSpeech(settings.prompts().speech());
        voice.setRecordingTargets(settings.prompts().recordingTargets());
        subscribe(voice, settings.subscribe());
        callbacks(voice.getConfiguration(), settings.callbacks(), data);
        store(voice, settings.store(), data, database);
        if (tls != null) {
            voice.setSslContextParameters(parameters(tls));
        }
        return voice;
    }

    private static void guard(VoiceComponent voice, CallGuardSettings calls) {
        voice.setCallsAllow(calls.allow());
        voice.setCallsDeny(calls.deny());
        voice.setCallsPerSecond(calls.perSecond());
        voice.setCallsConcurrent(calls.concurrent());
        voice.setCallsMaxTime(calls.maxTime().toMillis());
    }

    private static void subscribe(VoiceComponent voice, SubscribeSettings subscribe) {
        voice.setWatcherCredentials(subscribe.watcherCredentials());
        voice.setListServers(subscribe.listServers().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(",")));
        voice.setMaxSubscriptions(subscribe.perAccount());
        voice.setMaxResources(subscribe.resources());
    }

    private static void callbacks(VoiceConfiguration defaults, CallbackSettings callbacks, DataFolder data) {
        defaults.setSecretKey(callbacks.signingKey() == null ? data.signingKey() : callbacks.signingKey());
        defaults.setTargets(String.join(",", callbacks.targets().keySet()));
        defaults.setExpiry(callbacks.expiry().toMillis());
    }

    private static void store(VoiceComponent voice, StoreSettings store, DataFolder data, DataSource database) {
        voice.setCapture(store.capture());
        voice.setRetention(store.retention().toMillis());
        voice.setStore(store.kind().equals(StoreSettings.POSTGRESQL) ? "jdbc" : store.kind());
        if (!store.kind().equals(StoreSettings.MEMORY)) {
            voice.setDataDir(data.path("").toString());
        }
        voice.setPasswordKey(store.secretKey());
        voice.setDataSource(database);
    }

    static SSLContextParameters parameters(TlsStore tls) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setType("PKCS12");
        store.setResource("file:" + tls.file());
        store.setPassword(tls.password());
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(store);
        keys.setKeyPassword(tls.password());
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        return parameters;
    }
}
