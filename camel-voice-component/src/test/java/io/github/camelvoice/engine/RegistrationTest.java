package io.github.camelvoice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.account.Binding;
import io.github.camelvoice.account.RegistrarOptions;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialTarget;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones register at an engine and are called there; REGISTER as it is on the wire. */
class RegistrationTest {

    private final RawSip phone = RawSip.open();
    private final RawSip other = RawSip.open();
    private VoiceEngine engine;
    private int port;

    @BeforeEach
    void start() throws Exception {
        engine = new VoiceEngine(EngineConfig.builder().sipPort(0).digestUsers(Map.of("alice", "wonder", "bob", "builder"))
                .registrar(RegistrarOptions.DEFAULT).domains(List.of("Example.com")).build());
        engine.start();
        port = engine.bindings().sipPort();
    }

    @AfterEach
    void stop() {
        phone.close();
        other.close();
        engine.stop();
    }

    private RawSip.Request register(RawSip from, String user) {
        return from.request("REGISTER", "sip:example.com").from("sip:" + user + "@example.com").to("sip:" + user + "@example.com");
    }

    private List<Binding> bindings(String user) {
        return engine.registrar().orElseThrow().find(user);
    }

    private PlaceCall call(String target) {
        return new PlaceCall(new OutboundLeg(target, null, null, null, null, null, 0, null), List.of(), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void aPhoneRegistersWithItsPasswordAndLeaves() {
        RawSip.Message refused = register(phone, "alice").send(port);
        assertThat(refused.code()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).startsWith("Digest realm=");

        RawSip.Message ok = register(phone, "alice").with("Expires: 120", "User-Agent: desk").as("alice", "wonder").send(port);
        assertThat(ok.code()).isEqualTo(200);
        assertThat(ok.header("Contact")).isEqualTo("<sip:raw@127.0.0.1:" + phone.port() + ">;expires=120");
        assertThat(bindings("alice")).singleElement().satisfies(binding -> {
            assertThat(binding.aor()).isEqualTo("sip:alice@example.com");
            assertThat(binding.userAgent()).isEqualTo("desk");
            assertThat(binding.source()).isEqualTo("127.0.0.1:" + phone.port());
        });
        assertThat(register(phone, "alice").with("Expires: 0").as("alice", "wonder").send(port).header("Contact")).isEmpty();
        assertThat(bindings("alice")).isEmpty();
    }

    @Test
    void wrongPasswordsAndUnknownUsersGetTheSame() {
        RawSip.Message wrong = register(phone, "alice").as("alice", "guess").send(port);
        RawSip.Message unknown = register(phone, "mallory").as("mallory", "guess").send(port);
        assertThat(wrong.code()).isEqualTo(401);
        assertThat(unknown.code()).isEqualTo(401);
        assertThat(wrong.head().lines().map(line -> line.replaceAll(":.*", "")).toList())
                .isEqualTo(unknown.head().lines().map(line -> line.replaceAll(":.*", "")).toList());
        assertThat(bindings("alice")).isEmpty();
    }

    @Test
    void nobodyRegistersForSomebodyElse() {
        RawSip.Message known = register(phone, "alice").as("bob", "builder").send(port);
        RawSip.Message unknown = register(phone, "carol").as("bob", "builder").send(port);
        assertThat(known.code()).isEqualTo(403);
        assertThat(unknown.code()).isEqualTo(403);
        assertThat(bindings("alice")).isEmpty();
    }

    @Test
    void whoGuessesTooOftenIsNotListenedTo() {
        for (int guess = 0; guess < 20; guess++) {
            assertThat(register(phone, "alice").as("alice", "guess" + guess).send(port).code()).isEqualTo(401);
        }
        assertThat(register(phone, "alice").as("alice", "guess").send(port).code()).isEqualTo(401);
        assertThat(register(phone, "alice").as("alice", "wonder").send(port).code()).as("the right one among wrong ones").isEqualTo(401);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                assertThat(register(phone, "alice").as("alice", "wonder").send(port).code()).isEqualTo(200));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(register(phone, "alice").with("Expires: 5").as("alice", "wonder").send(port).header("Min-Expires")).isEqualTo("60");
        assertThat(phone.request("REGISTER", "sip:example.com").from("sip:alice@example.com").to("sip:example.com").as("alice", "wonder").send(port)
                .code()).isEqualTo(400);
        assertThat(register(phone, "alice").with("Contact: <mailto:alice@example.com>").as("alice", "wonder").send(port).code()).isEqualTo(400);
        assertThat(register(phone, "alice").with("Contact: *", "Expires: 0").as("alice", "wonder").send(port).code()).isEqualTo(400);
        assertThat(register(phone, "alice").with("Require: gruu").as("alice", "wonder").send(port).header("Unsupported")).isEqualTo("gruu");
        assertThat(bindings("alice")).isEmpty();
    }

    @Test
    void aPathIsKeptAndGivenBack() {
        String path = "<sip:edge.example.com;lr>";
        RawSip.Message ok = register(phone, "alice").with("Path: " + path, "Supported: path").as("alice", "wonder").send(port);
        assertThat(ok.header("Path")).isEqualTo(path);
        assertThat(bindings("alice").get(0).path()).containsExactly("sip:edge.example.com;lr");
    }

    @Test
    void aRegisteredUserIsCalledWhereHeIs() throws Exception {
        assertThat(register(phone, "alice").as("alice", "wonder").send(port).code()).isEqualTo(200);
        phone.answering(request -> request.method().equals("INVITE") ? request.answer(486, "Busy Here", "") : request.answer(200, "OK", ""));
        engine.calls().place(call("sip:alice@example.com"));
        await().untilAsserted(() -> assertThat(phone.requests("INVITE")).isNotEmpty());
        RawSip.Message invite = phone.requests("INVITE").get(0);
        assertThat(invite.text()).startsWith("INVITE sip:raw@127.0.0.1:" + phone.port() + " SIP/2.0");
        assertThat(invite.header("To")).isEqualTo("<sip:alice@example.com>");
        assertThatThrownBy(() -> engine.calls().place(call("sip:bob@127.0.0.1:" + port))).isInstanceOf(CallException.class)
                .hasMessageContaining("is not registered");
    }

    @Test
    void allPhonesOfAUserRing() {
        register(phone, "alice").as("alice", "wonder").send(port);
        register(other, "alice").as("alice", "wonder").send(port);
        assertThat(bindings("alice")).hasSize(2);
        phone.answering(request -> request.answer(request.method().equals("INVITE") ? 486 : 200, "so", ""));
        other.answering(request -> request.answer(request.method().equals("INVITE") ? 480 : 200, "so", ""));
        engine.dials().start(DialPlan.of(null, List.of(DialTarget.of(call("sip:alice@example.com")))), new DialListener() { });
        await().untilAsserted(() -> {
            assertThat(phone.requests("INVITE")).isNotEmpty();
            assertThat(other.requests("INVITE")).isNotEmpty();
        });
    }

    @Test
    void whoWatchesItsOwnUserSeesPhonesComeAndGo() {
        RawSip.Message ok = other.request("SUBSCRIBE", "sip:alice@127.0.0.1:" + port).with("Event: reg", "Accept: application/reginfo+xml", "Expires: 600")
                .as("alice", "wonder").send(port);
        assertThat(ok.code()).isBetween(200, 202);
        await().untilAsserted(() -> assertThat(last()).contains("state=\"init\""));
        register(phone, "alice").with("Expires: 600").as("alice", "wonder").send(port);
        await().untilAsserted(() -> assertThat(last()).contains("state=\"active\"", "event=\"registered\"", "sip:raw@127.0.0.1:" + phone.port()));
        register(phone, "alice").with("Expires: 0").as("alice", "wonder").send(port);
        await().untilAsserted(() -> assertThat(last()).contains("state=\"terminated\"", "event=\"unregistered\""));
    }

    private String last() {
        List<RawSip.Message> all = other.requests("NOTIFY");
        return all.isEmpty() ? "" : all.get(all.size() - 1).body();
    }

    @Test
    void withoutARegistrarNobodyRegisters() throws Exception {
        try (VoiceEngine closed = new VoiceEngine(EngineConfig.builder().sipPort(0).digestUsers(Map.of("alice", "wonder")).build())) {
            closed.start();
            RawSip.Message answer = register(phone, "alice").as("alice", "wonder").send(closed.bindings().sipPort());
            assertThat(answer.code()).isEqualTo(405);
        }
    }
}
