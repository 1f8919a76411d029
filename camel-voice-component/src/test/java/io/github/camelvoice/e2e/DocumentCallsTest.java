package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Ending;
import io.github.camelvoice.document.Execution;
import io.github.camelvoice.document.Outcome;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.testkit.Tones;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a web server, executed on calls between two engines. */
class DocumentCallsTest {

    private static final double TONE = 700;

    @TempDir
    Path folder;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private HttpServer web;
    private EngineRig here;
    private EngineRig phone;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST")) {
                requests.add(new ObjectMapper().readTree(body));
            }
            byte[] page = pages.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
            if (page != null) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        web.start();
        here = EngineRig.start(config -> config.outboundAllow("127.0.0.1").project("docs"));
        phone = EngineRig.start(config -> config);
    }

    @AfterEach
    void stop() {
        phone.close();
        here.close();
        web.stop(0);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + path);
    }

    private void page(String path, String text) {
        pages.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Calls to {@code 100} do what the document at {@code /swml} says. */
    private CompletableFuture<Outcome> serve() {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        here.on("100", call -> here.engine.documents().load(call, url("/swml"), JsonNodeFactory.instance.objectNode())
                .thenAccept(document -> here.engine.documents().run(call, document, RunOptions.standard()).done().thenAccept(outcome::complete))
                .exceptionally(failure -> {
                    outcome.completeExceptionally(failure.getCause());
                    call.execute(new CallCommand.Reject(500, "Server Internal Error", SipHeaders.none()));
                    return null;
                }));
        return outcome;
    }

    private Call dial() {
        return phone.place("sip:100@127.0.0.1:" + here.port());
    }

    private static <T> T get(CompletableFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aCallerHearsWhatTheDocumentsOfAServerSay() throws Exception {
        pages.put("/tone.wav", Files.readAllBytes(Tones.write(folder.resolve("tone.wav"), 8_000, TONE, 2)));
        page("/swml", """
                version: 1.0.0
                sections:
                  main:
                    - answer: {}
                    - set: {sound: '%s', who: '${call.from_number}'}
                    - play: {urls: ['${vars.sound}', 'silence:0.2'], volume: -6}
                    - transfer: {dest: ring, params: {country: fr}}
                    - set: {never: true}
                  ring:
                    - play: {url: 'ring:1.2:${params.country}'}
                    - transfer: {dest: '%s', params: {n: 1}}
                """.formatted(url("/tone.wav"), url("/next")));
        page("/next", "{\"sections\":{\"main\":[{\"play\":{\"url\":\"" + url("/missing.wav") + "\"}},{\"hangup\":{\"reason\":\"busy\"}}]}}");
        CompletableFuture<Outcome> outcome = serve();
        Path heard = folder.resolve("heard.wav");
        Call call = dial();
        EngineRig.answered(call);
        EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(heard, RecordTarget.Layout.STEREO, Duration.ofSeconds(10))));
        EndCause end = EngineRig.end(call);
        assertThat(end.endedBy()).isEqualTo(EndCause.Origin.REMOTE);
        assertThat(end.reason()).startsWith("Q.850;cause=17");
        phone.event(call, VoiceEvent.RecordingEnded.class);
        Outcome got = get(outcome);
        assertThat(got.ending()).isEqualTo(Ending.HANGUP);
        assertThat(got.variables().get("play_result").asText()).isEqualTo("failed");
        assertThat(got.variables().has("never")).isFalse();
        assertThat(got.variables().get("who").asText()).isNotEmpty();
        Tones.Audio audio = Tones.read(heard).channel(0);
        double tone = firstHeard(audio, TONE, 0);
        assertThat(firstHeard(audio, 440, tone)).isGreaterThan(tone);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).at("/call/call_state").asText()).isEqualTo("created");
        assertThat(requests.get(0).at("/call/project_id").asText()).isEqualTo("docs");
        assertThat(requests.get(1).at("/params/n").asInt()).isEqualTo(1);
        assertThat(requests.get(1).at("/vars/answer_result").asText()).isEqualTo("success");
        assertThat(here.told(here.inbound(), VoiceEvent.PlayStarted.class)).extracting(VoiceEvent.PlayStarted::source)
                .containsExactly(url("/tone.wav").toString(), "silence:0.2", "ring:1.2:fr");
        here.awaitNoCalls();
        assertThat(here.engine.documents().of(here.inbound().id())).isEmpty();
    }

    /** The second from which a frequency is heard; recording begins when it begins. */
    private static double firstHeard(Tones.Audio audio, double frequency, double from) {
        for (double at = from; at + 0.3 <= audio.seconds(); at += 0.1) {
            if (audio.part(at, at + 0.3).presence(frequency) > 0.5) {
                return at;
            }
        }
        throw new AssertionError(frequency + " Hz are not heard in " + audio.seconds() + " s");
    }

    /** The caller's tone is at the address while the document plays something else; its variables say how it is sent. */
    @Test
    void aDocumentTapsItsCall() throws Exception {
        try (RtpEar ear = new RtpEar()) {
            page("/swml", """
                    sections:
                      main:
                        - answer
                        - tap: {uri: '%s', control_id: t1, codec: PCMA, rtp_ptime: 40}
                        - tap: {uri: 'rtp://192.168.77.1:4000'}
                        - set: {second: '${tap_result}', error: '${script_error}'}
                        - play: {url: 'silence:1.5'}
                        - stop_tap
                        - set: {first_stop: '${stop_tap_result}'}
                        - stop_tap: {control_id: t1}
                    """.formatted(ear.uri()));
            CompletableFuture<Outcome> outcome = serve();
            Path said = Tones.write(folder.resolve("said.wav"), 8_000, TONE, 5);
            Call call = dial();
            EngineRig.answered(call);
            call.execute(new CallCommand.Play(new PlaySource("said", () -> Files.newInputStream(said), 0)));
            Outcome got = get(outcome);
            assertThat(got.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(got.variables().get("second").asText()).isEqualTo("failed");
            assertThat(got.variables().get("error").asText()).isEqualTo("relay_script_method_execute_failed");
            assertThat(got.variables().get("first_stop").asText()).isEqualTo("success");
            assertThat(got.variables().get("stop_tap_result").asText()).isEqualTo("failed");
            assertThat(got.variables().get("tap_control_id").asText()).isEqualTo("t1");
            assertThat(got.variables().get("tap_uri").asText()).isEqualTo(ear.uri());
            assertThat(got.variables().get("tap_ptime").asInt()).isEqualTo(40);
            assertThat(got.variables().get("tap_codec").asText()).isEqualTo("PCMA");
            assertThat(got.variables().get("tap_rate").asInt()).isEqualTo(8000);
            assertThat(got.variables().get("tap_rtp_src_addr").asText()).isEqualTo("127.0.0.1");
            assertThat(got.variables().get("tap_rtp_src_port").asInt()).isEqualTo(ear.packets.get(0).port());
            assertThat(ear.packets).hasSizeGreaterThan(10).allSatisfy(packet -> assertThat(packet.payloadType()).isEqualTo(8));
            assertThat(here.engine.taps().list()).isEmpty();
        }
    }

    @Test
    void aDocumentThatIsNoneIsTold() throws Exception {
        page("/swml", "sections:\n  main:\n    - plaz: {}\n");
        CompletableFuture<Outcome> outcome = serve();
        assertThat(EngineRig.end(dial()).sipCode()).isEqualTo(500);
        assertThat(outcome).failsWithin(Duration.ofSeconds(10)).withThrowableThat().havingCause().isInstanceOf(DocumentException.class)
                .withMessageContaining("/sections/main/0/plaz (line 3, column 7): there is no method 'plaz'");
    }

    @Test
    void aLiveCallGetsAnotherDocumentAndItsEndEndsThat() throws Exception {
        page("/swml", "sections: {main: [{play: {url: 'ring:60:us'}}]}");
        CompletableFuture<Outcome> first = serve();
        Call call = dial();
        EngineRig.answered(call);
        Call inbound = here.inbound();
        here.event(inbound, VoiceEvent.PlayStarted.class);
        Execution second = here.engine.documents().run(inbound, here.engine.documents().read("second",
                "sections: {main: [{play: {url: 'silence:60'}}]}"), RunOptions.standard());
        assertThat(get(first).ending()).isEqualTo(Ending.REPLACED);
        assertThat(here.event(inbound, VoiceEvent.PlayStarted.class, 2).source()).isEqualTo("silence:60.0");
        EngineRig.run(call, EngineRig.HANG_UP);
        assertThat(get(second.done().toCompletableFuture()).ending()).isEqualTo(Ending.CALL_OVER);
        here.mustBeWhole(inbound);
    }

    /** The end of the document, early media without an answer, and the limit of a call. */
    @Test
    void callsEndWithTheirDocuments() throws Exception {
        page("/swml", "sections: {main: [{play: {url: 'ring:0.2:us', auto_answer: false}}]}");
        CompletableFuture<Outcome> outcome = serve();
        Call call = dial();
        assertThat(EngineRig.end(call).sipCode()).isEqualTo(480);
        assertThat(get(outcome).ending()).isEqualTo(Ending.COMPLETED);
        assertThat(phone.told(call, VoiceEvent.CallRinging.class)).extracting(VoiceEvent.CallRinging::earlyMedia).containsExactly(true);
        page("/swml", "sections: {main: [{answer: {max_duration: 1}}, {play: {url: 'silence:60'}}]}");
        outcome = serve();
        Call limited = dial();
        EngineRig.answered(limited);
        assertThat(EngineRig.end(limited).reason()).contains("max_duration");
        assertThat(get(outcome).ending()).isEqualTo(Ending.CALL_OVER);
    }
}
