package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.EndCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway as a process: how it starts, fails to start, drains and ends. */
class VoiceGatewayProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    @TempDir
    Path folder;
    private Process process;

    private Process launch(String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Dvoice.data.dir=" + folder.resolve("data"), "-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of(settings));
        command.add(VoiceGateway.class.getName());
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        return process;
    }

    private JsonNode ready(String... settings) throws IOException {
        Process started = launch(settings);
        Path ports = folder.resolve("data/ports.json");
        await().atMost(PATIENCE).until(() -> Files.exists(ports) || !started.isAlive());
        assertThat(ports).as(log()).exists();
        return Running.JSON.readTree(ports.toFile());
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("the process ended").isTrue();
        return process.exitValue();
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void printsAndWritesItsPortsAndEndsCleanly() throws Exception {
        JsonNode ports = ready("-Dvoice.sip.port=0", "-Dvoice.http.port=0");
        int http = ports.get("voice.http.port").asInt();
        assertThat(http).isPositive();
        assertThat(ports.get("voice.sip.port").asInt()).isPositive();
        assertThat(ports.get("pid").asLong()).isEqualTo(process.pid());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log()).contains("voice.http.port = " + http)
                .contains("console = http://127.0.0.1:" + http + "/console/").contains("voice gateway ready"));
        String token = Files.readString(folder.resolve("data/auth-token")).strip();
        assertThat(log()).doesNotContain(token);
        process.destroy();
        assertThat(exitCode()).isZero();
        assertThat(folder.resolve("data/ports.json")).doesNotExist();
    }

    @Test
    void anHttpPortInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            launch("-Dvoice.sip.port=0", "-Dvoice.http.port=" + taken.getLocalPort());
            assertThat(exitCode()).isEqualTo(1);
            assertThat(log().lines()).singleElement().asString().contains("voice.http.port").contains(String.valueOf(taken.getLocalPort()))
                    .contains("in use");
        }
    }

    @Test
    void aSipPortInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            launch("-Dvoice.http.port=0", "-Dvoice.sip.port=" + taken.getLocalPort());
            assertThat(exitCode()).isEqualTo(1);
            assertThat(log()).contains(String.valueOf(taken.getLocalPort())).doesNotContain("\tat ");
            assertThat(log().lines().filter(line -> !line.isBlank())).as(log()).hasSize(1);
        }
    }

    @Test
    void anUnknownSettingIsRefusedByName() throws Exception {
        launch("-Dvoice.sip.prot=5070");
        assertThat(exitCode()).isEqualTo(1);
        assertThat(log()).contains("voice.sip.prot").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "- route:\\n    from:\\n      uri: voice:call?caled=me\\n      steps:\\n        - log: x\\n | caled",
        "- route:\\n    from:\\n      uri: voice:call\\n      stepz:\\n        - log: x\\n | stepz",
        "- route:\\n    from:\\n      uri: nope:call\\n      steps:\\n        - log: x\\n | nope",
        "- route:\\n    from: [ | mine.yaml"})
    void aBrokenRouteIsRefusedWithItsFile(String route, String named) throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.yaml"), route.replace("\\n", "\n"));
        launch("-Dvoice.sip.port=0", "-Dvoice.http.port=0", "-Dvoice.routes.dir=" + routes);
        assertThat(exitCode()).isEqualTo(1);
        assertThat(log()).contains(named).contains("mine.yaml").doesNotContain("\tat ");
    }

    @Test
    void afterSigtermNewCallsAreRefusedAndLiveOnesMayEnd() throws Exception {
        JsonNode ports = ready("-Dvoice.sip.port=0", "-Dvoice.http.port=0", "-Dvoice.drain.timeout=90s");
        int sip = ports.get("voice.sip.port").asInt();
        URI health = URI.create("http://127.0.0.1:" + ports.get("voice.http.port").asInt() + "/observe/health/");
        try (TestPhone phone = new TestPhone(folder)) {
            Call live = phone.dial("echo", sip);
            phone.answered(live);
            process.destroy();
            await().atMost(PATIENCE).until(() -> log().contains("draining"));
            Call late = phone.dial("echo", sip);
            phone.answered(late);
            assertThat(phone.ended(late).cause().sipCode()).isEqualTo(503);
            assertThat(status(health.resolve("ready"))).isEqualTo(503);
            assertThat(status(health.resolve("live"))).isEqualTo(200);
            phone.hangUp(live);
            assertThat(phone.ended(live).cause().endedBy()).isEqualTo(EndCause.Origin.LOCAL);
            assertThat(exitCode()).isZero();
        }
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void callsThatOutliveTheDrainGetABye() throws Exception {
        int sip = ready("-Dvoice.sip.port=0", "-Dvoice.http.port=0", "-Dvoice.drain.timeout=1s").get("voice.sip.port").asInt();
        try (TestPhone phone = new TestPhone(folder)) {
            Call live = phone.dial("echo", sip);
            phone.answered(live);
            process.destroy();
            assertThat(phone.ended(live).cause().endedBy()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(exitCode()).isZero();
        }
    }
}
