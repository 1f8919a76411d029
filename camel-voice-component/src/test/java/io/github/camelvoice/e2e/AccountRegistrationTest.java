package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.AccountRig.account;
import static io.github.camelvoice.e2e.AccountRig.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.session.RegisterAccount;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.StatusType;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.KamailioRegistrar;
import io.github.camelvoice.testkit.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of ours at Kamailio: how they come, stay, are refused, lost, and go. */
@Tag("peer")
class AccountRegistrationTest {

    @TempDir
    static Path folder;
    private static TestPki pki;
    private AccountRig ours;

    @BeforeAll
    static void authority() {
        pki = TestPki.create(folder);
    }

    @BeforeEach
    void open() {
        ours = AccountRig.start(config -> config);
    }

    @AfterEach
    void close() {
        ours.close();
    }

    private static KamailioRegistrar.Setup registrar() {
        return KamailioRegistrar.in(folder, pki).users("alice", "bob");
    }

    private static void staysFor(KamailioRegistrar registrar, String user, int refreshes) {
        int before = registrar.taken(user).size();
        Awaitility.await(refreshes + " refreshes").atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(registrar.contacts(user)).hasSize(1);
            return registrar.taken(user).size() >= before + refreshes;
        });
        assertThat(registrar.lines("EXPIRED")).isEmpty();
    }

    @Test
    void anAccountComesStaysAndGoes() throws IOException {
        try (KamailioRegistrar registrar = registrar().expires(1, 8).start()) {
            String alice = registrar.account("alice");
            ours.registered(account(alice, Kamailio.PASSWORD));
            assertThat(registrar.contacts("alice")).hasSize(1);
            assertThat(ours.registration(alice).contact()).contains(registrar.contacts("alice").get(0));
            assertThat(ours.registration(alice).expiresAt()).isBefore(Instant.now().plusSeconds(9));
            staysFor(registrar, "alice", 2);
            assertThat(ours.types(alice)).containsExactly(StatusType.REGISTERED);
            ours.started(alice, -1);
            assertThat(ours.types(alice)).containsExactly(StatusType.REGISTERED, StatusType.SESSION_STARTED, StatusType.READY);
            ours.mustBeWhole(alice);
            done(ours.sessions().unregister(alice));
            assertThat(registrar.contacts("alice")).isEmpty();
            assertThat(ours.sessions().get(alice)).isEmpty();
            assertThat(ours.types(alice)).endsWith(StatusType.SESSION_ENDED);
        }
    }

    /** All at once; the server knows of none afterwards, and none ran out. */
    @Test
    void allAccountsLeaveWhenTheEngineStops() {
        try (KamailioRegistrar registrar = registrar().start()) {
            ours.registered(account(registrar.account("alice"), Kamailio.PASSWORD));
            ours.ready(account(registrar.account("bob"), Kamailio.PASSWORD), 0);
            assertThat(registrar.contacts("bob")).hasSize(1);
            ours.close();
            assertThat(registrar.contacts("alice")).isEmpty();
            assertThat(registrar.contacts("bob")).isEmpty();
            assertThat(registrar.lines("EXPIRED")).isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotTriedForEver() {
        try (KamailioRegistrar registrar = registrar().start()) {
            String alice = registrar.account("alice");
            SessionStatus refused = done(ours.sessions().register(account(alice, "wr0ng-passw0rd")));
            assertThat(refused.type()).isEqualTo(StatusType.SESSION_REGISTRATION_FAILED);
            assertThat(refused.description()).contains("401");
            assertThat(refused.toString()).doesNotContain("wr0ng");
            assertThat(ours.registration(alice).state()).isEqualTo(State.REFUSED);
            SessionStatus again = done(ours.sessions().start(alice, 0));
            assertThat(again.type()).isEqualTo(StatusType.SESSION_REGISTRATION_FAILED);
            assertThat(registrar.came("alice")).hasSizeLessThanOrEqualTo(3);
            ours.registered(account(alice, Kamailio.PASSWORD));
            assertThat(registrar.contacts("alice")).hasSize(1);
        }
    }

    @Test
    void whoIsUnknownToTheServerIsRefused() {
        try (KamailioRegistrar registrar = registrar().start()) {
            SessionStatus refused = done(ours.sessions().register(account(registrar.account("mallory"), "x")));
            assertThat(refused.type()).isEqualTo(StatusType.SESSION_REGISTRATION_FAILED);
            assertThat(refused.description()).contains("403");
            assertThat(registrar.came("mallory")).hasSize(1);
        }
    }

    @Test
    void tooShortATimeIsAskedForLonger() {
        try (KamailioRegistrar registrar = registrar().expires(120, 600).start()) {
            String alice = registrar.account("alice");
            ours.registered(account(alice, Kamailio.PASSWORD));
            assertThat(registrar.lines("BRIEF")).containsExactly("BRIEF alice 60");
            assertThat(registrar.taken("alice")).hasSize(1).allMatch(line -> line.startsWith("TAKEN alice 120 "));
            assertThat(ours.registration(alice).expiresAt()).isAfter(Instant.now().plusSeconds(100));
        }
    }

    /** Its nonces grow old before each refresh: asked anew with stale, which is no wrong password. */
    @Test
    void oldNoncesAreNoFailure() {
        try (KamailioRegistrar registrar = registrar().expires(1, 8).nonces(1).start()) {
            String alice = registrar.account("alice");
            ours.registered(account(alice, Kamailio.PASSWORD));
            staysFor(registrar, "alice", 2);
            assertThat(registrar.lines("ASKED REGISTER alice -4")).isNotEmpty();
            assertThat(ours.types(alice)).containsExactly(StatusType.REGISTERED);
        }
    }

    @Test
    void digestWithSha256AndANameOfItsOwn() {
        try (KamailioRegistrar registrar = registrar().sha256().expires(1, 8).start()) {
            String alice = registrar.account("alice");
            ours.registered(new RegisterAccount(alice, Kamailio.PASSWORD, "auth-alice", null, null, "Alice", List.of(), 60, ""));
            staysFor(registrar, "alice", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void overConnections(String transport) {
        try (KamailioRegistrar registrar = registrar().expires(1, 8).start();
                AccountRig trusting = AccountRig.start(config -> config.tls(pki.context(pki.identity("ours", "IP:127.0.0.1"))).tlsPort(0))) {
            String alice = transport.equals("tls") ? "alice@127.0.0.1:" + registrar.tlsPort() : registrar.account("alice");
            trusting.registered(new RegisterAccount(alice, Kamailio.PASSWORD, null, null, transport, null, List.of(), 60, ""));
            assertThat(registrar.came("alice")).last().asString().contains(" " + transport + " ");
            staysFor(registrar, "alice", 1);
            assertThat(registrar.came("alice").stream().map(line -> line.substring(line.lastIndexOf(':'))).distinct()).as("one connection").hasSize(1);
        }
    }

    /** Through a proxy that adds itself as Path, and with a Service-Route of the registrar. */
    @Test
    void byWayOfAnOutboundProxy() {
        try (KamailioRegistrar registrar = registrar().expires(1, 8).serviceRoute().start();
                KamailioRegistrar edge = KamailioRegistrar.in(folder, pki).edgeOf(registrar).start()) {
            String alice = registrar.account("alice");
            ours.registered(new RegisterAccount(alice, Kamailio.PASSWORD, null, "127.0.0.1:" + edge.port(), null, null, List.of(), 60, ""));
            assertThat(edge.lines("FORWARDED REGISTER alice")).hasSizeGreaterThanOrEqualTo(2);
            assertThat(registrar.came("alice")).allMatch(line -> line.endsWith(":" + edge.port()));
            assertThat(ours.registration(alice).serviceRoute()).containsExactly("sip:127.0.0.1:" + registrar.port() + ";lr;of=alice");
            staysFor(registrar, "alice", 1);
        }
    }

    @Test
    void moreContactsThanOurs() {
        try (KamailioRegistrar registrar = registrar().plain().start()) {
            String alice = registrar.account("alice");
            ours.registered(new RegisterAccount(alice, Kamailio.PASSWORD, null, null, null, null, List.of("sip:desk@127.0.0.1:40404"), 60, ""));
            assertThat(registrar.contacts("alice")).hasSize(2).anyMatch(uri -> uri.equals("sip:desk@127.0.0.1:40404"));
            done(ours.sessions().unregister(alice));
            assertThat(registrar.contacts("alice")).isEmpty();
        }
    }

    /** It comes back quickly and knows nobody: who was there is there again with the next refresh, and nothing is told. */
    @Test
    void aServerThatForgets() {
        try (KamailioRegistrar registrar = registrar().expires(1, 8).start()) {
            String alice = registrar.account("alice");
            ours.registered(account(alice, Kamailio.PASSWORD));
            registrar.kill();
            registrar.restart();
            assertThat(registrar.contacts("alice")).isEmpty();
            registrar.awaitContacts("alice", 1);
            assertThat(ours.types(alice)).containsExactly(StatusType.REGISTERED);
        }
    }

    /** The connection breaks: that is a failure at once, and the session is ready again when the server is back. */
    @Test
    void aServerThatIsKilledAndComesBack() throws IOException {
        try (KamailioRegistrar registrar = registrar().start()) {
            String alice = registrar.account("alice");
            ours.ready(new RegisterAccount(alice, Kamailio.PASSWORD, null, null, "tcp", null, List.of(), 60, ""), 0);
            registrar.kill();
            ours.await(alice, StatusType.SESSION_REGISTRATION_FAILED);
            registrar.restart();
            ours.await(alice, StatusType.READY);
            assertThat(registrar.contacts("alice")).hasSize(1);
            assertThat(ours.types(alice)).containsExactly(StatusType.REGISTERED, StatusType.SESSION_STARTED, StatusType.READY,
                    StatusType.SESSION_REGISTRATION_FAILED, StatusType.REGISTERED, StatusType.READY);
            ours.mustBeWhole(alice);
        }
    }

    @Test
    void aServerThatIsAwayAtFirst() {
        try (KamailioRegistrar registrar = registrar().start()) {
            registrar.kill();
            registrar.restart(setup -> setup.overloaded(2));
            String alice = registrar.account("alice");
            SessionStatus refused = done(ours.sessions().register(account(alice, Kamailio.PASSWORD)));
            assertThat(refused.type()).isEqualTo(StatusType.SESSION_REGISTRATION_FAILED);
            assertThat(refused.description()).contains("503");
            int tried = registrar.came("alice").size();
            assertThat(ours.registration(alice).nextAt()).isAfterOrEqualTo(Instant.now().plusMillis(500));
            registrar.kill();
            registrar.restart(KamailioRegistrar.Setup::recovered);
            ours.await(alice, StatusType.REGISTERED);
            assertThat(tried).isEqualTo(1);
        }
    }
}
