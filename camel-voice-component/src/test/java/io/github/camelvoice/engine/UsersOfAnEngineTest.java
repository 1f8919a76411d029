package io.github.camelvoice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.account.Binding;
import io.github.camelvoice.account.MemoryUsers;
import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.account.Users;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users who are added, changed and removed while an engine runs; REGISTER as it is on the wire. */
class UsersOfAnEngineTest {

    private final MemoryUsers store = new MemoryUsers();
    private final RawSip phone = RawSip.open();
    private final RawSip other = RawSip.open();
    private VoiceEngine engine;
    private int port;

    private static EngineConfigBuilder config(MemoryUsers store) {
        return EngineConfig.builder().sipPort(0).registrar(RegistrarOptions.DEFAULT).userSource(store).digestAlgorithms(List.of("SHA-256", "MD5"));
    }

    @BeforeEach
    void start() throws Exception {
        engine = new VoiceEngine(config(store).build());
        engine.start();
        port = engine.bindings().sipPort();
    }

    @AfterEach
    void stop() {
        phone.close();
        other.close();
        engine.stop();
    }

    private RawSip.Message register(String user, String password, int expires) {
        return phone.request("REGISTER", "sip:127.0.0.1").from("sip:" + user + "@127.0.0.1").to("sip:" + user + "@127.0.0.1").with("Expires: " + expires)
                .as(user, password).send(port);
    }

    private List<Binding> bindings(String user) {
        return engine.registrar().orElseThrow().find(user);
    }

    private String last() {
        List<RawSip.Message> all = other.requests("NOTIFY");
        return all.isEmpty() ? "" : all.get(all.size() - 1).body();
    }

    @Test
    void theFirstUserSwitchesTheRegistrarOn() throws Exception {
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(405);
        engine.users().put("alice", "wonder");
        assertThat(register("alice", "guess", 600).code()).isEqualTo(401);
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(200);
        assertThat(bindings("alice")).hasSize(1);
        engine.users().remove("alice");
        assertThat(register("alice", "wonder", 600).code()).as("as any other stranger").isEqualTo(401);
        assertThat(register("mallory", "wonder", 600).code()).isEqualTo(401);
    }

    @Test
    void aRemovedUsersPhonesAreUnregisteredAndWhoWatchesSeesIt() throws Exception {
        engine.users().put("alice", "wonder");
        assertThat(other.request("SUBSCRIBE", "sip:alice@127.0.0.1:" + port).with("Event: reg", "Accept: application/reginfo+xml", "Expires: 600")
                .as("alice", "wonder").send(port).code()).isBetween(200, 202);
        await().untilAsserted(() -> assertThat(last()).contains("state=\"init\""));
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(last()).contains("state=\"active\""));
        engine.users().remove("alice");
        await().untilAsserted(() -> assertThat(bindings("alice")).isEmpty());
        await().untilAsserted(() -> assertThat(last()).contains("state=\"terminated\"").doesNotContain("state=\"active\""));
        assertThat(last()).contains("event=\"deactivated\"");
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(401);
        engine.users().put("alice", "land");
        await().untilAsserted(() -> assertThat(last()).contains("state=\"init\""));
        engine.users().remove("alice");
        await().untilAsserted(() -> assertThat(last()).contains("state=\"terminated\"").doesNotContain("<contact"));
    }

    @Test
    void anotherPasswordHoldsAtOnce() throws Exception {
        engine.users().put("alice", "wonder");
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(200);
        engine.users().put("alice", "land");
        await().untilAsserted(() -> assertThat(bindings("alice")).isEmpty());
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(401);
        assertThat(register("alice", "land", 600).code()).isEqualTo(200);
        engine.users().put("alice", "land");
        assertThat(bindings("alice")).as("the same password changes nothing").hasSize(1);
    }

    @Test
    void whatAnotherNodeDoesIsSeenWithinSeconds() throws Exception {
        store.put(Users.of("alice", "voice", "wonder"));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(register("alice", "wonder", 600).code()).isEqualTo(200));
        store.remove("alice");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(bindings("alice")).isEmpty());
        assertThat(register("alice", "wonder", 600).code()).isEqualTo(401);
    }

    @Test
    void theGuessingOfAHashedPasswordIsSlow() throws Exception {
        engine.users().put("alice", "wonder");
        for (int guess = 0; guess < 21; guess++) {
            assertThat(register("alice", "guess" + guess, 600).code()).isEqualTo(401);
        }
        assertThat(register("alice", "wonder", 600).code()).as("the right one among wrong ones").isEqualTo(401);
    }

    @Test
    void wrongAndUnknownLookTheSame() throws Exception {
        engine.users().put("alice", "wonder");
        RawSip.Message wrong = register("alice", "guess", 600);
        RawSip.Message unknown = register("mallory", "guess", 600);
        assertThat(wrong.head().lines().map(line -> line.replaceAll("[:\"].*", "")).toList())
                .isEqualTo(unknown.head().lines().map(line -> line.replaceAll("[:\"].*", "")).toList());
    }

    @Test
    void whoMayAuthenticateCanBeKeptAlone() throws Exception {
        MemoryUsers kept = new MemoryUsers();
        kept.put(Users.of("bob", "voice", "builder"));
        try (VoiceEngine strict = new VoiceEngine(EngineConfig.builder().sipPort(0).requireAuth(true).userSource(kept).build())) {
            strict.start();
            port = strict.bindings().sipPort();
            assertThat(register("bob", "guess", 600).code()).isEqualTo(401);
            assertThat(register("bob", "builder", 600).code()).as("known, and there is no registrar").isEqualTo(405);
        }
    }

    @Test
    void usersOfAnotherRealmStopTheStart() throws Exception {
        MemoryUsers kept = new MemoryUsers();
        kept.put(Users.of("bob", "voice", "builder"));
        try (VoiceEngine moved = new VoiceEngine(config(kept).realm("example.com").build())) {
            assertThatThrownBy(moved::start).isInstanceOf(EngineStartException.class).hasMessageContaining("realm (voice.sip.realm of the gateway) is example.com");
        }
    }

    @Test
    void thePasswordsOfTheSettingsAreHashedWhenTheyAreRead() {
        EngineConfig config = EngineConfig.builder().digestUsers(Map.of("alice", "w0nderland")).build();
        assertThat(config.digestUsers().toString() + config).doesNotContain("w0nderland");
        assertThat(config.digestUsers().get("alice").of("MD5")).hasSize(32);
    }
}
