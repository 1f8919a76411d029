package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.TestPki;
import io.github.camelvoice.testkit.Tones;
import io.github.camelvoice.voice.VoiceComponent;
import io.github.camelvoice.voice.VoiceConstants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** A softphone, baresip, talks with YAML routes. */
@Tag("peer")
class PhoneRouteTest {

    private static final double OURS = 1000;
    private static final String ROUTES = """
            - route:
                from:
                  uri: voice:call?called=hello
                  steps:
                    - to: voice:call?operation=answer
                    - to: voice:call?operation=startRecording&file=hello.wav&layout=STEREO
                    - to: voice:call?operation=play&source=RAW(@TONE@)
                    - to: voice:call?operation=stopRecording
                    - to: voice:call?operation=hangup
            - route:
                from:
                  uri: voice:call?called=menu
                  steps:
                    - to: voice:call?operation=answer
                    - to: voice:call?operation=play&source=RAW(@TONE@)&repeat=0&wait=false
            - route:
                from:
                  uri: voice:events?kinds=dtmf
                  steps:
                    - choice:
                        when:
                          - simple: "${body.digit} == '1'"
                            steps:
                              - to: voice:call?operation=stopPlay
                              - to: voice:call?operation=echo
                          - simple: "${body.digit} == '9'"
                            steps:
                              - to: voice:call?operation=hangup
            """;

    @TempDir
    Path folder;
    private final List<VoiceEvent> events = new CopyOnWriteArrayList<>();
    private CamelContext context;
    private TestPki pki;
    private int port;

    @BeforeEach
    void start() throws Exception {
        pki = TestPki.create(folder);
        Path tone = Tones.write(folder.resolve("tone.wav"), 16_000, OURS, 2);
        int rtp = Peers.freePorts(40);
        VoiceComponent component = new VoiceComponent();
        port = Peers.freePort();
        component.setSipPort(port);
        component.setRtpPorts(rtp + "-" + (rtp + 39));
        component.setRecordingsDir(folder.toString());
        context = new DefaultCamelContext();
        context.addComponent("voice", component);
        context.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> events.add(exchange.getMessage().getBody(VoiceEvent.class)));
            }
        });
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", ROUTES.replace("@TONE@", tone.toString())));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + port;
    }

    private <T extends VoiceEvent> T event(Class<T> kind) {
        await(kind.getSimpleName()).atMost(Duration.ofSeconds(20)).until(() -> events.stream().anyMatch(kind::isInstance));
        return events.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }

    @Test
    void thePhoneHearsTheGreetingAndIsRecorded() {
        try (Baresip phone = Baresip.start(folder, pki, "G722", "auto")) {
            phone.dial(uri("hello"));
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(phone.heard().presence(OURS)).isGreaterThan(0.7);
            Tones.Audio recorded = Tones.read(Path.of(event(VoiceEvent.RecordingEnded.class).file()));
            assertThat(recorded.channel(0).presence(Baresip.TONE)).isGreaterThan(0.7);
            assertThat(recorded.channel(1).presence(OURS)).isGreaterThan(0.7);
            VoiceEvent.CallEnded end = event(VoiceEvent.CallEnded.class);
            assertThat(end.received().packets()).isGreaterThan(80);
            assertThat(end.sent().packets()).isBetween(95L, 110L);
        }
    }

    @Test
    void thePhoneUsesAMenu() {
        try (Baresip phone = Baresip.start(folder, pki, "PCMU", "auto")) {
            phone.dial(uri("menu"));
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            phone.awaitSeconds(1);
            phone.press("1");
            event(VoiceEvent.EchoStarted.class);
            phone.awaitSeconds(phone.heard().seconds() + 1);
            phone.press("9");
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(phone.heard().presence(OURS)).isBetween(0.2, 0.8);
            assertThat(phone.heard().presence(Baresip.TONE)).isGreaterThan(0.2);
        }
    }

    @Test
    void aRouteCallsThePhoneAndPlaysToIt() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:call").to("voice:call?waitFor=answered")
                        .to("voice:call?operation=play&source=RAW(" + folder.resolve("tone.wav") + ")").to("voice:call?operation=hangup");
            }
        });
        try (Baresip phone = Baresip.start(folder, pki, "PCMA", "auto")) {
            Exchange done = context.createProducerTemplate().send("direct:call",
                    exchange -> exchange.getMessage().setHeader(VoiceConstants.TARGET, "sip:phone@127.0.0.1:" + phone.port()));
            assertThat(done.getException()).isNull();
            phone.awaitEvent("CALL_CLOSED", 1);
            assertThat(phone.heard().presence(OURS)).isGreaterThan(0.6);
        }
    }
}
