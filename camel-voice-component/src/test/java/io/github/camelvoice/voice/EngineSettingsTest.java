package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.account.Ha1;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.VoiceEngine;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Options of the component, and what becomes of wrong ones. */
class EngineSettingsTest {

    private static EngineConfig config(java.util.function.Consumer<VoiceComponent> options) throws Exception {
        VoiceComponent component = new VoiceComponent();
        component.setCamelContext(new DefaultCamelContext());
        options.accept(component);
        return EngineSettings.config(component);
    }

    @Test
    void everyOptionReachesTheEngine() throws Exception {
        EngineConfig config = config(component -> {
            component.setSipPort(5070);
            component.setRtpPorts(" 20000 - 20100 ");
            component.setExternalAddress("203.0.113.7");
            component.setUsers("alice:a:b,bob:c");
            component.setAuth("on");
            component.setTrustedSources("10.0.0.0/8, 127.0.0.1");
            component.setSymmetricRtp(true);
            component.setPinSource(false);
            component.setDigestAlgorithms("SHA-256, MD5");
            component.getConfiguration().setCodecs("G722,PCMU");
            component.getConfiguration().setSessionExpires(600);
            component.getConfiguration().setTimeLimit(60_000);
            component.setMinSe(120);
            component.setMaxCalls(7);
        component.setMaxTaps(8);
            component.setMaxInvitesPerSource(3);
            component.setDeadMedia(5_000);
            component.setHangupOnDeadMedia(false);
            component.setNodeId("n9");
            component.setIdentity("desk");
            component.setUserAgent("x");
            component.setRecordingsDir("rec");
            component.setTlsVerify(false);
            component.setTlsClientAuth(true);
            component.setOutboundAllow("bots.example.com, 10.1.0.0/16");
        });
        assertThat(config.sipPort()).isEqualTo(5070);
        assertThat(config.rtpPortMin()).isEqualTo(20000);
        assertThat(config.rtpPortMax()).isEqualTo(20100);
        assertThat(config.externalAddress()).isEqualTo("203.0.113.7");
        assertThat(config.digestUsers()).isEqualTo(Map.of("alice", Ha1.of("alice", "voice", "a:b"), "bob", Ha1.of("bob", "voice", "c")));
        assertThat(config.requireAuth()).isTrue();
        assertThat(config.trustedSources()).isEqualTo(List.of("10.0.0.0/8", "127.0.0.1"));
        assertThat(config.symmetricRtp()).isTrue();
        assertThat(config.pinSource()).isFalse();
        assertThat(config.digestAlgorithms()).isEqualTo(List.of("SHA-256", "MD5"));
        assertThat(config.codecs()).isEqualTo(List.of("G722", "PCMU"));
        assertThat(config.sessionExpires()).isEqualTo(600);
        assertThat(config.timeLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.minSe()).isEqualTo(120);
        assertThat(config.maxCalls()).isEqualTo(7);
        assertThat(config.maxTaps()).isEqualTo(8);
        assertThat(config.maxInvitesPerSource()).isEqualTo(3);
        assertThat(config.deadMedia()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.hangupOnDeadMedia()).isFalse();
        assertThat(config.nodeId()).isEqualTo("n9");
        assertThat(config.identity()).isEqualTo("desk");
        assertThat(config.userAgent()).isEqualTo("x");
        assertThat(config.recordingsDir()).hasToString("rec");
        assertThat(config.tlsVerify()).isFalse();
        assertThat(config.tlsClientAuth()).isTrue();
        assertThat(config.outboundAllow()).isEqualTo("bots.example.com, 10.1.0.0/16");
    }

    @Test
    void callersAuthenticateBeyondLoopback() throws Exception {
        assertThat(config(component -> component.setUsers("alice:a")).requireAuth()).isFalse();
        assertThat(config(component -> {
            component.setUsers("alice:a");
            component.setSipHost("0.0.0.0");
        }).requireAuth()).isTrue();
        assertThatThrownBy(() -> config(component -> component.setSipHost("0.0.0.0"))).hasMessageContaining("set users or trustedSources");
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> config(component -> component.setRtpPorts("many"))).hasMessageContaining("rtpPorts");
        assertThatThrownBy(() -> config(component -> component.setUsers("alice"))).hasMessageContaining("users");
        assertThatThrownBy(() -> config(component -> component.setAuth("perhaps"))).hasMessageContaining("[auto, on, off]");
        assertThatThrownBy(() -> config(component -> component.setTlsPort(5061))).hasMessageContaining("sslContextParameters");
        assertThatThrownBy(() -> config(component -> component.getConfiguration().setSessionExpires(5))).hasMessageContaining("sessionExpires");
    }

    @Test
    void aTakenPortIsAClearError() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1")); CamelContext camel = new DefaultCamelContext()) {
            VoiceComponent component = new VoiceComponent();
            component.setSipPort(taken.getLocalPort());
            camel.addComponent("voice", component);
            camel.start();
            assertThatThrownBy(() -> camel.createProducerTemplate().sendBody("voice:call?operation=list", null))
                    .hasStackTraceContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void anEngineOfTheApplicationIsUsedAndLeftRunning() throws Exception {
        VoiceEngine own = new VoiceEngine(EngineConfig.builder().sipPort(0).rtpPorts(34000, 34100).build());
        own.start();
        try {
            try (CamelContext camel = new DefaultCamelContext()) {
                camel.getRegistry().bind("engine", own);
                camel.start();
                camel.createProducerTemplate().sendBody("voice:call?operation=list", null);
                VoiceComponent component = camel.getComponent("voice", VoiceComponent.class);
                assertThat(component.getEngine()).isSameAs(own);
                assertThat(component.runningEngine().ports()).containsEntry("udp", own.bindings().sipPort());
            }
            assertThat(own.calls().count()).isZero();
            assertThat(own.bindings().sipPort()).isPositive();
        } finally {
            own.stop();
        }
    }

    @Test
    void wrongValuesAreNamed() {
        assertThatThrownBy(() -> config(component -> component.setSipHost("gateway.example"))).hasMessage("sipHost must be an IP address: "
                + "gateway.example");
        assertThatThrownBy(() -> config(component -> component.setSipHost("192.0.2.1"))).hasMessageContaining("sipHost is not a loopback address")
                .hasMessageContaining("set users or trustedSources");
        assertThatThrownBy(() -> config(component -> component.setAuth("on"))).hasMessageContaining("auth is on");
        assertThatThrownBy(() -> config(component -> component.getConfiguration().setCodecs("speex"))).hasMessage("codecs has no value 'speex'; "
                + "there are [PCMU, PCMA, G722, OPUS, G729]");
        assertThatThrownBy(() -> config(component -> component.setDrainTimeout(-1))).hasMessage("drainTimeout must be 0 or more: -1");
        assertThatThrownBy(() -> config(component -> component.setIdentity("a b"))).hasMessageContaining("identity").hasMessageContaining("a b");
        assertThatThrownBy(() -> config(component -> component.setUserAgent("a\nb: c"))).hasMessageContaining("userAgent");
        VoiceComponent component = new VoiceComponent();
        component.setCamelContext(new DefaultCamelContext());
        component.setRouteThreads(0);
        assertThatThrownBy(component::start).hasStackTraceContaining("routeThreads must be 1 or more: 0");
    }
}
