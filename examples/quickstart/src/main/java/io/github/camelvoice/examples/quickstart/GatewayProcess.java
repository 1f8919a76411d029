package io.github.camelvoice.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The gateway as a process of its own, started as a user would, with a data folder that is thrown away. */
final class GatewayProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOG = "gateway.log";
    private static final Duration START_TIME = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Process process;
    private final Path data;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long startMillis;
    private final JsonNode ports;
    private final String token;

    private GatewayProcess(Process process, Path data, long startMillis) throws IOException {
        this.process = process;
        this.data = data;
        this.startMillis = startMillis;
        this.ports = JSON.readTree(data.resolve("ports.json").toFile());
        this.token = Files.readString(data.resolve("auth-token")).strip();
    }

    static GatewayProcess start(Path jar, Path scratch) throws IOException, InterruptedException {
        Path data = scratch.resolve("data");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dvoice.sip.port=0",
                "-Dvoice.http.port=0", "-Dvoice.data.dir=" + data, "-jar", jar.toString())
                .redirectErrorStream(true).redirectOutput(scratch.resolve(LOG).toFile()).start();
        long deadline = began + START_TIME.toNanos();
        while (!Files.exists(data.resolve("ports.json"))) {
            if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new QuickstartException("the gateway ended with " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new QuickstartException("the gateway was not ready within " + START_TIME.toSeconds() + " s");
            }
        }
        return new GatewayProcess(process, data, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    }

    int sipPort() {
        return ports.get("voice.sip.port").asInt();
    }

    int httpPort() {
        return ports.get("voice.http.port").asInt();
    }

    long startMillis() {
        return startMillis;
    }

    HttpClient http() {
        return http;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path)).header("Authorization", "Bearer " + token);
    }

    /** @return id of the call */
    String placeCall(String target) throws IOException, InterruptedException {
        return post("/api/v1/calls", JSON.writeValueAsString(JSON.createObjectNode().put("to", target))).get("callId").asText();
    }

    void act(String callId, String operation, String json) throws IOException, InterruptedException {
        post("/api/v1/calls/" + callId + "/" + operation, json);
    }

    /** @param call our id of it, or its SIP Call-ID */
    String ladder(String call) throws IOException, InterruptedException {
        String path = "/api/v1/history/" + URLEncoder.encode(call, StandardCharsets.UTF_8) + "/ladder";
        HttpResponse<String> response = http.send(request(path + "?format=text").build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new QuickstartException("GET " + path + " gave " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private JsonNode post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new QuickstartException("POST " + path + " gave " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    Path newestRecording() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("recordings"))) {
            return files.filter(file -> file.toString().endsWith(".wav")).max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() -> new QuickstartException("no recording was written"));
        }
    }

    static String lastLines(Path scratch, int count) throws IOException {
        Path log = scratch.resolve(LOG);
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(START_TIME.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
