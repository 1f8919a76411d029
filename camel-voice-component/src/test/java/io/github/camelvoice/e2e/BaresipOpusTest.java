package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A softphone that speaks Opus by the library that all others use, and one that does not: what they hear of us, and of each other. */
@Tag("peer")
class BaresipOpusTest {

    private static final double OURS = 1000;
    private static final double AMPLITUDE = 8000;
    /** Of an amplitude. */
    private static final double DECIBEL = AMPLITUDE * 0.122;

    @TempDir
    static Path folder;
    private static TestPki pki;
    private static EngineRig rig;
    private static Path tone;

    @BeforeAll
    static void open() {
        pki = TestPki.create(folder);
        rig = EngineRig.start(config -> config.codecs(List.of("PCMU", "PCMA", "G722", "OPUS"))
                .tlsPort(0).tls(pki.context(pki.identity("engine", "IP:127.0.0.1"))));
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

    private static void assertHears(Tones.Audio heard, double hertz) {
        Tones.Audio mono = heard.channel(0);
        assertThat(mono.amplitude(hertz)).isCloseTo(AMPLITUDE, within(DECIBEL));
        assertThat(mono.amplitude(700)).isLessThan(400);
        assertThat(mono.presence(hertz)).isGreaterThan(0.7);
    }

    /** From the first to the last stretch of 50 ms that has the tone, none is without it. */
    private static void assertNoGaps(Tones.Audio heard, double hertz) {
        Tones.Audio mono = heard.channel(0);
        int first = -1;
        int last = -1;
        int with = 0;
        int parts = (int) (mono.seconds() * 20);
        for (int i = 0; i < parts; i++) {
            if (mono.part(i / 20.0, (i + 1) / 20.0).amplitude(hertz) > AMPLITUDE / 2) {
                first = first < 0 ? i : first;
                last = i;
                with++;
            }
        }
        assertThat(with).as("50 ms that have the tone").isEqualTo(last - first + 1);
        assertThat(with).isGreaterThan(20);
    }

    @Test
    void hearsWhatWePlayAndIsRecorded() {
        Path file = folder.resolve("recorded.wav");
        rig.on("hello", ANSWER, play(0));
        try (Baresip phone = Baresip.start(folder, pki, "OPUS", "auto")) {
            phone.dial("sip:hello@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            phone.awaitSeconds(1.5);
            EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(2))));
            rig.event(call, VoiceEvent.RecordingEnded.class);
            phone.awaitSeconds(3);
            EngineRig.run(call, HANG_UP);
            phone.awaitEvent("CALL_CLOSED", 1);
            VoiceEvent.CallEnded end = ended(call);
            assertThat(rig.event(call, VoiceEvent.CallAnswered.class).codec()).isEqualTo("OPUS");
            assertHears(phone.heard(), OURS);
            Tones.Audio recorded = Tones.read(file);
            assertThat(recorded.rate()).isEqualTo(16_000);
            assertHears(recorded.channel(0), Baresip.TONE);
            assertThat(recorded.channel(1).presence(OURS)).isGreaterThan(0.7);
            assertThat(end.received().lost()).isZero();
            assertThat(end.received().mos()).isGreaterThan(4.0);
        }
    }

    @Test
    void digitsGoBothWays() {
        rig.on("digits", ANSWER, play(0));
        try (Baresip phone = Baresip.start(folder, pki, "OPUS", "auto")) {
            phone.dial("sip:digits@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            phone.press("5");
            assertThat(rig.event(call, VoiceEvent.DtmfReceived.class, 1).digit()).isEqualTo("5");
            EngineRig.run(call, new CallCommand.SendDtmf("42*", 120, 80, CallCommand.DtmfMethod.RFC4733));
            phone.awaitEvent("CALL_DTMF_END", 3);
            assertThat(phone.parameters("CALL_DTMF_START")).containsExactly("4", "2", "*");
            EngineRig.run(call, HANG_UP);
            ended(call);
        }
    }

    /** The caller has one codec, the called another; what each hears is the other's tone, at its level, without a gap. */
    @ParameterizedTest
    @CsvSource({"OPUS, PCMU", "PCMA, OPUS", "G722, OPUS", "OPUS, G722", "G722, PCMU", "OPUS, OPUS"})
    void twoPhonesWithTwoCodecsHearEachOther(String caller, String called) {
        try (Baresip one = Baresip.start(folder, pki, caller, "auto"); Baresip two = Baresip.start(folder, pki, called, "auto")) {
            rig.on("bridge", call -> call.execute(ANSWER).thenRun(() -> {
                Call onward = rig.place("sip:phone@127.0.0.1:" + two.port());
                onward.reached(Milestone.ANSWERED).thenRun(() -> call.execute(new CallCommand.Bridge(onward.id())));
            }));
            one.dial("sip:bridge@127.0.0.1:" + rig.port());
            two.awaitEvent("CALL_ESTABLISHED", 1);
            two.awaitSeconds(3);
            one.awaitSeconds(3);
            one.hangup();
            two.awaitEvent("CALL_CLOSED", 1);
            Call call = rig.inbound();
            assertThat(rig.event(call, VoiceEvent.CallAnswered.class).codec()).isEqualTo(caller);
            ended(call);
            for (Baresip phone : List.of(one, two)) {
                assertHears(phone.heard(), Baresip.TONE);
                assertNoGaps(phone.heard(), Baresip.TONE);
            }
        }
    }
}
