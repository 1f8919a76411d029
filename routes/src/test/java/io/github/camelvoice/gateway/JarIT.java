package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get: {@code java -jar}. */
class JarIT {

    private static final Path JAR = Path.of("target", "voice-gateway.jar").toAbsolutePath();
    @TempDir
    Path folder;

    private Process java(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
    }

    @Test
    void startsServesAndStops() throws Exception {
        Process process = java("-Dvoice.sip.port=0", "-Dvoice.http.port=0", "-Dvoice.sip.tls.port=0", "-jar", JAR.toString());
        try {
            Path ports = folder.resolve("data/ports.json");
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(ports) || !process.isAlive());
            assertThat(ports).as(Files.readString(folder.resolve("log"))).exists();
            assertThat(Running.JSON.readTree(ports.toFile()).get("voice.sip.tls.port").asInt()).isPositive();
            try (TestPhone phone = new TestPhone(folder)) {
                var call = phone.dial("hello", Running.JSON.readTree(ports.toFile()).get("voice.sip.port").asInt());
                assertThat(phone.answered(call).cause()).isNull();
                phone.hangUp(call);
                phone.ended(call);
            }
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("log"))).contains("voice gateway ready").doesNotContain("ERROR").doesNotContain("\tat ");
    }

    @Test
    void explainsItself() throws Exception {
        Process process = java("-jar", JAR.toString(), "--help");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        String help = Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
        for (Setting setting : Setting.values()) {
            assertThat(help).contains(setting.key());
        }
    }
}
