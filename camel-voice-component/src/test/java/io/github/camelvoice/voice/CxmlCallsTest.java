package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.callback.Signature;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.Tones;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents in cXML, from a web server by forms, on calls from SIPp to SIPp. */
@Tag("peer")
class CxmlCallsTest {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    /** A request to the application. */
    private record Got(String method, String path, Map<String, String> form, String signature) {
    }

    @TempDir
    Path folder;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final List<VoiceEvent> events = new CopyOnWriteArrayList<>();
    private HttpServer web;
    private CamelContext context;

    @BeforeEach
    void start() throws Exception {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        web.createContext("/", this::serve);
        web.start();
        context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        int rtp = Peers.freePorts(80);
        component.setRtpPorts(rtp + "-" + (rtp + 79));
        component.setDrainTimeout(100);
        component.setRecordingsDir(folder.toString());
        component.setOutboundAllow("127.0.0.1");
        component.setProject("proj-1");
        component.getConfiguration().setSecretKey("key");
        context.addComponent("voice", component);
        context.start();
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", """
                - route:
                    from:
                      uri: voice:call?called=100
                      steps: [ { to: "voice:document?url=%s&request=cxml" } ]
                - route:
                    from:
                      uri: voice:callbacks
                      steps: [ { bean: { beanType: io.github.camelvoice.voice.VoiceCallbackPost } } ]
                """.formatted(url("/main"))));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> events.add(exchange.getMessage().getBody(VoiceEvent.class)));
            }
        });
    }

    @AfterEach
    void stop() {
        context.stop();
        web.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private void page(String path, String text) {
        pages.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String form = exchange.getRequestMethod().equals("GET") ? exchange.getRequestURI().getRawQuery() : body;
        if (!path.endsWith(".wav")) {
            got.add(new Got(exchange.getRequestMethod(), path, form(form), exchange.getRequestHeaders().getFirst(Signature.HEADER)));
        }
        byte[] page = pages.get(path);
        exchange.getResponseHeaders().set("Content-Type", path.endsWith(".wav") ? "audio/wav" : "application/xml");
        exchange.sendResponseHeaders(page == null ? 204 : 200, page == null ? -1 : page.length);
        if (page != null) {
            exchange.getResponseBody().write(page);
        }
        exchange.close();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = pair.split("=", 2);
            // a name that comes twice is seen: applications get a list of it
            form.merge(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8),
                    (one, other) -> one + "|" + other);
        }
        return form;
    }

    private Got asked(String path) {
        await().atMost(Duration.ofSeconds(20)).until(() -> got.stream().anyMatch(each -> each.path().equals(path)));
        return got.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
    }

    private int port() {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp");
    }

    private void ended(int calls) {
        await().atMost(Duration.ofSeconds(20)).until(() -> events.stream().filter(VoiceEvent.CallEnded.class::isInstance).count() == calls);
    }

    private static SippScenario waiting() {
        return SippScenario.start().invite().maybe(100, 180).expect(200).ack().takeRequest("BYE").respond("200 OK");
    }

    private static SippScenario answering(String invite, String... headers) {
        return SippScenario.start().takeInvite(invite).respond("180 Ringing")
                .respondWith("200 OK", SippScenario.start().sdp("sendrecv"), headers).takeRequest("ACK");
    }

    @Test
    void theLastExampleOfThePage() throws Exception {
        pages.put("/whisper.wav", Files.readAllBytes(Tones.write(folder.resolve("whisper.wav"), 8_000, 700, 1)));
        page("/whisper_audio", "<Response><Play>/whisper.wav</Play></Response>");
        page("/after_dial", "<Response><Hangup/></Response>");
        SippScenario dan = answering("customheader: foo", "X-Agent: dan").pause(2500).bye().expect(200);
        try (Sipp callee = Sipp.in(folder).answer(dan)) {
            page("/main", HEAD + """
                    <Response>
                    <Dial
                    record="record-from-answer"
                    callerId="alice"
                    method="GET"
                    action="%s">
                    <Sip
                    url="%s"
                    statusCallbackEvent='ringing answered'
                    statusCallback='%s'>
                    sip:dan@127.0.0.1:%d;transport=udp?customheader=foo
                    </Sip>
                    </Dial>
                    </Response>
                    """.formatted(url("/after_dial"), url("/whisper_audio"), url("/dial_events"), callee.port()));
            try (Sipp caller = Sipp.in(folder).call("100", port(), waiting())) {
                caller.mustSucceed();
            }
            callee.mustSucceed();
            assertThat(callee.messages()).contains("From: <sip:alice@").contains("X-Voice-CallSid: ").contains("X-Voice-AccountSid: proj-1")
                    .contains("X-Voice-ApiVersion: 2010-04-01");
        }
        ended(2);
        Got main = asked("/main");
        assertThat(main.form()).containsEntry("Direction", "inbound").containsEntry("AccountSid", "proj-1");
        String parent = main.form().get("CallSid");
        Got whisper = asked("/whisper_audio");
        assertThat(whisper.method()).isEqualTo("POST");
        assertThat(whisper.form()).containsEntry("SipHeader_X-Agent", "dan").containsEntry("ParentCallSid", parent).containsKey("SipCallId");
        assertThat(whisper.form().values()).noneMatch(value -> value.contains("|"));
        Got after = asked("/after_dial");
        assertThat(after.method()).isEqualTo("GET");
        assertThat(after.form()).containsEntry("CallSid", parent).containsEntry("DialCallStatus", "completed").containsEntry("DialBridged", "true")
                .containsEntry("DialSipResponseCode", "200").containsEntry("DialSipHeader_X-Agent", "dan")
                .containsEntry("DialCallSid", whisper.form().get("CallSid")).containsEntry("DialSipCallId", whisper.form().get("SipCallId"));
        assertThat(Integer.parseInt(after.form().get("DialCallDuration"))).isBetween(2, 4);
        assertThat(main.signature()).isNotEmpty();
        await().atMost(Duration.ofSeconds(20)).until(() -> got.stream().filter(each -> each.path().equals("/dial_events")).count() == 2);
        assertThat(got.stream().filter(each -> each.path().equals("/dial_events")).map(each -> each.form().get("CallStatus")))
                .containsExactly("ringing", "in-progress");
    }

    @Test
    void credentialsAreGivenWhenTheyAreAskedFor() throws Exception {
        SippScenario bob = SippScenario.start().takeInvite()
                .respond("401 Unauthorized", "WWW-Authenticate: Digest realm=\"127.0.0.1\",nonce=\"47ebe028\"")
                .takeRequest("ACK").takeAuthenticatedInvite("admin", "1234")
                .respondWith("200 OK", SippScenario.start().sdp("sendrecv")).takeRequest("ACK").pause(300).bye().expect(200);
        try (Sipp callee = Sipp.in(folder).answer(bob)) {
            page("/main", HEAD + "<Response>\n<Dial>\n<Sip username=\"admin\" password=\"1234\">sip:bob@127.0.0.1:" + callee.port()
                    + ";transport=udp</Sip>\n</Dial>\n</Response>");
            try (Sipp caller = Sipp.in(folder).call("100", port(), waiting())) {
                caller.mustSucceed();
            }
            callee.mustSucceed();
        }
        ended(2);
    }

    @Test
    void bareHeadersAreSentAsWritten() throws Exception {
        SippScenario charlie = answering("customheader: foo.*othercustomheader: bar").pause(300).bye().expect(200);
        try (Sipp callee = Sipp.in(folder).answer(charlie)) {
            page("/main", HEAD + "<Response>\n<Dial>\n<Sip>sip:charlie@127.0.0.1:" + callee.port()
                    + ";transport=udp?customheader=foo&othercustomheader=bar</Sip>\n</Dial>\n</Response>");
            try (Sipp caller = Sipp.in(folder).call("100", port(), waiting())) {
                caller.mustSucceed();
            }
            callee.mustSucceed();
        }
        ended(2);
    }

    @Test
    void whoDeclinesInTheWhisperIsNotConnected() throws Exception {
        declined("<Response><Hangup/></Response>");
    }

    @Test
    void aWhisperThatDialsIsRefused() throws Exception {
        declined("<Response><Dial><Sip>sip:premium@127.0.0.1;transport=udp</Sip></Dial></Response>");
    }

    private void declined(String whisper) throws Exception {
        page("/whisper", whisper);
        page("/after", "<Response><Reject/></Response>");
        SippScenario dan = answering(".*").takeRequest("BYE").respond("200 OK");
        try (Sipp callee = Sipp.in(folder).answer(dan)) {
            page("/main", "<Response><Dial answerOnBridge='true' action='/after'><Sip url='/whisper'>sip:dan@127.0.0.1:" + callee.port()
                    + ";transport=udp</Sip></Dial></Response>");
            try (Sipp caller = Sipp.in(folder).call("100", port(), SippScenario.start().invite().maybe(100, 180).expect(603).ackFailure())) {
                caller.mustSucceed();
            }
            callee.mustSucceed();
        }
        ended(2);
        assertThat(asked("/after").form()).containsEntry("DialBridged", "false").containsEntry("DialSipResponseCode", "200");
        assertThat(got).extracting(Got::path).containsExactly("/main", "/whisper", "/after");
    }

    @Test
    void aRefusalIsPassedOnToTheCaller() throws Exception {
        SippScenario busy = SippScenario.start().takeInvite().respond("486 Busy Here").takeRequest("ACK");
        try (Sipp callee = Sipp.in(folder).answer(busy)) {
            page("/main", "<Response><Dial answerOnBridge='true'><Sip>sip:dan@127.0.0.1:" + callee.port()
                    + ";transport=udp</Sip></Dial></Response>");
            try (Sipp caller = Sipp.in(folder).call("100", port(), SippScenario.start().invite().maybe(100, 180).expect(486).ackFailure())) {
                caller.mustSucceed();
            }
            callee.mustSucceed();
        }
        ended(2);
    }

    @Test
    void elevenSipsAreRefusedBeforeAnybodyRings() throws Exception {
        try (Sipp callee = Sipp.in(folder).limit(Duration.ofSeconds(3)).answer(SippScenario.start().takeInvite().respond("200 OK"))) {
            page("/main", "<Response><Dial>" + ("<Sip>sip:dan@127.0.0.1:" + callee.port() + ";transport=udp</Sip>").repeat(11)
                    + "</Dial></Response>");
            try (Sipp caller = Sipp.in(folder).call("100", port(), SippScenario.start().invite().maybe(100).expect(500).ackFailure())) {
                caller.mustSucceed();
            }
            assertThat(callee.messages()).doesNotContain("INVITE");
        }
        ended(1);
    }
}
