package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A gateway in this JVM, on free ports, and an HTTP client that knows its token. */
final class Running implements AutoCloseable {

    static final String TOKEN = "test-token-of-some-length";
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Gateway gateway;
    final Path data;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Running(Gateway gateway, Path data) {
        this.gateway = gateway;
        this.data = data;
    }

    static Running start(Path data, Map<String, String> more) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of("voice.sip.port", "0", "voice.http.port", "0", "voice.data.dir", data.toString(),
                "voice.auth.token", TOKEN, "voice.store", "memory", "voice.drain.timeout", "2s"));
        properties.putAll(more);
        return new Running(Gateway.start(GatewaySettings.read(properties, Map.of())), data);
    }

    int sipPort() {
        return (int) gateway.ports().get("voice.sip.port");
    }

    int httpPort() {
        return (int) gateway.ports().get("voice.http.port");
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path)).timeout(PATIENCE);
    }

    HttpRequest.Builder request(String path) {
        return anonymous(path).header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        gateway.close();
    }
}
