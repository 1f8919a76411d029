package io.github.camelvoice.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.voice.VoiceComponent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The properties of a Spring Boot application reach the component. */
class VoiceComponentAutoConfigurationTest {

    private static VoiceComponent component(Map<String, Object> properties) throws Exception {
        try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();
                CamelContext camel = new DefaultCamelContext()) {
            spring.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            spring.register(VoiceComponentAutoConfiguration.class);
            spring.refresh();
            camel.getRegistry().bind("theirs", new JdbcDataSource());
            camel.getRegistry().bind("customizer", spring.getBean(ComponentCustomizer.class));
            return camel.getComponent("voice", VoiceComponent.class);
        }
    }

    @Test
    void optionsInEverySpelling() throws Exception {
        VoiceComponent component = component(Map.of("camel.component.voice.sip-port", "0", "camel.component.voice.sipHost", "127.0.0.2",
                "camel.component.voice.drain-timeout", "3s", "camel.component.voice.ring-timeout", "20000",
                "camel.component.voice.configuration.on-end", "hangup", "camel.component.voice.symmetric-rtp", "true"));
        assertThat(component.getSipPort()).isZero();
        assertThat(component.getSipHost()).isEqualTo("127.0.0.2");
        assertThat(component.getDrainTimeout()).isEqualTo(3000);
        assertThat(component.getConfiguration().getRingTimeout()).isEqualTo(20_000);
        assertThat(component.getConfiguration().getOnEnd()).isEqualTo("hangup");
        assertThat(component.isSymmetricRtp()).isTrue();
    }

    @Test
    void whereCallsAreKept() throws Exception {
        VoiceComponent component = component(Map.of("camel.component.voice.store", "jdbc", "camel.component.voice.data-dir", "data",
                "camel.component.voice.data-source", "#theirs", "camel.component.voice.retention", "7d", "camel.component.voice.project", "p1",
                "camel.component.voice.capture", "false", "camel.component.voice.settle-time", "2s"));
        assertThat(component.getStore()).isEqualTo("jdbc");
        assertThat(component.getDataDir()).isEqualTo("data");
        assertThat(component.getDataSource()).isInstanceOf(JdbcDataSource.class);
        assertThat(component.getRetention()).isEqualTo(Duration.ofDays(7).toMillis());
        assertThat(component.getProject()).isEqualTo("p1");
        assertThat(component.isCapture()).isFalse();
        assertThat(component.getConfiguration().getSettleTime()).isEqualTo(2_000);
    }

    @Test
    void withoutPropertiesTheDefaultsStay() throws Exception {
        assertThat(component(Map.of()).getSipPort()).isEqualTo(5060);
    }

    @Test
    void anUnknownOptionIsAnError() {
        assertThatThrownBy(() -> component(Map.of("camel.component.voice.sip-prot", "0"))).hasStackTraceContaining("sipProt");
    }

    @Test
    void springBootFindsIt() throws IOException {
        try (var file = getClass().getResourceAsStream("/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8).trim())
                    .isEqualTo(VoiceComponentAutoConfiguration.class.getName());
        }
    }
}
