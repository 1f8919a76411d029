package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.media.codec.G711;
import io.github.camelvoice.testkit.BotServer;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.voice.VoiceComponent;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceForbiddenException;
import io.github.camelvoice.voice.VoiceRequestException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes with voice:tap on real calls: the caller says 600 Hz, the route plays 1500 Hz, and both are where they were sent. */
class TapRoutesTest {

    private static final double SAID = 600;
    private static final double PLAYED = 1500;

    @TempDir
    Path folder;
    private final List<Exchange> results = new CopyOnWriteArrayList<>();
    private CamelContext server;
    private CamelContext client;
    private String callId;

    @BeforeEach
    void start() throws Exception {
        server = context("s", 40000);
        client = context("c", 42000);
        Tones.write(folder.resolve("said.wav"), 8000, SAID, 20);
        Tones.write(folder.resolve("played.wav"), 8000, PLAYED, 20);
    }

    private static CamelContext context(String node, int rtp) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setNodeId(node);
        component.setSipPort(0);
        component.setRtpPorts(rtp + "-" + (rtp + 1000));
        component.setDrainTimeout(100);
        component.setOutboundAllow("127.0.0.1");
        context.addComponent("voice", component);
        context.start();
        return context;
    }

    @AfterEach
    void stop() {
        if (callId != null) {
            hangUp();
        }
        client.stop();
        server.stop();
    }

    private void serve(String... steps) throws Exception {
        StringBuilder yaml = new StringBuilder("- from:\n    uri: voice:call\n    steps:\n      - to: voice:call?operation=answer\n"
                + "      - to: \"voice:call?operation=play&repeat=0&wait=false&source=RAW(" + folder.resolve("played.wav") + ")\"\n");
        for (String step : steps) {
            yaml.append("      - to: \"").append(step).append("\"\n      - to: direct:result\n");
        }
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:result").process(exchange -> results.add(exchange.copy()));
            }
        });
        PluginHelper.getRoutesLoader(server).loadRoutes(ResourceHelper.fromString("server.yaml", yaml.toString()));
    }

    private void call() {
        int port = server.getComponent("voice", VoiceComponent.class).runningVoiceEngine().bindings().sipPort();
        Exchange placed = client.createProducerTemplate().send("voice:call", exchange -> exchange.getMessage().setHeader(VoiceConstants.TARGET,
                "sip:tapped@127.0.0.1:" + port));
        assertThat(placed.getException()).isNull();
        callId = placed.getMessage().getHeader(VoiceConstants.CALL_ID, String.class);
        assertThat(client.createProducerTemplate().send("voice:call?operation=play&repeat=0&wait=false&source=RAW("
                + folder.resolve("said.wav") + ")",
                exchange -> exchange.getMessage().setHeader(VoiceConstants.CALL_ID, callId)).getException()).isNull();
    }

    private void hangUp() {
        client.createProducerTemplate().send("voice:call?operation=hangup", exchange -> exchange.getMessage()
                .setHeader(VoiceConstants.CALL_ID, callId));
    }

    /** To an endpoint of the server, with the id of its call. */
    private Exchange send(String uri, Object tapped) {
        return server.createProducerTemplate().send(uri, exchange -> exchange.getMessage().setHeader(VoiceConstants.CALL_ID, tapped));
    }

    private static Tones.Audio linear(byte[] bytes, int rate, int channels) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return new Tones.Audio(rate, channels, samples);
    }

    private static Tones.Audio g711(byte[] bytes) {
        short[] samples = new short[bytes.length];
        G711.mulaw().decode(bytes, 0, bytes.length, samples, 0);
        return new Tones.Audio(8000, 1, samples);
    }

    private static void isThere(Tones.Audio audio, double frequency, double absent) {
        assertThat(audio.amplitude(frequency)).isGreaterThan(6000);
        assertThat(audio.amplitude(absent)).isLessThan(300);
    }

    @Test
    void aCallIsTappedThreeTimesAtOnce() throws Exception {
        try (RtpEar ear = new RtpEar(); BotServer bot = BotServer.start()) {
            Path file = folder.resolve("both.s16");
            server.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("voice:tap?direction=both&layout=stereo&codec=L16&rate=16000&batch=200ms")
                            .to("file:" + folder + "?fileName=both.s16&fileExist=Append")
                            .filter(header(VoiceConstants.TAP_LAST).isNotNull()).to("direct:result");
                }
            });
            serve("voice:tap?uri=" + ear.uri() + "&codec=PCMA&rtpPtime=40&controlId=rtp",
                    "voice:tap?direction=listen&codec=L16&rate=8000&accessToken=secret&upgradeHeaders=X-Desk=7&uri=" + bot.url("/media"),
                    "voice:tap?operation=list");
            call();
            await().until(() -> ear.packets.size() >= 40 && bot.binaries().size() >= 60 && results.size() >= 3);
            assertThat(results.get(0).getMessage().getHeaders()).containsEntry("CamelVoiceTapResult", "success")
                    .containsEntry("CamelVoiceTapRtpSrcAddr", "127.0.0.1").containsEntry("CamelVoiceTapRtpSrcPort", ear.packets.get(0).port())
                    .containsEntry("CamelVoiceTapPtime", 40).containsEntry("CamelVoiceTapCodec", "PCMA").containsEntry("CamelVoiceTapRate", 8000);
            assertThat(results.get(2).getMessage().getBody(String.class)).contains("\"rtp\"", "\"protocol\":\"raw\"", "\"protocol\":\"route\"");
            hangUp();
            await().until(() -> results.size() == 4);
            assertThat(ear.packets).allSatisfy(packet -> {
                assertThat(packet.payloadType()).isEqualTo(8);
                assertThat(packet.payload()).hasSize(320);
            });
            short[] said = new short[ear.audio().length];
            G711.alaw().decode(ear.audio(), 0, said.length, said, 0);
            isThere(new Tones.Audio(8000, 1, said), SAID, PLAYED);
            assertThat(bot.requests().get(0).headers().get("Authorization")).isEqualTo("Bearer secret");
            assertThat(bot.requests().get(0).headers().get("X-Desk")).isEqualTo("7");
            java.io.ByteArrayOutputStream heard = new java.io.ByteArrayOutputStream();
            bot.binaries().forEach(heard::writeBytes);
            isThere(linear(heard.toByteArray(), 8000, 1), PLAYED, SAID);
            Tones.Audio both = linear(Files.readAllBytes(file), 16000, 2);
            isThere(both.channel(0), SAID, PLAYED);
            isThere(both.channel(1), PLAYED, SAID);
        }
    }

    @Test
    void tracksGoToFilesOfTheirOwnByName() throws Exception {
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap:desk?layout=tracks&batch=20ms")
                        .to("file:" + folder + "?fileName=${header.CamelVoiceTapTrack}.ulaw&fileExist=Append")
                        .filter(header(VoiceConstants.TAP_LAST).isNotNull()).to("direct:result");
            }
        });
        serve("voice:tap?uri=route:desk&direction=both");
        call();
        Path inbound = folder.resolve("inbound.ulaw");
        await().until(() -> Files.exists(inbound) && Files.size(inbound) > 160 * 60);
        hangUp();
        await().until(() -> results.size() == 3);
        assertThat(results.get(1).getMessage().getHeader(VoiceConstants.TAP_REASON)).isEqualTo("call-ended");
        isThere(g711(Files.readAllBytes(inbound)), SAID, PLAYED);
        isThere(g711(Files.readAllBytes(folder.resolve("outbound.ulaw"))), PLAYED, SAID);
    }

    @Test
    @Tag("peer")
    void soxAndFfmpegHearTheTone() throws Exception {
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap?batch=200ms").to("file:" + folder + "?fileName=call.ulaw&fileExist=Append")
                        .filter(header(VoiceConstants.TAP_LAST).isNotNull()).to("direct:result");
                from("voice:tap?direction=both&layout=stereo&batch=1s").convertBodyTo(io.github.camelvoice.voice.WavAudio.class)
                        .to("file:" + folder + "?fileName=${header.CamelVoiceTapSequence}.wav");
            }
        });
        serve();
        call();
        await().until(() -> Files.exists(folder.resolve("0.wav")) && Files.exists(folder.resolve("1.wav")));
        hangUp();
        await().until(() -> results.size() == 1);
        run("sox", "-t", "ul", "-r", "8000", "-c", "1", "call.ulaw", "-b", "16", "-e", "signed-integer", "sox.wav");
        isThere(Tones.read(folder.resolve("sox.wav")), SAID, PLAYED);
        run("ffmpeg", "-loglevel", "error", "-i", "1.wav", "-acodec", "pcm_s16le", "ffmpeg.wav");
        isThere(Tones.read(folder.resolve("ffmpeg.wav")).channel(0), SAID, PLAYED);
        isThere(Tones.read(folder.resolve("ffmpeg.wav")).channel(1), PLAYED, SAID);
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(new String(process.getInputStream().readAllBytes())).isZero();
    }

    @Test
    void statusEventsComeToTheRouteThatDeliversThem() throws Exception {
        serve("direct:nothing");
        List<String> told = new CopyOnWriteArrayList<>();
        server.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:nothing").log("answered");
            }
        });
        call();
        await().until(() -> results.size() == 1);
        Object tapped = results.get(0).getMessage().getHeader(VoiceConstants.CALL_ID);
        try (RtpEar ear = new RtpEar()) {
            String uri = "voice:tap?statusUrl=crm&tag=t-1&controlId=one&uri=" + ear.uri();
            assertThat(send(uri, tapped).getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("voice:callbacks");
            server.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("voice:callbacks?targets=crm").process(exchange -> told.add(exchange.getMessage().getBody(String.class)));
                }
            });
            assertThat(send(uri, tapped).getException()).isNull();
            await().until(() -> told.size() == 1);
            hangUp();
            await().until(() -> told.size() == 2);
        }
        assertThat(told).allSatisfy(json -> assertThat(json).contains("\"calling.call.tap\"", "\"control_id\":\"one\"", "\"tag\":\"t-1\"",
                "\"call_id\":\"" + tapped + "\"", "\"direction\":\"speak\""));
        assertThat(told.get(0)).contains("\"state\":\"tapping\"");
        assertThat(told.get(1)).contains("\"state\":\"finished\"");
    }

    @Test
    void aFarEndThatBreaksDownAndOneThatIsNotThere() throws Exception {
        try (BotServer bot = BotServer.start()) {
            server.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:lost").setBody(constant("lost")).to("direct:result");
                }
            });
            serve("voice:tap?reconnect=false&onSinkLoss=direct:lost&uri=" + bot.url("/"), "voice:tap?uri=ws://127.0.0.1:1/");
            call();
            await().until(() -> results.size() == 2 && !bot.binaries().isEmpty());
            assertThat(results.get(1).getMessage().getHeaders()).containsEntry("CamelVoiceTapResult", "failed").containsKey("CamelVoiceTapReason");
            bot.closeSockets(1011);
            await().until(() -> results.size() == 3);
            assertThat(results.get(2).getMessage().getBody()).isEqualTo("lost");
            assertThat(results.get(2).getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_ID, results.get(0).getMessage()
                    .getHeader(VoiceConstants.CALL_ID)).containsEntry(VoiceConstants.TAP_CONTROL_ID, results.get(0).getMessage()
                    .getHeader(VoiceConstants.TAP_CONTROL_ID)).containsKey(VoiceConstants.TAP_REASON);
            assertThat(send("voice:tap?uri=ws://10.0.0.1/", results.get(0).getMessage().getHeader(VoiceConstants.CALL_ID)).getException())
                    .isInstanceOf(VoiceForbiddenException.class);
        }
    }
}
