package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingPort;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.voice.VoiceComponent;
import io.github.camelvoice.voice.VoiceConstants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route speaks the texts of documents, and recordings are sent to an endpoint by its name. */
class SpeechRouteTest {

    private static final double TONE = 800;

    @TempDir
    Path folder;
    private final List<String> spoken = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private CamelContext context;
    private EngineRig phone;

    @BeforeEach
    void start() throws Exception {
        byte[] tone = Files.readAllBytes(Tones.write(folder.resolve("tone.wav"), 16_000, TONE, 1));
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        int rtp = Peers.freePorts(40);
        component.setRtpPorts(rtp + "-" + (rtp + 39));
        component.setRecordingsDir(folder.resolve("recordings").toString());
        component.setSpeech("direct:speak");
        component.setRecordingTargets("archive=file:" + folder.resolve("archive") + " broken=direct:broken");
        context = new DefaultCamelContext();
        context.addComponent("voice", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:speak").process(exchange -> {
                    String text = exchange.getMessage().getBody(String.class);
                    spoken.add(exchange.getMessage().getHeader(VoiceConstants.SPEECH_LANGUAGE) + " "
                            + exchange.getMessage().getHeader(VoiceConstants.SPEECH_VOICE) + " " + text);
                    exchange.getMessage().setBody(text.equals("lie") ? "no audio".getBytes() : tone);
                });
                from("direct:broken").process(exchange -> {
                    attempts.incrementAndGet();
                    assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class)).endsWith(".wav");
                    throw new IllegalStateException("secret of the endpoint");
                });
                from("voice:events").to("log:events?level=OFF");
            }
        });
        context.start();
        phone = EngineRig.start(config -> config);
    }

    @AfterEach
    void stop() {
        phone.close();
        context.stop();
    }

    private VoiceEngine engine() {
        return context.getComponent("voice", VoiceComponent.class).runningVoiceEngine();
    }

    /** An outbound call to the phone, which records and plays a tone. */
    private Call call() throws Exception {
        phone.on("bob", EngineRig.ANSWER);
        Call call = engine().calls().place(new PlaceCall(new OutboundLeg(
                "sip:bob@127.0.0.1:" + phone.port(), null, null, null, null, null, 0, SipHeaders.none()), List.of(),
                Duration.ofSeconds(20), Duration.ofMinutes(1)));
        EngineRig.answered(call);
        return call;
    }

    @Test
    void aRouteSpeaksOnceWhatIsSaidTwice() throws Exception {
        Call call = call();
        Path heard = folder.resolve("heard.wav");
        EngineRig.run(phone.inbound(), new CallCommand.StartRecording(new RecordTarget(heard, RecordTarget.Layout.STEREO, Duration.ofSeconds(20))));
        Document document = engine().documents().read("test", "<Response><Say voice='Polly.Brian'>Hello <!-- x -->there</Say>"
                + "<Say voice='Polly.Brian'>Hello there</Say><Say>lie</Say></Response>");
        engine().documents().run(call, document, RunOptions.standard()).done().toCompletableFuture().get(30, TimeUnit.SECONDS);
        phone.event(phone.inbound(), VoiceEvent.RecordingEnded.class);
        Tones.Audio audio = Tones.read(heard).channel(0);
        assertThat(audio.presence(TONE) * audio.seconds()).isBetween(1.4, 2.6);
        assertThat(spoken).containsExactly("en-GB Polly.Brian Hello there", "en-US null lie");
    }

    @Test
    void aRecordingGoesToTheEndpointBehindAName() throws Exception {
        Call call = call();
        phone.inbound().execute(new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(folder.resolve("tone.wav")), 0)));
        RecordingPort.Running kept = record(call, "archive");
        Path archived = folder.resolve("archive").resolve(kept.id() + ".wav");
        await().atMost(EngineRig.PATIENCE).until(() -> state(kept.id()).equals("done"));
        assertThat(Files.readAllBytes(archived)).isEqualTo(Files.readAllBytes(engine().recordings().shelf().wav(kept.id())));
        RecordingPort.Running broken = record(call, "broken");
        await().atMost(EngineRig.PATIENCE).until(() -> attempts.get() > 0
                && engine().recordings().find(broken.id()).orElseThrow().upload().attempts() > 0);
        assertThat(state(broken.id())).isEqualTo("pending");
        assertThat(engine().recordings().find(broken.id()).orElseThrow().upload().detail()).doesNotContain("secret");
        RecordingPort.Running nowhere = record(call, "direct:broken");
        await().atMost(EngineRig.PATIENCE).until(() -> state(nowhere.id()).equals("failed"));
        assertThat(attempts).hasValue(1);
        EngineRig.run(call, EngineRig.HANG_UP);
    }

    private String state(String sid) {
        return engine().recordings().find(sid).orElseThrow().upload().state();
    }

    private RecordingPort.Running record(Call call, String target) throws Exception {
        RecordingPort.Running running = engine().recordings().start(call, new RecordingOrder(RecordingOrder.Tracks.HEARD, false, false, 1, 0,
                RecordingOrder.STARTED, null, new RecordingOrder.Storage(target, "POST")));
        running.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        return running;
    }
}
