package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.VoiceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Camel contexts call each other with real SIP and RTP over loopback. */
class EndToEndTest {

    @TempDir
    Path folder;
    private final List<VoiceEvent> events = new CopyOnWriteArrayList<>();
    private CamelContext server;
    private CamelContext client;

    @BeforeEach
    void start() throws Exception {
        server = context("s", 36000);
        client = context("c", 38000);
        Path wav = folder.resolve("prompt.wav");
        byte[] pcm = new byte[8000];
        for (int i = 0; i < pcm.length / 2; i++) {
            short sample = (short) (8000 * Math.sin(2 * Math.PI * 440 * i / 8000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        AudioSystem.write(new AudioInputStream(new java.io.ByteArrayInputStream(pcm), format, pcm.length / 2), AudioFileFormat.Type.WAVE, wav.toFile());
    }

    private CamelContext context(String node, int rtp) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setNodeId(node);
        component.setSipPort(0);
        component.setRtpPorts(rtp + "-" + (rtp + 1000));
        component.setRecordingsDir(folder.resolve(node).toString());
        component.setDrainTimeout(100);
        context.addComponent("voice", component);
        context.start();
        return context;
    }

    @AfterEach
    void stop() {
        client.stop();
        server.stop();
    }

    private void serve(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(server).loadRoutes(ResourceHelper.fromString("server.yaml", yaml));
        server.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> events.add(exchange.getMessage().getBody(VoiceEvent.class)));
            }
        });
    }

    private String at(String user, String transport) {
        return "sip:" + user + "@127.0.0.1:" + server.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp")
                + ";transport=" + transport;
    }

    private Exchange call(String operation, Map<String, Object> headers) {
        return client.createProducerTemplate().send("voice:call" + operation, exchange -> exchange.getMessage().getHeaders().putAll(headers));
    }

    @Test
    void aYamlRouteAnswersPlaysRecordsAndHangsUp() throws Exception {
        serve("""
                - route:
                    from:
                      uri: voice:call?called=hello
                      steps:
                        - to: voice:call?operation=ring
                        - to: voice:call?operation=answer
                        - to: voice:call?operation=startRecording&file=one.wav
                        - to: voice:call?operation=play&source=RAW(%s)
                        - to: voice:call?operation=stopRecording
                        - to: voice:call?operation=hangup
                """.formatted(folder.resolve("prompt.wav")));
        Exchange over = call("?waitFor=completed", Map.of(VoiceConstants.TARGET, at("hello", "udp"), "CamelVoiceSetSipHeader.Subject", "hi"));
        assertThat(over.getException()).isNull();
        assertThat(over.getMessage().getHeaders()).containsEntry(VoiceConstants.CAUSE, "normal").containsEntry(VoiceConstants.ENDED_BY, "REMOTE")
                .containsEntry(VoiceConstants.CODEC, "PCMU");
        await().until(() -> !events.isEmpty() && events.get(events.size() - 1) instanceof VoiceEvent.CallEnded);
        assertThat(events).extracting(event -> event.kind().label()).containsExactly("call-received", "call-ringing", "call-answered",
                "recording-started", "play-started", "play-ended", "recording-ended", "call-ended");
        assertThat(events).extracting(event -> event.head().sequence()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(((VoiceEvent.CallEnded) events.get(7)).sent().packets()).isBetween(20L, 30L);
        assertThat(Files.size(folder.resolve("s/one.wav"))).isGreaterThan(4000);
    }

    @Test
    void failuresComeOverTheWire() throws Exception {
        serve("- route: { from: { uri: voice:call?called=busy, steps: [ { to: voice:call?operation=reject&code=486&reason=Q.850%3Bcause=17 } ] } }");
        Exchange busy = call("", Map.of(VoiceConstants.TARGET, at("busy", "tcp")));
        assertThat(busy.getException()).isInstanceOf(VoiceBusyException.class);
        assertThat(busy.getMessage().getHeaders()).containsEntry(VoiceConstants.SIP_CODE, 486).containsEntry(VoiceConstants.SIP_REASON, "Q.850;cause=17");
        assertThat(call("", Map.of(VoiceConstants.TARGET, at("nobody", "udp"))).getException()).isInstanceOf(VoiceRejectedException.class)
                .hasMessageContaining("404");
        assertThat(call("", Map.of(VoiceConstants.TARGET, "sip:x@127.0.0.1:9;transport=tcp")).getException())
                .isInstanceOf(VoiceTransportException.class);
        assertThat(call("", Map.of(VoiceConstants.TARGET, "sip:%%%")).getException()).isInstanceOf(VoiceRequestException.class);
        assertThat(call("", Map.of(VoiceConstants.TARGET, at("busy", "udp"), "CamelVoiceSetSipHeader.Call-ID", "x")).getException())
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("Call-ID");
        assertThat(call("", Map.of(VoiceConstants.TARGET, at("busy", "udp"), VoiceConstants.CODECS, "MP3")).getException())
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("MP3");
    }

    @Test
    void callsAreBridgedThroughAThirdParty() throws Exception {
        serve("""
                - route:
                    from:
                      uri: voice:call?called=desk
                      steps:
                        - setHeader: { name: CamelVoiceTarget, simple: "sip:hello@127.0.0.1:${header[CamelVoiceSipHeader.X-Port]}" }
                        - to: voice:call?bridge=true
                - route:
                    from: { uri: voice:call?called=hello, steps: [ { to: voice:call?operation=answer }, { to: voice:call?operation=echo } ] }
                """);
        String port = at("x", "udp").replaceAll(".*:(\\d+);.*", "$1");
        Exchange answered = call("", Map.of(VoiceConstants.TARGET, at("desk", "udp"), "CamelVoiceSetSipHeader.X-Port", port));
        assertThat(answered.getException()).isNull();
        await().until(() -> events.stream().filter(VoiceEvent.Bridged.class::isInstance).count() == 2);
        Map<String, Object> callId = Map.of(VoiceConstants.CALL_ID, answered.getMessage().getHeader(VoiceConstants.CALL_ID));
        assertThat(call("?operation=sendDtmf&digits=42", callId).getException()).isNull();
        assertThat(call("?operation=hangup", callId).getException()).isNull();
        await().until(() -> events.stream().filter(VoiceEvent.CallEnded.class::isInstance).count() == 3);
        assertThat(events.stream().filter(VoiceEvent.DtmfReceived.class::isInstance).map(event -> ((VoiceEvent.DtmfReceived) event).digit()))
                .contains("4", "2");
    }
}
