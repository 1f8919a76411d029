package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Kamailio;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between a softphone, baresip, and the engine: who rings, who picks up, who is let in. */
@Tag("peer")
class BaresipCallsTest {

    private static final double OURS = 1000;

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static EngineRig rig;
    private static Path tone;

    @BeforeAll
    static void open() {
        pki = TestPki.create(folder);
        rig = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
        tone = Tones.write(folder.resolve("ours.wav"), 16_000, OURS, 2.5);
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static CallCommand play(int times) {
        return new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(tone), times));
    }

    private static VoiceEvent.CallEnded ended(Call call) {
        EngineRig.end(call);
        rig.mustBeWhole(call);
        return rig.event(call, VoiceEvent.CallEnded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void isCalledAndHearsUs(String transport) {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            Call call = rig.place("sip:phone@127.0.0.1:" + (phone.port() + (transport.equals("tls") ? 1 : 0)) + ";transport=" + transport);
            EngineRig.answered(call);
            CommandResult played = EngineRig.run(call, play(1));
            EngineRig.run(call, HANG_UP);
            VoiceEvent.CallEnded end = ended(call);
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(played.outcome()).isEqualTo("completed");
            assertThat(played.length()).isBetween(Duration.ofMillis(2450), Duration.ofMillis(2600));
            assertThat(phone.heard().presence(OURS)).isGreaterThan(0.7);
            assertThat(end.received().lost()).isZero();
            assertThat(end.received().packets()).isGreaterThan(60);
        }
    }

    @Test
    void ringsAndIsPickedUpByHand() {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "manual")) {
            Call call = rig.place("sip:phone@127.0.0.1:" + phone.port());
            EngineRig.reached(call, Milestone.RINGING);
            phone.awaitEvent("CALL_INCOMING", 1);
            phone.accept();
            EngineRig.answered(call);
            phone.hangup();
            assertThat(EngineRig.end(call).endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        }
    }

    @Test
    void ringsAndIsNotPickedUp() {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "manual")) {
            Call refused = rig.place("sip:phone@127.0.0.1:" + phone.port());
            EngineRig.reached(refused, Milestone.RINGING);
            phone.hangup();
            assertThat(EngineRig.end(refused).kind()).isIn(EndCause.Kind.BUSY, EndCause.Kind.DECLINED);
            Call cancelled = rig.place("sip:phone@127.0.0.1:" + phone.port());
            EngineRig.reached(cancelled, Milestone.RINGING);
            EngineRig.run(cancelled, HANG_UP);
            assertThat(EngineRig.end(cancelled).kind()).isEqualTo(EndCause.Kind.CANCELLED);
            phone.awaitEvent("CALL_CLOSED", 2);
        }
    }

    @Test
    void provesWhoItIs() {
        try (EngineRig guarded = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("phone", Kamailio.PASSWORD)));
                EngineRig strict = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("phone", "something else")));
                Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            guarded.on("hello", ANSWER);
            phone.dial("sip:hello@127.0.0.1:" + guarded.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            assertThat(guarded.inbound().snapshot().authenticatedUser()).isEqualTo("phone");
            phone.hangup();
            EngineRig.end(guarded.inbound());
            strict.on("hello", ANSWER);
            phone.dial("sip:hello@127.0.0.1:" + strict.port());
            phone.awaitEvent("CALL_CLOSED", 2);
            assertThat(strict.eventCount()).isZero();
        }
    }

    @Test
    void anAnswerWithAnUnknownHeaderReachesThePhone() {
        rig.on("plain", new CallCommand.Answer(List.of("PCMA", "PCMU"), SipHeaders.of("X-Test", "ü")), HANG_UP);
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:plain@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(ended(rig.inbound()).cause().kind()).isEqualTo(EndCause.Kind.NORMAL);
        }
    }

    @Test
    void isHungUpWhenTheEngineStops() {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            try (EngineRig leaving = EngineRig.start(config -> config)) {
                leaving.on("hello", ANSWER);
                phone.dial("sip:hello@127.0.0.1:" + leaving.port());
                phone.awaitEvent("CALL_ESTABLISHED", 1);
            }
            phone.awaitEvent("CALL_CLOSED", 1);
        }
    }
}
