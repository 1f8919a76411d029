package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.testkit.PeerProcess;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.testkit.Tshark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The RTP of taps as others see it: ffmpeg decodes it by an SDP file, tshark counts and measures it. */
@Tag("peer")
class RtpTapPeerTest {

    private static final double SAID = 600;
    private static final double HEARD = 1500;
    private static final Pattern STREAM = Pattern.compile("127\\.0\\.0\\.1\\s+\\d+\\s+127\\.0\\.0\\.1\\s+(\\d+)\\s+0x[0-9A-Fa-f]+\\s+.+?\\s+(\\d+)\\s+(-?\\d+)"
            + " \\([^)]*\\)\\s+([0-9.]+)\\s+([0-9.]+)\\s+([0-9.]+)\\s+([0-9.]+)\\s+([0-9.]+)\\s+([0-9.]+)");

    @TempDir
    Path folder;

    private final EngineRig here = EngineRig.start(config -> config.outboundAllow("127.0.0.1"));
    private final EngineRig there = EngineRig.start(config -> config);

    private CallCommand play(double frequency) {
        Path file = Tones.write(folder.resolve(frequency + ".wav"), 8_000, frequency, 30);
        return new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(file), 0));
    }

    private Call call(String codec) {
        here.on("tapped", call -> call.execute(new CallCommand.Answer(List.of(codec), SipHeaders.none())).thenCompose(done -> call.execute(play(HEARD))));
        Call caller = there.place("sip:tapped@127.0.0.1:" + here.port());
        EngineRig.answered(caller);
        caller.execute(play(SAID));
        return here.inbound();
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    private TapInfo tap(Call call, TapSpec.Builder spec) throws Exception {
        return here.engine.taps().start(call, spec.build()).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"G722,PCMA,8000,1,8", "PCMA,PCMU,8000,2,96"})
    void ffmpegHearsTheTones(String spoken, String codec, int rate, int channels, int payloadType) throws Exception {
        Call call = call(spoken);
        int port = Peers.freePorts(2);
        Path sdp = Files.writeString(folder.resolve("tap.sdp"), """
                v=0
                o=- 0 0 IN IP4 127.0.0.1
                s=tap
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/AVP %d
                a=rtpmap:%d %s/%d%s
                """.formatted(port, payloadType, payloadType, codec, rate, channels == 2 ? "/2" : ""));
        tap(call, TapSpec.to("rtp://127.0.0.1:" + port).codec(codec).rate(rate).channels(channels).direction(TapDirection.BOTH));
        Path wav = folder.resolve("heard.wav");
        PeerProcess.run(folder, "ffmpeg", "-nostdin", "-y", "-protocol_whitelist", "file,udp,rtp", "-analyzeduration", "300000", "-i", sdp.toString(),
                "-t", "2", wav.toString());
        Tones.Audio heard = Tones.read(wav);
        assertThat(heard.rate()).isEqualTo(rate);
        assertThat(heard.channels()).isEqualTo(channels);
        assertThat(heard.seconds()).isBetween(1.8, 2.2);
        Tones.Audio left = channels == 2 ? heard.channel(0) : heard;
        Tones.Audio right = channels == 2 ? heard.channel(1) : heard;
        assertThat(left.presence(SAID)).isGreaterThan(0.9);
        assertThat(right.presence(HEARD)).isGreaterThan(0.9);
        if (channels == 2) {
            assertThat(left.amplitude(HEARD)).isLessThan(200);
            assertThat(right.amplitude(SAID)).isLessThan(200);
        }
    }

    /** As measured by tshark over some seconds: nothing is lost, jitter under 2 ms in the mean, packets as far apart as asked. */
    @Test
    void tsharkFindsNoLossAndLittleJitter() throws Exception {
        Call call = call("PCMU");
        int one = Peers.freePorts(4);
        int two = one + 2;
        try (Tshark tshark = Tshark.capture(folder, "udp portrange " + one + "-" + two)) {
            tap(call, TapSpec.to("rtp://127.0.0.1:" + one).controlId("one"));
            tap(call, TapSpec.to("rtp://127.0.0.1:" + two).controlId("two").direction(TapDirection.BOTH).ptimeMillis(40));
            await().atMost(Duration.ofSeconds(15)).until(() -> here.engine.taps().list(call.id()).stream().allMatch(tap -> tap.figures().frames() > 80));
            here.engine.taps().stop(call.id(), "one").toCompletableFuture().get(5, TimeUnit.SECONDS);
            here.engine.taps().stop(call.id(), "two").toCompletableFuture().get(5, TimeUnit.SECONDS);
            await().until(() -> Files.size(tshark.file()) > 40_000);
        }
        String table = PeerProcess.run(folder, "tshark", "-n", "-r", "capture.pcap", "--enable-heuristic", "rtp_udp", "-q", "-z", "rtp,streams");
        Matcher stream = STREAM.matcher(table);
        int streams = 0;
        while (stream.find()) {
            int ptime = Integer.parseInt(stream.group(1)) == one ? 20 : 40;
            assertThat(Integer.parseInt(stream.group(2))).as(table).isGreaterThan(60);
            assertThat(Integer.parseInt(stream.group(3))).as(table).isZero();
            assertThat(Double.parseDouble(stream.group(5))).as("mean distance in ms of %s", table).isBetween(ptime - 0.5, ptime + 0.5);
            assertThat(Double.parseDouble(stream.group(8))).as("mean jitter in ms of %s", table).isLessThan(2);
            streams++;
        }
        assertThat(streams).as(table).isEqualTo(2);
    }
}
