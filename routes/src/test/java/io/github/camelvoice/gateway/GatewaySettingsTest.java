package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @TempDir
    Path folder;

    private static GatewaySettings of(Map<String, String> properties) {
        return GatewaySettings.read(properties, Map.of());
    }

    @Test
    void bindsLoopbackByDefault() {
        GatewaySettings settings = of(Map.of());
        assertThat(settings.sipHost()).isEqualTo("127.0.0.1");
        assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
        assertThat(settings.sipPort()).isEqualTo(5060);
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.tlsPort()).isEqualTo(-1);
        assertThat(settings.rtpPorts()).isEqualTo("10000-20000");
        assertThat(settings.dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.project()).isEqualTo("default");
        assertThat(settings.sipAuth()).isFalse();
        assertThat(settings.outboundAllow()).isEmpty();
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aPropertyWinsOverTheEnvironment() {
        GatewaySettings settings = GatewaySettings.read(Map.of("voice.sip.port", "5070"),
                Map.of("VOICE_SIP_PORT", "5080", "VOICE_HTTP_PORT", "0", "PATH", "/bin"));
        assertThat(settings.sipPort()).isEqualTo(5070);
        assertThat(settings.httpPort()).isZero();
    }

    @Test
    void refusesUnknownNamesAllAtOnce() {
        assertThatThrownBy(() -> GatewaySettings.read(Map.of("voice.sip.prot", "5070", "user.dir", "/"), Map.of("VOICE_HTTP", "1")))
                .isInstanceOf(SettingException.class).hasMessageContaining("voice.sip.prot").hasMessageContaining("VOICE_HTTP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice.sip.port|65536", "voice.sip.port|-1", "voice.sip.port|x", "voice.http.port|99999999999", "voice.sip.tls.port|x",
        "voice.rtp.ports|10000", "voice.rtp.ports|10001-20000", "voice.rtp.ports|20000-10000", "voice.rtp.ports|1000-2000",
        "voice.rtp.ports|10000-70000", "voice.sip.host|example.com", "voice.http.host|*", "voice.sip.auth|maybe",
        "voice.project|a b", "voice.account.sid|a:b", "voice.auth.token|a b", "voice.routes.dir|/no/such/folder",
        "voice.external.address|a b", "voice.dns.servers|ns.example.com", "voice.dns.servers|10.0.0.53:0", "voice.dns.servers|10.0.0.53,,",
        "voice.dns.servers|10.0.0.256", "voice.drain.timeout|soon", "voice.sip.users|nobody", "voice.sip.users|a:", "voice.sip.users|:b",
        "voice.sip.tls.keystore|/no/such/file", "voice.sip.tls.keystore.password|x", "voice.project|_a", "voice.http.rate|0", "voice.http.rate|x",
        "voice.store|oracle", "voice.store|postgresql", "voice.store.url|jdbc:postgresql://h/d", "voice.store.user|x", "voice.store.password|x",
        "voice.retention|30s", "voice.retention|soon", "voice.retention|36501d", "voice.capture|yes", "voice.outbound.allow|http://a", "voice.outbound.allow|10.0.0.0/33", "voice.document.url|ftp://x.example", "voice.document.url|app.example", "voice.document.called|{{x}}", "voice.grpc.port|x", "voice.grpc.host|example.com",
        "voice.grpc.host|0.0.0.0", "voice.grpc.auth|maybe", "voice.grpc.tls|on", "voice.grpc.tls.keystore|/no/such/file", "voice.grpc.message.max|65",
        "voice.grpc.streams|0", "voice.grpc.tracebacks|yes"})
    void namesTheSettingThatIsWrong(String name, String value) {
        assertThatThrownBy(() -> of(Map.of(name, value))).isInstanceOf(SettingException.class).hasMessageContaining(name);
    }

    @Test
    void asksCallersForDigestBeyondLoopback() {
        assertThatThrownBy(() -> of(Map.of("voice.sip.host", "0.0.0.0", "voice.registrar", "off"))).hasMessageContaining("voice.sip.auth")
                .hasMessageContaining("voice.sip.users");
        assertThat(of(Map.of("voice.sip.host", "0.0.0.0")).sipAuth()).as("users can come while it runs").isTrue();
        assertThat(of(Map.of("voice.sip.host", "0.0.0.0", "voice.sip.users", "alice:secret")).sipAuth()).isTrue();
        assertThat(of(Map.of("voice.sip.host", "0.0.0.0", "voice.sip.auth", "off")).sipAuth()).isFalse();
        assertThat(of(Map.of("voice.sip.users", "alice:secret")).sipAuth()).isFalse();
    }

    @Test
    void readsUsersFromTheValueOrAFile() throws Exception {
        assertThat(of(Map.of("voice.sip.users", "alice:a:b, bob:c")).users()).containsExactly(Map.entry("alice", "a:b"), Map.entry("bob", "c"));
        Path file = Files.writeString(folder.resolve("users"), "# callers\nalice:secret\n\nbob:hidden\n");
        assertThat(of(Map.of("voice.sip.users", file.toString())).users()).containsEntry("bob", "hidden").hasSize(2);
    }

    @Test
    void keepsCallsInTheDataFolderByDefault() {
        StoreSettings store = of(Map.of()).store();
        assertThat(store).isEqualTo(new StoreSettings("h2", null, null, null, null, null, Duration.ofDays(30), true));
        assertThat(of(Map.of("voice.store", "memory", "voice.retention", "12h")).store().retention()).isEqualTo(Duration.ofHours(12));
        StoreSettings postgresql = of(Map.of("voice.store", "postgresql", "voice.store.url", "jdbc:postgresql://h/d?password=hidden",
                "voice.store.user",
                "u", "voice.store.password", "hidden")).store();
        assertThat(postgresql.user()).isEqualTo("u");
        assertThat(postgresql.toString()).doesNotContain("hidden");
        assertThatThrownBy(() -> of(Map.of("voice.store", "postgresql", "voice.store.url", "postgres://u:hidden@h"))).message()
                .doesNotContain("hidden");
        assertThat(of(Map.of("voice.capture", "off")).store().capture()).isFalse();
    }

    @Test
    void neverTellsPasswords() {
        assertThatThrownBy(() -> of(Map.of("voice.sip.users", "alice:hidden1,bob hidden2"))).message().doesNotContain("hidden");
        assertThatThrownBy(() -> of(Map.of("voice.auth.token", "hidden token"))).message().doesNotContain("hidden");
        assertThat(of(Map.of("voice.auth.token", "hidden", "voice.sip.users", "a:hidden")).toString()).doesNotContain("hidden");
    }
}
