package io.github.camelvoice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.testkit.RawSip.Message;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kamailio as a registrar, bare user agents and phones: what fails here is the kit or the machine, not the engine. */
@Tag("peer")
class RegistrarPeerKitTest {

    @TempDir
    static Path folder;
    private static TestPki pki;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    private static RawSip.Request register(RawSip phone, KamailioRegistrar registrar, String user, int expires) {
        return phone.request("REGISTER", "sip:127.0.0.1:" + registrar.port()).from(registrar.uri(user)).to(registrar.uri(user)).with("Expires: " + expires);
    }

    @Test
    void whoRegistersIsAskedAndKnownUntilItsTimeIsOver() {
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice").expires(3, 30).serviceRoute().flowTimer(20).start();
                RawSip phone = RawSip.open()) {
            assertThat(register(phone, registrar, "alice", 60).send(registrar.port()).code()).isEqualTo(401);
            assertThat(register(phone, registrar, "alice", 60).as("alice", "wrong").send(registrar.port()).code()).isEqualTo(401);
            assertThat(register(phone, registrar, "mallory", 60).as("mallory", Kamailio.PASSWORD).send(registrar.port()).code()).isEqualTo(403);
            Message brief = register(phone, registrar, "alice", 2).as("alice", Kamailio.PASSWORD).send(registrar.port());
            assertThat(brief.code()).isEqualTo(423);
            assertThat(brief.header("Min-Expires")).isEqualTo("3");
            assertThat(registrar.contacts("alice")).isEmpty();
            Message taken = register(phone, registrar, "alice", 60).as("alice", Kamailio.PASSWORD).send(registrar.port());
            assertThat(taken.code()).isEqualTo(200);
            assertThat(taken.header("Contact")).contains("expires=30");
            assertThat(taken.header("Service-Route")).isEqualTo("<sip:127.0.0.1:" + registrar.port() + ";lr;of=alice>");
            assertThat(taken.header("Flow-Timer")).isEqualTo("20");
            assertThat(registrar.contacts("alice")).containsExactly("sip:raw@127.0.0.1:" + phone.port());
            assertThat(registrar.came("alice")).hasSize(7);
            assertThat(register(phone, registrar, "alice", 3).as("alice", Kamailio.PASSWORD).send(registrar.port()).code()).isEqualTo(200);
            registrar.awaitContacts("alice", 0);
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                    assertThat(registrar.lines("EXPIRED")).containsExactly("EXPIRED alice"));
            assertThat(registrar.taken("alice")).hasSize(2);
        }
    }

    @Test
    void itComesBackWithAndWithoutWhatItKnew() {
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice").remembering().start(); RawSip phone = RawSip.open()) {
            assertThat(register(phone, registrar, "alice", 60).as("alice", Kamailio.PASSWORD).send(registrar.port()).code()).isEqualTo(200);
            registrar.awaitContacts("alice", 1);
            registrar.kill();
            registrar.restart();
            registrar.awaitContacts("alice", 1);
            assertThat(registrar.contacts("alice")).containsExactly("sip:raw@127.0.0.1:" + phone.port());
            registrar.forget("alice");
            assertThat(registrar.contacts("alice")).isEmpty();
        }
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice").start(); RawSip phone = RawSip.open()) {
            assertThat(register(phone, registrar, "alice", 60).as("alice", Kamailio.PASSWORD).send(registrar.port()).code()).isEqualTo(200);
            registrar.awaitContacts("alice", 1);
            registrar.kill();
            registrar.restart(setup -> setup.overloaded(7));
            assertThat(registrar.contacts("alice")).isEmpty();
            Message busy = register(phone, registrar, "alice", 60).send(registrar.port());
            assertThat(busy.code()).isEqualTo(503);
            assertThat(busy.header("Retry-After")).isEqualTo("7");
        }
    }

    @Test
    void noncesGrowOldAndMayBeOfSha256() {
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice").nonces(1).start(); RawSip phone = RawSip.open()) {
            String nonce = register(phone, registrar, "alice", 60).send(registrar.port()).header("WWW-Authenticate");
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(300)).until(() -> register(phone, registrar, "alice", 60)
                    .with("Authorization: " + RawSip.credentials(nonce, "REGISTER", "sip:127.0.0.1:" + registrar.port(), "alice", Kamailio.PASSWORD))
                    .send(registrar.port()).header("WWW-Authenticate").contains("stale=true"));
        }
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice").sha256().start(); RawSip phone = RawSip.open()) {
            assertThat(register(phone, registrar, "alice", 60).send(registrar.port()).header("WWW-Authenticate")).contains("algorithm=SHA-256");
        }
    }

    @Test
    void phonesCallEachOtherThroughIt() {
        try (KamailioRegistrar registrar = KamailioRegistrar.in(folder, pki).users("alice", "bob").start();
                KamailioRegistrar edge = KamailioRegistrar.in(folder, pki).edgeOf(registrar).start(); RawSip behind = RawSip.open();
                Baresip alice = Baresip.registered(folder, pki, "alice", registrar, "auto");
                Baresip bob = Baresip.registered(folder, pki, "bob", registrar, "auto")) {
            assertThat(register(behind, registrar, "bob", 60).with("Supported: path").as("bob", Kamailio.PASSWORD).send(edge.port()).code()).isEqualTo(200);
            assertThat(registrar.contacts("bob")).hasSize(2);
            // The other one is to have the call.
            behind.answering(request -> request.method().equals("INVITE") ? request.answer(180, "Ringing", "") : request.answer(200, "OK", ""));
            alice.dial(registrar.uri("bob"));
            alice.awaitEvent("CALL_ESTABLISHED", 1);
            bob.awaitSeconds(0.5);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !behind.requests("INVITE").isEmpty());
            assertThat(edge.lines("PASSED INVITE alice")).isNotEmpty();
            alice.hangup();
            bob.awaitEvent("CALL_CLOSED", 1);
            assertThat(bob.heard().presence(Baresip.TONE)).isGreaterThan(0.4);
        }
    }
}
