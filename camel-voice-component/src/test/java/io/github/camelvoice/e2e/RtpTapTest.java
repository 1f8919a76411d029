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
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.Tones;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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

    /** Samples of all that came. */
    private short[] heard(String codec) {
        byte[] audio = ear.audio();
        if (codec.equals("L16")) {
            short[] pcm = new short[audio.length / 2];
            ByteBuffer.wrap(audio).asShortBuffer().get(pcm);
            return pcm;
        }
        short[] pcm = new short[audio.length];
        Codecs.get(codec).decoder().decode(audio, 0, audio.length, pcm, 0);
        return pcm;
    }

    private static short[] channel(short[] pcm, int which) {
        short[] one = new short[pcm.length / 2];
        for (int i = 0; i < one.length; i++) {
            one[i] = pcm[2 * i + which];
        }
        return one;
    }

    /** The part of a tone in the last half second. */
    private static double share(short[] pcm, int rate, double frequency) {
        Goertzel tone = new Goertzel(rate, frequency);
        int from = Math.max(0, pcm.length - rate / 2);
        tone.add(pcm, from, pcm.length - from);
        return tone.share();
    }

    @Test
    void whatThePartySaysIsAtTheAddressUntilTheTapIsStopped() throws Exception {
        call("PCMU");
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

        assertThat(share(heard("PCMU"), 8000, SAID)).isGreaterThan(0.95);
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
        call("PCMU");
        TapInfo started = get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).build()));
        hear(5);
        EngineRig.run(caller, HANG_UP);
        await().until(() -> here.engine.taps().list(tapped.id()).isEmpty());
        assertThat(here.event(tapped, VoiceEvent.TapEnded.class).reason()).isEqualTo("call-ended");
        assertThat(started.controlId()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"G722,PCMU,8000,20,0,160", "PCMA,PCMU,8000,40,0,320", "PCMU,PCMA,8000,30,8,240", "G722,L16,16000,20,96,640"})
    void otherCodecsAndPacketTimes(String spoken, String codec, int rate, int ptime, int payloadType, int bytes) throws Exception {
        call(spoken);
        get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).codec(codec).rate(rate).ptimeMillis(ptime).direction(TapDirection.LISTEN).build()));
        hear(1200 / ptime);
        assertThat(share(heard(codec), rate, HEARD)).isGreaterThan(0.95);
        for (int i = 1; i < ear.packets.size(); i++) {
            RtpEar.Packet packet = ear.packets.get(i);
            assertThat(packet.payloadType()).isEqualTo(payloadType);
            assertThat(packet.payload()).hasSize(bytes);
            assertThat(packet.timestamp() - ear.packets.get(i - 1).timestamp()).isEqualTo(rate / 1000 * ptime);
        }
    }

    @Test
    void bothAreMixedOrSideBySide() throws Exception {
        call("PCMU");
        TapInfo mono = get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).direction(TapDirection.BOTH).build()));
        hear(60);
        get(here.engine.taps().stop(tapped.id(), mono.controlId()));
        short[] mix = heard("PCMU");
        assertThat(share(mix, 8000, SAID)).isBetween(0.4, 0.6);
        assertThat(share(mix, 8000, HEARD)).isBetween(0.4, 0.6);
        ear.packets.clear();
        get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).direction(TapDirection.BOTH).channels(2).build()));
        hear(60);
        assertThat(ear.packets.get(0).payloadType()).isEqualTo(96);
        assertThat(ear.packets.get(1).timestamp() - ear.packets.get(0).timestamp()).isEqualTo(160);
        short[] stereo = heard("PCMU");
        assertThat(share(channel(stereo, 0), 8000, SAID)).isGreaterThan(0.95);
        assertThat(share(channel(stereo, 1), 8000, HEARD)).isGreaterThan(0.95);
    }

    @Test
    void severalTapsWithPlacesAndDirectionsOfTheirOwn() throws Exception {
        call("PCMU");
        try (RtpEar other = new RtpEar()) {
            get(here.engine.taps().start(tapped, TapSpec.to(ear.uri()).controlId("one").build()));
            get(here.engine.taps().start(tapped, TapSpec.to(other.uri()).controlId("two").direction(TapDirection.LISTEN).codec("PCMA").build()));
            await().until(() -> ear.packets.size() > 30 && other.packets.size() > 30);
            assertThat(share(heard("PCMU"), 8000, SAID)).isGreaterThan(0.95);
            get(here.engine.taps().change(tapped.id(), "one", new TapChange(TapDirection.LISTEN, null)));
            int before = ear.packets.size();
            hear(before + 30);
            assertThat(share(heard("PCMU"), 8000, HEARD)).isGreaterThan(0.95);
            get(here.engine.taps().change(tapped.id(), "one", new TapChange(null, true)));
            hear(ear.packets.size() + 30);
            assertThat(ear.packets.get(ear.packets.size() - 1).payload()).containsOnly(0xFF);
            assertThat(ear.packets.stream().map(RtpEar.Packet::sequence).distinct()).hasSize(ear.packets.size());
            TapInfo loud = here.engine.taps().list(tapped.id()).get(1);
            assertThat(loud.figures().outboundLevel()).isBetween(-17, -13);
            assertThat(loud.figures().inboundLevel()).isEqualTo(-127);
        }
    }

    @Test
    void destinationsMustBeAllowed() {
        call("PCMU");
        assertThat(failure("rtp://10.1.2.3:4000")).isEqualTo(TapException.Kind.FORBIDDEN);
        assertThat(failure("rtp://host.example:4000")).isEqualTo(TapException.Kind.BAD_REQUEST);
        assertThat(failure("rtp://127.0.0.1")).isEqualTo(TapException.Kind.BAD_REQUEST);
        assertThat(here.engine.taps().list()).isEmpty();
    }

    private TapException.Kind failure(String uri) {
        try {
            get(here.engine.taps().start(tapped, TapSpec.to(uri).build()));
            throw new AssertionError("it began");
        } catch (ExecutionException refused) {
            return ((TapException) refused.getCause()).kind();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }
}
