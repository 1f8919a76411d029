package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.KamailioRegistrar;
import io.github.camelvoice.testkit.TestPki;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a gateway with accounts at Kamailio, one of them in a call: after the restart they are registered, and their histories are there. */
@Tag("peer")
class AccountsAfterCrashTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SECRET = "pl4nted-" + Kamailio.PASSWORD;

    @TempDir
    static Path folder;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private JsonNode ask(GatewayProcess gateway, String method, String path, String body, int expected) throws Exception {
        HttpResponse<String> response = client.send(gateway.request("/api/v1/sip-accounts/" + path).header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
        assertThat(response.body()).doesNotContain(SECRET);
        return Running.JSON.readTree(response.body());
    }

    private List<String> history(GatewayProcess gateway, String account) throws Exception {
        List<String> types = new ArrayList<>();
        long sequence = 0;
        for (JsonNode status : ask(gateway, "GET", account + "/statuses?limit=100", null, 200).get("statuses")) {
            assertThat(status.get("sequence").asLong()).isEqualTo(++sequence);
            types.add(status.get("status").asText());
        }
        return types;
    }

    private void awaitHistory(GatewayProcess gateway, String account, String... types) {
        await(account).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(history(gateway, account)).containsExactly(types));
    }

    @Test
    void accountsComeBackWithWhatTheyDid() throws Exception {
        TestPki pki = TestPki.create(folder);
        Path data = Files.createDirectory(folder.resolve("data"));
        Map<String, String> settings = Map.of("voice.sip.port", "0");
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).user("alice", SECRET).user("carol", SECRET).users("bob").start();
                Baresip phone = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            String alice = registrar.account("alice");
            String carol = registrar.account("carol");
            try (GatewayProcess gateway = GatewayProcess.start(folder, data, settings)) {
                ask(gateway, "PUT", alice, "{\"password\":\"" + SECRET + "\"}", 201);
                ask(gateway, "PUT", carol, "{\"password\":\"" + SECRET + "\"}", 201);
                ask(gateway, "POST", alice + "/session", "{\"autoAnswerInterval\":0}", 200);
                ask(gateway, "POST", alice + "/session/call", "{\"callee\":\"bob\"}", 200);
                awaitHistory(gateway, alice, "REGISTERED", "SESSION_STARTED", "READY", "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED");
                assertThat(registrar.contacts("alice")).hasSize(1);
                gateway.kill();
            }
            registrar.forget("alice");
            registrar.forget("carol");
            try (GatewayProcess gateway = GatewayProcess.start(folder, data, settings)) {
                registrar.awaitContacts("alice", 1);
                registrar.awaitContacts("carol", 1);
                awaitHistory(gateway, alice, "REGISTERED", "SESSION_STARTED", "READY", "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED",
                        "OUTGOING_CALL_FAILED", "REGISTERED", "READY");
                awaitHistory(gateway, carol, "REGISTERED", "REGISTERED");
                phone.dial(registrar.uri("alice"));
                awaitHistory(gateway, alice, "REGISTERED", "SESSION_STARTED", "READY", "OUTGOING_CALL_INITIATED", "OUTGOING_CALL_CONNECTED",
                        "OUTGOING_CALL_FAILED", "REGISTERED", "READY", "INCOMING_CALL_INITIATED", "INCOMING_CALL_CONNECTED");
                ask(gateway, "DELETE", alice + "/session/call", null, 200);
                nothingHoldsTheSecret(gateway.log());
            }
            registrar.awaitContacts("alice", 0);
            registrar.awaitContacts("carol", 0);
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    nothingHoldsTheSecret(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static void nothingHoldsTheSecret(String text) throws IOException {
        assertThat(text.contains(SECRET)).as("the planted password is nowhere").isFalse();
    }
}
