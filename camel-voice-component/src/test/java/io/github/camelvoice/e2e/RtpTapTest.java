package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two engines, a call between them, and its audio at an RTP address. The caller says 600 Hz, the called party 1500 Hz. */
class RtpTapTest {

    private static final double SAID = 600;
    private static final double HEARD = 1500;

    @TempDir
    static Path folder;

    private final EngineRig here = EngineRig.start(config -> config.outboundAllow("127.0.0.1"));
    private final EngineRig there = EngineRig.start(config -> config);
    private final RtpEar ear = new RtpEar();
    private Call tapped;
    private Call caller;

    private static CallCommand play(double frequency) {
        Path file = Tones.write(folder.resolve(frequency + ".wav"), 8_000, frequency, 30);
        return new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(file), 0));
    }

    @BeforeEach
    void callUp() {
        call("PCMU");
    }

    private void call(String codec) {
        here.on("tapped", call -> call.execute(new CallCommand.Answer(List.of(codec), SipHeaders.none())).thenCompose(done -> call.execute(play(HEARD))));
        caller = there.place("sip:tapped@127.0.0.1:" + here.port());
        EngineRig.answered(caller);
        caller.execute(play(SAID));
        tapped = here.inbound();
    }

    @AfterEach
    void close() {
        ear.close();
        here.close();
        there.close();
    }

    private static TapInfo get(CompletionStage<TapInfo> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void hear(int packets) {
        await().until(() -> ear.packets.size() >= packets);
    }

    private double share(AudioCodec codec, double frequency) {
        byte[] audio = ear.audio();
        short[] pcm = new short[audio.length];
        codec.decoder().decode(audio, 0, audio.length, pcm, 0);
        Goertzel tone = new Goertzel(8000, frequency);
        int from = Math.max(0, pcm.length - 4000);
        tone.add(pcm, from, pcm.length - from);
        return tone.share();
    }

    @Test
    void whatThePartySaysIsAtTheAddressUntilTheTapIsStopped() throws Exception {
        TapInfo started = get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).controlId("t1").build()));
        assertThat(started.state()).isEqualTo(TapInfo.State.TAPPING);
        assertThat(here.engine.taps().list(tapped.id())).hasSize(1);
        hear(50);
        TapInfo stopped = get(here.engine.taps().stop(tapped.id(), null));
        assertThat(stopped.state()).isEqualTo(TapInfo.State.FINISHED);
        assertThat(stopped.reason()).isEqualTo("stopped");
        assertThat(stopped.figures().frames()).isGreaterThanOrEqualTo(50);
        assertThat(here.engine.taps().list()).isEmpty();
        assertThat(here.event(tapped, VoiceEvent.TapEnded.class).reason()).isEqualTo("stopped");

        assertThat(share(Codecs.PCMU, SAID)).isGreaterThan(0.95);
        RtpEar.Packet first = ear.packets.get(0);
        assertThat(first.marker()).isTrue();
        assertThat(started.rtpSource().getPort()).isEqualTo(first.port());
        for (int i = 1; i < ear.packets.size(); i++) {
            RtpEar.Packet packet = ear.packets.get(i);
            assertThat(packet.payloadType()).isZero();
            assertThat(packet.marker()).isFalse();
            assertThat(packet.ssrc()).isEqualTo(first.ssrc());
            assertThat(packet.sequence()).isEqualTo(first.sequence() + i & 0xFFFF);
            assertThat(packet.timestamp()).isEqualTo(first.timestamp() + 160 * i);
            assertThat(packet.payload()).hasSize(160);
        }
    }

    @Test
    void theEndOfTheCallEndsTheTap() throws Exception {
        TapInfo started = get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).build()));
        hear(5);
        EngineRig.run(caller, HANG_UP);
        await().until(() -> here.engine.taps().list(tapped.id()).isEmpty());
        assertThat(here.event(tapped, VoiceEvent.TapEnded.class).reason()).isEqualTo("call-ended");
        assertThat(started.controlId()).isNotEmpty();
    }
}
