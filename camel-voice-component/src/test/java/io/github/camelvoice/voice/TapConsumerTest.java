package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The consumer of voice:tap: which calls it taps, what its exchanges are, and that a slow route costs audio alone. */
class TapConsumerTest extends VoiceRouteTest {

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void hangUp() {
        gate.countDown();
        engine.phones.forEach(FakePhone::hangsUp);
        eventually(() -> engine.registry.count() == 0);
    }

    private void taps(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap" + options).routeId("taps").process(exchange -> seen.add(exchange.copy()));
            }
        });
        inbound("", "- to: \"voice:call?operation=answer\"");
    }

    private VoiceTapConsumer voice() {
        return (VoiceTapConsumer) context.getRoute("taps").getConsumer();
    }

    private FakeTaps.Tap call(String called) {
        int before = engine.taps.started.size();
        engine.invite("alice", called);
        eventually(() -> engine.taps.started.size() > before);
        return engine.taps.last();
    }

    private static void frames(FakeTaps.Tap tap, Track track, int from, int to) {
        for (int i = from; i < to; i++) {
            byte[] frame = new byte[160];
            java.util.Arrays.fill(frame, (byte) i);
            tap.receiver.frame(track, frame, i, i * 20L);
        }
    }

    @Test
    void everyExchangeSaysWhatItIs() throws Exception {
        taps("?batch=100ms&direction=both");
        FakeTaps.Tap tap = call("hello");
        assertThat(tap.spec).usingRecursiveComparison().isEqualTo(TapSpec.to("route:taps").protocol(TapProtocol.ROUTE)
                .direction(TapDirection.BOTH).controlId(tap.spec.controlId()).build());
        frames(tap, Track.INBOUND, 0, 13);
        engine.taps.ends(tap, "call-ended");
        eventually(() -> seen.size() == 3);
        assertThat(seen).extracting(exchange -> exchange.getMessage().getBody(byte[].class).length).containsExactly(800, 800, 480);
        assertThat(seen.get(1).getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_ID, tap.call.callId())
                .containsEntry(VoiceConstants.TAP_CONTROL_ID, tap.spec.controlId()).containsEntry(VoiceConstants.TAP_TRACK, "mix")
                .containsEntry(VoiceConstants.TAP_SEQUENCE, 1L).containsEntry(VoiceConstants.TAP_TIMESTAMP, 100L)
                .containsEntry(VoiceConstants.TAP_DURATION, 100L).containsEntry(VoiceConstants.TAP_CODEC, "PCMU")
                .containsEntry(VoiceConstants.TAP_RATE, 8000).containsEntry(VoiceConstants.TAP_CHANNELS, 1)
                .containsEntry(VoiceConstants.FROM_USER, "alice").containsEntry(VoiceConstants.CALLED_USER, "hello")
                .containsEntry(VoiceConstants.DIRECTION, "INBOUND").doesNotContainKeys(VoiceConstants.TAP_LAST, VoiceConstants.TAP_GAP);
        assertThat(seen.get(2).getMessage().getHeaders()).containsEntry(VoiceConstants.TAP_LAST, true)
                .containsEntry(VoiceConstants.TAP_REASON, "call-ended");
        assertThat(seen.get(0).getMessage().getBody(InputStream.class)).hasBinaryContent(seen.get(0).getMessage().getBody(byte[].class));
        assertThat(seen.get(0).getMessage().getBody(ByteBuffer.class).remaining()).isEqualTo(800);
        eventually(() -> voice().getLiveTaps() == 0 && voice().getConsumedExchanges() == 3);
    }

    @Test
    void theFormThatTheOptionsSay() throws Exception {
        taps("?batch=20ms&direction=both&codec=L16&rate=16000&layout=stereo");
        FakeTaps.Tap tap = call("hello");
        assertThat(tap.spec.codec() + tap.spec.rate() + tap.spec.channels() + tap.spec.tracks()).isEqualTo("L16160002false");
        tap.receiver.frame(Track.INBOUND, new byte[1280], 0, 0);
        eventually(() -> seen.size() == 1);
        assertThat(seen.get(0).getMessage().getHeaders()).containsEntry(VoiceConstants.TAP_TRACK, "stereo")
                .containsEntry(VoiceConstants.TAP_CHANNELS, 2);
        WavAudio wav = seen.get(0).getMessage().getBody(WavAudio.class);
        assertThat(wav.bytes()).hasSize(1280 + 44);
        try (javax.sound.sampled.AudioInputStream sound = javax.sound.sampled.AudioSystem.getAudioInputStream(
                new java.io.ByteArrayInputStream(wav.bytes()))) {
            assertThat(sound.getFormat().getChannels()).isEqualTo(2);
            assertThat(sound.getFormat().getSampleRate()).isEqualTo(16000f);
            assertThat(sound.getFrameLength()).isEqualTo(320);
        }
    }

    @Test
    void tracksApart() throws Exception {
        taps("?batch=40ms&direction=both&layout=tracks");
        FakeTaps.Tap tap = call("hello");
        assertThat(tap.spec.tracks()).isTrue();
        frames(tap, Track.INBOUND, 0, 2);
        frames(tap, Track.OUTBOUND, 0, 2);
        engine.taps.ends(tap, "stopped");
        eventually(() -> seen.size() == 4);
        assertThat(seen).extracting(exchange -> exchange.getMessage().getHeader(VoiceConstants.TAP_TRACK)).containsExactlyInAnyOrder("inbound",
                "outbound", "inbound", "outbound");
        WavAudio wav = seen.get(0).getMessage().getBody(WavAudio.class);
        try (javax.sound.sampled.AudioInputStream sound = javax.sound.sampled.AudioSystem.getAudioInputStream(
                new java.io.ByteArrayInputStream(wav.bytes()))) {
            assertThat(sound.getFormat().getEncoding()).isEqualTo(javax.sound.sampled.AudioFormat.Encoding.ULAW);
            assertThat(sound.getFrameLength()).isEqualTo(320);
        }
    }

    @Test
    void onlyCallsThatMatch() throws Exception {
        taps("?called=support*&calling=alice");
        hears(engine.invite("alice", "other"), "200");
        hears(engine.invite("bob", "support"), "200");
        assertThat(call("support-2").call.calledUri()).contains("support-2");
        assertThat(engine.taps.started).hasSize(1);
    }

    @Test
    void callsThatWePlace() throws Exception {
        taps("?calls=outbound&called=bob");
        hears(engine.invite("alice", "hello"), "200");
        template.asyncSend("voice:call:bob@127.0.0.1", exchange -> { });
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        eventually(() -> engine.taps.started.size() == 1);
        assertThat(engine.taps.last().call.calledUri()).isEqualTo("sip:bob@127.0.0.1");
    }

    @Test
    void aProducerSendsToAName() throws Exception {
        taps(":desk?batch=20ms&codec=PCMA");
        engine.invite("alice", "hello");
        eventually(() -> engine.toldKinds().contains("call-answered"));
        assertThat(engine.taps.started).isEmpty();
        String id = engine.registry.live().iterator().next().id();
        Exchange done = template.send("voice:tap?uri=route:desk&direction=listen&tag=x&controlId=c&callId=" + id, exchange -> { });
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getHeaders()).containsEntry("CamelVoiceTapResult", "success").containsEntry("CamelVoiceTapCodec", "PCMA");
        FakeTaps.Tap tap = engine.taps.last();
        assertThat(tap.spec).usingRecursiveComparison().isEqualTo(TapSpec.to("route:desk").protocol(TapProtocol.ROUTE).codec("PCMA")
                .direction(TapDirection.LISTEN).controlId("c").tag("x").build());
        frames(tap, Track.OUTBOUND, 0, 1);
        eventually(() -> seen.size() == 1);
        assertThat(seen.get(0).getMessage().getHeader(VoiceConstants.TAP_TRACK)).isEqualTo("outbound");
        assertThatThrownBy(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap:desk?batch=2s").to("log:x");
            }
        })).hasStackTraceContaining("there are two consumers voice:tap:desk");
        context.getRouteController().stopRoute("taps");
        assertThat(tap.runs()).isFalse();
        assertThat(template.send("voice:tap?uri=route:desk&callId=" + id, exchange -> { }).getException())
                .hasMessageContaining("there is no consumer");
    }

    @Test
    void anExchangeOfTheConsumerIsNoOrderForAnotherTap() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap?batch=20ms&codec=PCMA").routeId("taps").to("voice:tap?uri=ws://127.0.0.1:9/");
            }
        });
        inbound("", "- to: \"voice:call?operation=answer\"");
        frames(call("hello"), Track.INBOUND, 0, 1);
        eventually(() -> engine.taps.started.size() == 2);
        assertThat(engine.taps.last().spec).usingRecursiveComparison().isEqualTo(TapSpec.to("ws://127.0.0.1:9/").build());
    }

    @Test
    void aSlowRouteCostsAudioAndNothingElse() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap?batch=20ms&buffer=100ms").routeId("taps").process(exchange -> {
                    gate.await();
                    seen.add(exchange.copy());
                });
            }
        });
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakeTaps.Tap tap = call("hello");
        frames(tap, Track.INBOUND, 0, 1);
        eventually(() -> voice().getWaitingExchanges() == 1);
        frames(tap, Track.INBOUND, 1, 50);
        assertThat(voice().getDroppedMillis()).isPositive();
        FakeTaps.Tap other = call("hello");
        frames(other, Track.INBOUND, 0, 1);
        gate.countDown();
        eventually(() -> voice().getWaitingExchanges() == 0);
        assertThat(seen).anySatisfy(exchange -> assertThat(exchange.getMessage().getHeader(VoiceConstants.TAP_GAP, Long.class)).isPositive());
        long millis = seen.stream().filter(exchange -> tap.spec.controlId().equals(exchange.getMessage().getHeader(VoiceConstants.TAP_CONTROL_ID)))
                .mapToLong(exchange -> exchange.getMessage().getHeader(VoiceConstants.TAP_DURATION, Long.class)).sum();
        assertThat(millis + voice().getDroppedMillis()).isEqualTo(1000);
    }

    @Test
    void aFailingRouteGoesOn() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:tap?batch=20ms").routeId("taps").process(exchange -> {
                    seen.add(exchange.copy());
                    throw new NoClassDefFoundError("missing/Library");
                });
            }
        });
        inbound("", "- to: \"voice:call?operation=answer\"");
        frames(call("hello"), Track.INBOUND, 0, 3);
        eventually(() -> seen.size() == 3);
    }

    @Test
    void suspendAndResume() throws Exception {
        taps("?batch=20ms&buffer=100ms");
        FakeTaps.Tap tap = call("hello");
        frames(tap, Track.INBOUND, 0, 2);
        eventually(() -> seen.size() == 2);
        context.getRouteController().suspendRoute("taps");
        frames(tap, Track.INBOUND, 2, 20);
        hears(engine.invite("alice", "hello"), "200");
        assertThat(seen).hasSize(2);
        context.getRouteController().resumeRoute("taps");
        eventually(() -> seen.size() == 7);
        assertThat(seen.get(2).getMessage().getHeader(VoiceConstants.TAP_GAP)).isEqualTo(260L);
        assertThat(call("hello").runs()).isTrue();
    }

    @Test
    void aRouteThatStopsHasWhatThereIs() throws Exception {
        taps("?batch=1s");
        FakeTaps.Tap tap = call("hello");
        frames(tap, Track.INBOUND, 0, 70);
        context.getRouteController().stopRoute("taps");
        assertThat(tap.runs()).isFalse();
        assertThat(seen).hasSize(2);
        assertThat(seen.get(1).getMessage().getHeaders()).containsEntry(VoiceConstants.TAP_LAST, true)
                .containsEntry(VoiceConstants.TAP_REASON, "stopped");
        assertThat(seen.get(1).getMessage().getBody(byte[].class)).hasSize(160 * 20);
    }

    @Test
    void aTapThatIsRefused() throws Exception {
        engine.taps.refusal = new TapException(TapException.Kind.BUSY, "no more taps");
        taps("");
        List<String> told = new CopyOnWriteArrayList<>();
        voice().setExceptionHandler(new org.apache.camel.support.LoggingExceptionHandler(context, TapConsumerTest.class) {
            @Override
            public void handleException(String message, Throwable exception) {
                told.add(message);
            }
        });
        hears(engine.invite("alice", "hello"), "200");
        eventually(() -> told.size() == 1);
        assertThat(told.get(0)).contains("could not be tapped: no more taps");
        assertThat(voice().getLiveTaps()).isZero();
    }

    @Test
    void healthConsoleAndPooledExchanges() throws Exception {
        context.getCamelContextExtension().setExchangeFactory(new org.apache.camel.impl.engine.PooledExchangeFactory());
        taps("?batch=20ms");
        FakeTaps.Tap tap = call("hello");
        frames(tap, Track.INBOUND, 0, 30);
        eventually(() -> seen.size() == 30);
        assertThat(HealthCheckHelper.invoke(context, "full").stream().filter(each -> each.getCheck().getId().equals("consumer:taps")).findFirst()
                .orElseThrow().getDetails()).containsEntry("taps.live", 1).containsEntry("taps.consumed", 30L);
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("voice");
        assertThat((String) console.call(DevConsole.MediaType.TEXT, Map.of())).contains("inboundLevel=-20").contains("consumed=30");
        assertThat(console.call(DevConsole.MediaType.JSON, Map.of()).toString()).contains("liveTaps=1");
    }
}
