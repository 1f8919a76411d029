package io.github.camelvoice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.registration.RegistrationSettings;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts of an engine at servers on real sockets: bare ones that may be hostile, and the registrar of another engine. */
class AccountsOnTheWireTest {

    private static final String TOKEN = "wire0123456789abcdef";
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=MD5, qop=\"auth\"\r\n";
    private static final RegistrationSettings FAST = RegistrationSettings.DEFAULT.withPauses(Duration.ofMillis(50), Duration.ofMillis(400),
            Duration.ofMinutes(30));

    private final RawSip server = RawSip.open();
    private final RawSip elsewhere = RawSip.open();
    private VoiceEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = new VoiceEngine(EngineConfig.builder().sipPort(0).registrations(FAST).build());
        engine.start();
    }

    @AfterEach
    void stop() {
        engine.close();
        server.close();
        elsewhere.close();
    }

    private static Account account(String name, String transport) {
        return new Account(name, "secret-word", null, null, transport, null, List.of(), 600, TOKEN, "urn:uuid:00000000-0000-4000-8000-000000000001", "");
    }

    private String name() {
        return "alice@127.0.0.1:" + server.port();
    }

    private RegistrationInfo register() throws Exception {
        return engine.registrations().register(account(name(), null)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String contact() {
        return "<sip:" + TOKEN + "@127.0.0.1:" + engine.bindings().sipPort() + ">";
    }

    private RawSip.Message ok(RawSip.Message request) {
        return request.answer(200, "OK", "Contact: " + request.header("Contact").replaceAll(">.*", ">") + ";expires="
                + (request.header("Expires").equals("0") ? "0" : "60") + "\r\n");
    }

    @Test
    void registeredWithDigestAndGoneWhenTheEngineStops() throws Exception {
        server.answering(request -> request.header("Authorization").isEmpty() ? request.answer(401, "Unauthorized", CHALLENGE) : ok(request));
        RegistrationInfo info = register();
        assertThat(info.state()).isEqualTo(State.REGISTERED);
        assertThat(info.server()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(info.transport()).isEqualTo("udp");
        assertThat("<" + info.contact() + ">").isEqualTo(contact());
        engine.stop();
        List<RawSip.Message> all = server.requests("REGISTER");
        assertThat(all.get(all.size() - 1).header("Expires")).isEqualTo("0");
        assertThat(all).extracting(request -> request.header("Call-ID")).containsOnly(all.get(0).header("Call-ID"));
        assertThat(all).extracting(request -> request.header("CSeq").split(" ")[0]).doesNotHaveDuplicates();
        assertThat(all).noneMatch(request -> request.text().contains("secret-word"));
        assertThat(all.get(0).header("To")).isEqualTo("<sip:alice@127.0.0.1>");
    }

    @Test
    void aServerThatComesBackHasUsAgain() throws Exception {
        server.answering(request -> request.answer(500, "Server Internal Error", ""));
        assertThat(register().state()).isEqualTo(State.WAITING);
        server.answering(this::ok);
        await().untilAsserted(() -> assertThat(engine.registrations().get(name()).orElseThrow().state()).isEqualTo(State.REGISTERED));
        assertThat(engine.registrationFigures().registered()).isEqualTo(1);
    }

    @Test
    void aRedirectionIsNotFollowedAndNobodyElseGetsOurCredentials() throws Exception {
        server.answering(request -> request.header("Authorization").isEmpty() ? request.answer(401, "Unauthorized", CHALLENGE)
                : request.answer(302, "Moved Temporarily", "Contact: <sip:127.0.0.1:" + elsewhere.port() + ">\r\n"));
        RegistrationInfo info = register();
        assertThat(info.state()).isEqualTo(State.REFUSED);
        assertThat(info.code()).isEqualTo(302);
        assertThat(elsewhere.requests("REGISTER")).isEmpty();
    }

    @Test
    void aWrongPasswordIsToldAndNotTriedAgain() throws Exception {
        server.answering(request -> request.answer(401, "Unauthorized", CHALLENGE));
        RegistrationInfo info = register();
        assertThat(info.state()).isEqualTo(State.REFUSED);
        assertThat(info.code()).isEqualTo(401);
        assertThat(server.requests("REGISTER")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Contact: CONTACT;expires=0", "Contact: CONTACT;expires=-1", "Contact: CONTACT;expires=2147483648",
            "Contact: CONTACT;expires=99999999999999999999", "Contact: CONTACT;expires=abc", "Contact: CONTACT;expires=1", "Contact: *",
            "Contact: <mailto:x@y>", "Contact: <tel:+1234>;expires=9, CONTACT;expires=70", "Contact: <sip:@>", "Contact: ;;;", "Contact: <sip:a@b",
            "Expires: -7", "Expires: 4294967296", "Service-Route: <sip:evil.example.com;lr>, <http://x>", "Service-Route: ,,,", "Path: junk",
            "Flow-Timer: 0", "Flow-Timer: -1", "Flow-Timer: 99999999999", "Require: outbound, gruu, unknown-thing", "Min-Expires: 1",
            "X: \u0000\u0001"})
    void whateverAServerAnswersTheEngineLives(String line) throws Exception {
        server.answering(request -> request.answer(200, "OK", line.replace("CONTACT", contact()) + "\r\n"));
        engine.registrations().register(account(name(), null));
        await().untilAsserted(() -> assertThat(server.requests("REGISTER")).isNotEmpty());
        server.answering(this::ok);
        elsewhere.answering(this::ok);
        Account other = new Account("bob@127.0.0.1:" + elsewhere.port(), null, null, null, null, null, List.of(), 600, "other0123456789abcdef", null, "");
        assertThat(engine.registrations().register(other).toCompletableFuture().get(10, TimeUnit.SECONDS).state()).isEqualTo(State.REGISTERED);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() ->
                assertThat(engine.registrations().get(name()).orElseThrow().state()).isIn(State.REGISTERED, State.REFUSED, State.WAITING,
                        State.REGISTERING));
        assertThat(server.requests("REGISTER").size()).as("no storm").isLessThan(30);
    }

    @Test
    void oursIsFoundAmongManyContacts() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 19; i++) {
            many.append("Contact: <sip:device").append(i).append("@192.0.2.1>;expires=9\r\n");
        }
        server.answering(request -> request.answer(200, "OK", many + "Contact: " + contact() + ";expires=77\r\n"));
        RegistrationInfo info = register();
        assertThat(info.state()).isEqualTo(State.REGISTERED);
        assertThat(Duration.between(info.registeredAt(), info.expiresAt())).isEqualTo(Duration.ofSeconds(77));
    }

    @Test
    void answersThatNobodyAskedForChangeNothing() throws Exception {
        server.answering(this::ok);
        register();
        RawSip.Message first = server.requests("REGISTER").get(0);
        for (int code : new int[] {200, 302, 401, 403, 423, 500}) {
            server.send(engine.bindings().sipPort(), first.answer(code, "Again", "").text());
        }
        assertThat(engine.registrations().get(name()).orElseThrow().state()).isEqualTo(State.REGISTERED);
        await().during(Duration.ofMillis(300)).untilAsserted(() ->
                assertThat(engine.registrations().get(name()).orElseThrow().state()).isEqualTo(State.REGISTERED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void anotherEngineIsTheServer(String transport) throws Exception {
        try (VoiceEngine registrar = new VoiceEngine(EngineConfig.builder().sipPort(0).digestUsers(Map.of("alice", "secret-word"))
                .digestAlgorithms(List.of("SHA-256")).registrar(RegistrarOptions.DEFAULT).build())) {
            registrar.start();
            String name = "alice@127.0.0.1:" + registrar.bindings().sipPort();
            Account account = new Account(name, "secret-word", null, null, transport, null, List.of("sip:desk@192.0.2.7"), 600, TOKEN,
                    "urn:uuid:00000000-0000-4000-8000-000000000001", "");
            RegistrationInfo info = engine.registrations().register(account).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(info.state()).as(info.toString()).isEqualTo(State.REGISTERED);
            assertThat(info.transport()).isEqualTo(transport);
            assertThat(registrar.registrar().orElseThrow().find("alice")).hasSize(2).anyMatch(each -> each.contact().contains("desk@192.0.2.7"))
                    .anyMatch(each -> each.contact().contains(TOKEN));
            engine.registrations().register(account).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(registrar.registrar().orElseThrow().find("alice")).hasSize(2);
            engine.registrations().unregister(name).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(registrar.registrar().orElseThrow().find("alice")).isEmpty();
            Account wrong = new Account(name, "guess", null, null, transport, null, List.of(), 600, TOKEN, null, "");
            assertThat(engine.registrations().register(wrong).toCompletableFuture().get(10, TimeUnit.SECONDS).state()).isEqualTo(State.REFUSED);
        }
    }

    @Test
    void aConnectionThatBreaksIsMadeAnew() throws Exception {
        VoiceEngine first = registrar(0);
        int port = first.bindings().sipPort();
        String name = "alice@127.0.0.1:" + port;
        engine.registrations().register(account(name, "tcp")).toCompletableFuture().get(10, TimeUnit.SECONDS);
        first.close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(engine.registrations().get(name).orElseThrow().state()).isNotEqualTo(State.REGISTERED));
        try (VoiceEngine second = registrar(port)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                    assertThat(engine.registrations().get(name).orElseThrow().state()).isEqualTo(State.REGISTERED));
            assertThat(second.registrar().orElseThrow().find("alice")).hasSize(1);
        }
        assertThat(engine.registrationFigures().lost()).isPositive();
    }

    private static VoiceEngine registrar(int port) throws Exception {
        VoiceEngine registrar = new VoiceEngine(EngineConfig.builder().sipPort(port).digestUsers(Map.of("alice", "secret-word"))
                .registrar(RegistrarOptions.DEFAULT).build());
        registrar.start();
        return registrar;
    }
}
