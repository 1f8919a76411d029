package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.testkit.Tshark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A softphone that encrypts, the engine, and one that does not. */
@Tag("peer")
class BaresipSrtpTest {

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static EngineRig rig;

    @BeforeAll
    static void open() {
        pki = TestPki.create(folder);
        rig = EngineRig.start(config -> config.tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
    }

    @AfterAll
    static void nothingIsLeft() {
        rig.awaitNoCalls();
        rig.close();
    }

    private static PlaceCall request(String target, MediaSecurity security) {
        return new PlaceCall(new OutboundLeg(target, null, null, null, null, null, 0, null), List.of("PCMU"), Duration.ofSeconds(20),
                Duration.ofMinutes(2)).withSecurity(security);
    }

    /** Connects who calls with a phone. */
    private static void relay(Call caller, String target, AtomicReference<Call> placed) {
        try {
            Call called = rig.engine.calls().place(request(target, MediaSecurity.NONE));
            placed.set(called);
            called.reached(Milestone.ANSWERED).thenCompose(now -> caller.execute(ANSWER))
                    .thenCompose(now -> caller.execute(new CallCommand.Bridge(called.id())));
        } catch (CallException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"srtp-mand", "srtp"})
    void oneEncryptsTheOtherDoesNotAndBothHearEachOther(String encryption) {
        AtomicReference<Call> placed = new AtomicReference<>();
        try (Baresip secure = Baresip.encrypting(folder, pki, "PCMU", encryption); Baresip plain = Baresip.start(folder, pki, "PCMU", "auto");
                Tshark witness = Tshark.capture(folder, "udp")) {
            rig.on("relay", caller -> relay(caller, "sip:phone@127.0.0.1:" + plain.port(), placed));
            secure.dial("sip:relay@127.0.0.1:" + rig.tlsPort() + ";transport=tls");
            secure.awaitEvent("CALL_ESTABLISHED", 1);
            secure.awaitSeconds(2);
            plain.awaitSeconds(2);
            Call call = rig.inbound();
            int ours = call.snapshot().media().local().getPort();
            int oursPlain = placed.get().snapshot().media().local().getPort();
            assertThat(call.snapshot().media().srtp()).isEqualTo("AES_CM_128_HMAC_SHA1_80");
            assertThat(placed.get().snapshot().media().encrypted()).isFalse();
            secure.hangup();
            EngineRig.end(call);
            EngineRig.end(placed.get());
            rig.mustBeWhole(call);
            assertThat(secure.heard().presence(Baresip.TONE)).isGreaterThan(0.7);
            assertThat(plain.heard().presence(Baresip.TONE)).isGreaterThan(0.7);
            nothingIsInClear(witness.datagrams(), ours, oursPlain);
            assertThat(rig.event(call, VoiceEvent.CallEnded.class).received().discarded()).as("but for a first packet without audio").isLessThan(3);
        }
    }

    /** What went in clear on one side is not seen on the other, where each packet has a tag. */
    private static void nothingIsInClear(List<Tshark.Datagram> wire, int secure, int plain) {
        List<Tshark.Datagram> unprotected = wire.stream().filter(each -> each.touches(plain)).toList();
        // a tone: its packets are few and come again and again
        Set<String> inClear = unprotected.stream().map(each -> each.payload().substring(24)).collect(Collectors.toSet());
        List<Tshark.Datagram> encrypted = wire.stream().filter(each -> each.touches(secure)).toList();
        assertThat(unprotected).hasSizeGreaterThan(150).allSatisfy(each -> assertThat(each.payload()).hasSize(2 * 172));
        assertThat(inClear).hasSizeLessThan(50);
        assertThat(encrypted).hasSizeGreaterThan(150);
        assertThat(encrypted).allSatisfy(each -> {
            assertThat(each.payload()).hasSize(2 * 182);
            assertThat(inClear).doesNotContain(each.payload().substring(24, 344));
        });
        assertThat(encrypted.stream().map(each -> each.payload().substring(24)).distinct()).hasSameSizeAs(encrypted);
    }

    @Test
    void isCalledWithKeysAndAudioGoesBothWays() throws Exception {
        try (Baresip phone = Baresip.encrypting(folder, pki, "PCMU", "srtp-mand")) {
            Call call = rig.engine.calls().place(request("sip:phone@127.0.0.1:" + (phone.port() + 1) + ";transport=tls", MediaSecurity.REQUIRED));
            EngineRig.answered(call);
            EngineRig.run(call, new CallCommand.Echo(true));
            phone.awaitSeconds(2);
            EngineRig.run(call, new CallCommand.Hold());
            EngineRig.run(call, new CallCommand.Resume());
            assertThat(call.snapshot().media().encrypted()).isTrue();
            Path file = folder.resolve("after-hold.wav");
            EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(1))));
            rig.event(call, VoiceEvent.RecordingEnded.class);
            EngineRig.run(call, HANG_UP);
            EngineRig.end(call);
            rig.mustBeWhole(call);
            assertThat(Tones.read(file).channel(0).presence(Baresip.TONE)).as("the same key after the hold").isGreaterThan(0.7);
            assertThat(phone.heard().presence(Baresip.TONE)).isGreaterThan(0.6);
        }
    }

    @Test
    void inClearThereIsNoSrtp() {
        rig.on("echo", ANSWER, new CallCommand.Echo(true));
        try (Baresip phone = Baresip.encrypting(folder, pki, "PCMU", "srtp-mand")) {
            phone.dial("sip:echo@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(phone.parameters("CALL_CLOSED")).singleElement().asString().contains("488");
            EngineRig.end(rig.inbound());
            assertThatThrownBy(() -> rig.engine.calls().place(request("sip:phone@127.0.0.1:" + phone.port(), MediaSecurity.REQUIRED)))
                    .isInstanceOf(CallException.class).hasMessageContaining("SRTP needs TLS");
        }
    }
}
