package io.github.camelvoice.gateway;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The gateway as a process of its own, on free ports: one that can be killed, and started again on the same data folder. */
final class GatewayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TOO_MANY = 429;

    private final Process process;
    private final Path log;
    private final JsonNode ports;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private GatewayProcess(Process process, Path log, JsonNode ports) {
        this.process = process;
        this.log = log;
        this.ports = ports;
    }

    /**
     * Waits until calls can come.
     *
     * @param folder for the log
     * @param data   its data folder
     */
    static GatewayProcess start(Path folder, Path data, Map<String, String> settings) throws IOException {
        Files.deleteIfExists(data.resolve("ports.json"));
        Path log = Files.createTempFile(folder, "gateway", ".log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), "-Dvoice.data.dir=" + data, "-Dvoice.sip.port=0",
                "-Dvoice.http.port=0", "-Dvoice.auth.token=" + Running.TOKEN, "-Dvoice.drain.timeout=1s",
                "-Dvoice.http.rate=1000"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(VoiceGateway.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Path ports = data.resolve("ports.json");
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> Files.exists(ports) || !process.isAlive());
            return new GatewayProcess(process, log, Running.JSON.readTree(ports.toFile()));
        } catch (IOException | RuntimeException failure) {
            process.destroyForcibly();
            throw new AssertionError("the gateway did not start:\n" + Files.readString(log), failure);
        }
    }

    int sipPort() {
        return ports.get("voice.sip.port").asInt();
    }

    long pid() {
        return process.pid();
    }

    /** Asks again, later, where it was too often. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(path);
        while (response.statusCode() == TOO_MANY) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            response = send(path);
        }
        return response;
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get("voice.http.port").asInt() + path)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + Running.TOKEN);
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return Running.json(response);
    }

    /** All calls of the project, page by page, newest first. */
    List<JsonNode> calls() throws IOException, InterruptedException {
        List<JsonNode> calls = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = json("/api/v1/history?limit=1000" + (token.isEmpty() ? "" : "&pageToken=" + token));
            page.path("calls").forEach(calls::add);
            token = page.path("nextPageToken").asText("");
        } while (!token.isEmpty());
        return calls;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
