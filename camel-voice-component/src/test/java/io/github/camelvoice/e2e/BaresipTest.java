package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.MediaFigures;
import io.github.camelvoice.call.MediaInfo;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.testkit.Tshark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A softphone, baresip, and the engine: what each hears of the other. */
@Tag("peer")
class BaresipTest {

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
    @ValueSource(strings = {"PCMU", "PCMA", "G722"})
    void hearsWhatWePlay(String codec) {
        rig.on("hello", ANSWER, play(1), HANG_UP);
        try (Baresip phone = Baresip.start(folder, pki, codec, "auto")) {
            phone.dial("sip:hello@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_CLOSED", 1);
            Call call = rig.inbound();
            VoiceEvent.CallEnded end = ended(call);
            assertThat(rig.event(call, VoiceEvent.CallAnswered.class).codec()).isEqualTo(codec);
            Tones.Audio heard = phone.heard();
            assertThat(heard.amplitude(OURS)).isCloseTo(8_000, offset(1_200.0));
            assertThat(heard.amplitude(700)).isLessThan(400);
            assertThat(heard.presence(OURS)).isGreaterThan(0.7);
            assertThat(end.sent().packets()).isBetween(115L, 140L);
            assertThat(rig.event(call, VoiceEvent.PlayEnded.class).outcome()).isEqualTo("completed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PCMU", "PCMA", "G722"})
    void isRecordedBothWays(String codec) {
        Path file = folder.resolve("recorded-" + codec + ".wav");
        rig.on("record", call -> call.execute(ANSWER)
                .thenCompose(done -> call.execute(new CallCommand.StartRecording(
                        new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(2)))))
                .thenCompose(done -> call.execute(play(0))));
        try (Baresip phone = Baresip.start(folder, pki, codec, "auto")) {
            phone.dial("sip:record@127.0.0.1:" + rig.port() + ";transport=tcp");
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            VoiceEvent.RecordingEnded recorded = rig.event(call, VoiceEvent.RecordingEnded.class);
            phone.hangup();
            VoiceEvent.CallEnded end = ended(call);
            assertThat(recorded.length()).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2100));
            Tones.Audio audio = Tones.read(file);
            assertThat(audio.channels()).isEqualTo(2);
            assertThat(audio.channel(0).presence(Baresip.TONE)).isGreaterThan(0.7);
            assertThat(audio.channel(0).amplitude(OURS)).isLessThan(400);
            assertThat(audio.channel(1).presence(OURS)).isGreaterThan(0.7);
            assertThat(audio.channel(1).amplitude(Baresip.TONE)).isLessThan(400);
            assertClean(end.received());
        }
    }

    private static void assertClean(MediaFigures received) {
        assertThat(received.packets()).isGreaterThan(60);
        assertThat(received.lost()).isZero();
        assertThat(received.mos()).isGreaterThan(4.0);
    }

    @Test
    void hearsItselfInTheEchoOverTls() {
        rig.on("echo", ANSWER, new CallCommand.Echo(true));
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:echo@127.0.0.1:" + rig.tlsPort() + ";transport=tls");
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            phone.awaitSeconds(2);
            phone.hangup();
            VoiceEvent.CallEnded end = ended(rig.inbound());
            assertThat(rig.inbound().snapshot().transport()).isEqualToIgnoringCase("tls");
            assertThat(phone.heard().presence(Baresip.TONE)).isGreaterThan(0.7);
            assertThat(phone.heard().amplitude(Baresip.TONE)).isCloseTo(8_000, offset(1_200.0));
            assertClean(end.received());
            assertThat(end.sent().packets()).isBetween(end.received().packets() - 10, end.received().packets() + 10);
        }
    }

    /** What we count is what an independent witness saw on the wire. */
    @Test
    void theFiguresAreThoseOfTheWire() {
        rig.on("echo", ANSWER, new CallCommand.Echo(true));
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto"); Tshark witness = Tshark.capture(folder, "udp")) {
            phone.dial("sip:echo@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            MediaInfo media = call.snapshot().media();
            phone.awaitSeconds(2);
            phone.hangup();
            VoiceEvent.CallEnded end = ended(call);
            List<Tshark.Stream> streams = witness.streams();
            assertThat(streams).filteredOn(stream -> stream.to() == media.local().getPort()).singleElement().satisfies(stream -> {
                assertThat(stream.packets()).isCloseTo(end.received().packets(), within(3L));
                assertThat(stream.payload()).isEqualTo("g711U");
            });
            assertThat(streams).filteredOn(stream -> stream.from() == media.local().getPort()).singleElement().satisfies(stream -> {
                assertThat(stream.to()).isEqualTo(media.remote().getPort());
                assertThat(stream.packets()).isCloseTo(end.sent().packets(), within(3L));
                assertThat(stream.lost()).isZero();
            });
        }
    }

    @Test
    void digitsGoBothWays() {
        rig.on("digits", ANSWER, play(0));
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:digits@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            int pressed = 0;
            for (String digit : new String[] {"1", "5", "9", "#"}) {
                phone.press(digit);
                assertThat(rig.event(call, VoiceEvent.DtmfReceived.class, ++pressed).digit()).isEqualTo(digit);
            }
            EngineRig.run(call, new CallCommand.SendDtmf("42*", 120, 80, CallCommand.DtmfMethod.RFC4733));
            phone.awaitEvent("CALL_DTMF_END", 3);
            assertThat(phone.parameters("CALL_DTMF_START")).containsExactly("4", "2", "*");
            EngineRig.run(call, HANG_UP);
            ended(call);
            assertThat(rig.told(call, VoiceEvent.DtmfReceived.class)).hasSize(4)
                    .allSatisfy(dtmf -> assertThat(dtmf.method()).isEqualTo(CallCommand.DtmfMethod.RFC4733));
        }
    }

    @Test
    void holdsUsAndResumes() {
        rig.on("music", ANSWER, play(0));
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial("sip:music@127.0.0.1:" + rig.port());
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            Call call = rig.inbound();
            phone.awaitSeconds(0.5);
            phone.hold();
            assertThat(rig.event(call, VoiceEvent.Held.class).by()).isEqualTo(EndCause.Origin.REMOTE);
            assertThat(call.snapshot().media().heldByRemote()).isTrue();
            phone.resume();
            rig.event(call, VoiceEvent.Resumed.class);
            Path file = folder.resolve("resumed.wav");
            EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(1))));
            rig.event(call, VoiceEvent.RecordingEnded.class);
            phone.hangup();
            phone.awaitEvent("CALL_CLOSED", 1);
            VoiceEvent.CallEnded end = ended(call);
            assertThat(Tones.read(file).channel(0).presence(Baresip.TONE)).isGreaterThan(0.7);
            assertThat(Tones.read(file).channel(1).presence(OURS)).isGreaterThan(0.7);
            Awaitility.await().atMost(EngineRig.PATIENCE).until(() -> phone.received() > 0);
            assertThat(phone.received()).isCloseTo(end.sent().packets(), within(3L)).isGreaterThan(60);
        }
    }

    @Test
    void isHeldByUsAndTalksAgain() {
        try (Baresip phone = Baresip.start(folder, pki, "PCMA", "auto")) {
            Call call = rig.place("sip:phone@127.0.0.1:" + phone.port());
            EngineRig.answered(call);
            EngineRig.run(call, new CallCommand.Hold());
            assertThat(call.snapshot().held()).isTrue();
            EngineRig.run(call, new CallCommand.Resume());
            Path file = folder.resolve("after-hold.wav");
            EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.MIXED, Duration.ofSeconds(1))));
            rig.event(call, VoiceEvent.RecordingEnded.class);
            EngineRig.run(call, HANG_UP);
            ended(call);
            assertThat(Tones.read(file).presence(Baresip.TONE)).isGreaterThan(0.5);
        }
    }
}
