package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of the user, from a folder, loaded anew when they change; digest and TLS for callers. */
class UserRoutesTest {

    @TempDir
    Path folder;

    private static String rejects(int code) {
        return """
                - route:
                    id: mine
                    from:
                      uri: voice:call
                      parameters:
                        called: mine
                      steps:
                        - to: voice:call?operation=reject&code=%d
                """.formatted(code);
    }

    @Test
    void areLoadedAndLoadedAnew() throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("mine.yaml"), rejects(486));
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routes.toString()));
                TestPhone phone = new TestPhone(folder)) {
            assertThat(code(phone, "mine", running.sipPort())).isEqualTo(486);
            Files.writeString(routes.resolve("mine.yaml"), rejects(603));
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(code(phone, "mine", running.sipPort())).isEqualTo(603));
            assertThat(running.get("/api/v1/calls").statusCode()).isEqualTo(200);
            Call hello = phone.dial("hello", running.sipPort());
            assertThat(phone.answered(hello).cause()).isNull();
            phone.hangUp(hello);
        }
    }

    @Test
    void callersAuthenticateWhereItIsOn() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.sip.auth", "on", "voice.sip.users", "alice:secret"));
                TestPhone phone = new TestPhone(folder)) {
            assertThat(code(phone, "hello", running.sipPort())).isIn(401, 407);
            Call known = phone.dial("echo", running.sipPort(), "alice", "secret");
            assertThat(phone.answered(known).cause()).isNull();
            phone.hangUp(known);
            Call wrong = phone.dial("echo", running.sipPort(), "alice", "wrong");
            assertThat(phone.answered(wrong).cause().sipCode()).isIn(401, 403, 407);
        }
    }

    @Test
    void callsComeOverTlsWithACertificateOfItsOwn() throws Exception {
        try (Running running = Running.start(folder.resolve("data"), Map.of("voice.sip.tls.port", "0")); TestPhone phone = new TestPhone(folder)) {
            Call call = phone.dialTls("echo", (int) running.gateway.ports().get("voice.sip.tls.port"));
            assertThat(phone.answered(call).cause()).isNull();
            assertThat(call.snapshot().transport()).isEqualToIgnoringCase("tls");
            phone.hangUp(call);
            assertThat(phone.ended(call).cause().sipCode()).isIn(0, 200);
        }
    }

    private static int code(TestPhone phone, String number, int port) throws Exception {
        Call call = phone.dial(number, port);
        phone.answered(call);
        return phone.ended(call).cause().sipCode();
    }
}
