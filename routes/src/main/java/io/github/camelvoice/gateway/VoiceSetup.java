package io.github.camelvoice.gateway;

import io.github.camelvoice.voice.VoiceComponent;
import java.util.stream.Collectors;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** From {@code voice.*} settings to options of the component; what they do not name can be set as {@code camel.component.voice.*}. */
final class VoiceSetup {

    private VoiceSetup() {
    }

    /** @param tls null for no TLS */
    static VoiceComponent component(GatewaySettings settings, DataFolder data, TlsStore tls) {
        VoiceComponent voice = new VoiceComponent();
        voice.setSipHost(settings.sipHost());
        voice.setSipPort(settings.sipPort());
        voice.setTlsPort(settings.tlsPort());
        voice.setExternalAddress(settings.externalAddress());
        voice.setRtpPorts(settings.rtpPorts());
        voice.setAuth(settings.sipAuth() ? "on" : "off");
        voice.setUsers(settings.users().entrySet().stream().map(user -> user.getKey() + ":" + user.getValue())
                .collect(Collectors.joining(",")));
        voice.setRecordingsDir(data.recordings().toString());
        voice.setDrainTimeout(0);
        if (tls != null) {
            voice.setSslContextParameters(parameters(tls));
        }
        return voice;
    }

    private static SSLContextParameters parameters(TlsStore tls) {
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
