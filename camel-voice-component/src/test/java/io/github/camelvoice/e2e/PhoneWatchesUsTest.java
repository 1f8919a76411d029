package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.TestPki;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone, baresip, watches its messages with us, and whether somebody is present. */
@Tag("peer")
class PhoneWatchesUsTest {

    @TempDir
    static Path folder;

    private static void await(Baresip phone, String text) {
        Awaitility.await(text).atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(phone.output()).contains(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void itsMessagesAndItsFriend() {
        TestPki pki = TestPki.create(folder);
        Map<String, String> users = Map.of("alice", Kamailio.PASSWORD, "bob", Kamailio.PASSWORD);
        try (EngineRig rig = EngineRig.start(config -> config.digestUsers(users).requireAuth(true).registrar(RegistrarOptions.DEFAULT))) {
            String bob = "sip:bob@127.0.0.1:" + rig.port();
            rig.engine.notifier().publish("message-summary", "alice", "application/simple-message-summary",
                    bytes("Messages-Waiting: yes\r\nMessage-Account: sip:alice@127.0.0.1\r\nVoice-Message: 2/8 (0/2)\r\n"), 0)
                    .toCompletableFuture().join();
            try (Baresip phone = Baresip.watching(folder, pki, "alice", rig.port(), "bob")) {
                await(phone, "Voice-Message: 2/8");
                rig.engine.notifier().publish("presence", "bob", "application/pidf+xml", bytes("<?xml version=\"1.0\"?><presence"
                        + " xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + bob + "\"><tuple id=\"t\"><status><basic>open</basic></status></tuple>"
                        + "</presence>"), 0).toCompletableFuture().join();
                await(phone, "<basic>open");
                assertThat(rig.engine.notifier().figures().watchers()).isEqualTo(2);
                rig.engine.notifier().publish("message-summary", "alice", "application/simple-message-summary",
                        bytes("Messages-Waiting: no\r\nMessage-Account: sip:alice@127.0.0.1\r\nVoice-Message: 0/10\r\n"), 0).toCompletableFuture()
                                .join();
                await(phone, "Voice-Message: 0/10");
                assertThat(rig.engine.notifier().figures().lost()).isZero();
            }
        }
    }
}
