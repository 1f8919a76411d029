package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.callback.Callback;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.Test;

/** Every example of the documentation is loaded and run; the test of {@code call-log.yaml} is {@code callLog}. */
class DocsExamplesTest extends ExampleTest {

    @Test
    void everyExampleHasATest() throws IOException {
        try (Stream<Path> files = Files.list(CatalogFiles.DOCS.resolve("examples"))) {
            assertThat(Stream.of(DocsExamplesTest.class, SubscribeExamplesTest.class, SessionExamplesTest.class)
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods())).filter(method -> method.isAnnotationPresent(Test.class))
                    .map(Method::getName)).containsAll(files.map(DocsExamplesTest::testOf).toList());
        }
    }

    private static String testOf(Path file) {
        StringBuilder name = new StringBuilder();
        for (String word : file.getFileName().toString().replace(".yaml", "").split("-")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    @Test
    void hello() throws Exception {
        example("hello.yaml");
        hears(engine.invite("alice", "hello"), "180", "200", "BYE");
        assertThat(engine.lastAudio().told).containsExactly("play classpath:prompts/welcome.wav x1 6444");
        assertThat(engine.invite("alice", "other")).isNull();
    }

    @Test
    void voicemail() throws Exception {
        example("voicemail.yaml");
        FakePhone alice = engine.invite("alice", "mailbox-7");
        eventually(() -> engine.toldKinds().contains("recording-started"));
        alice.hangsUp();
        eventually(() -> engine.registry.count() == 0);
        assertThat(engine.lastAudio().told).contains("record STEREO PT2M");
    }

    @Test
    void dial() throws Exception {
        example("dial.yaml");
        assertThat(remind(phone -> {
            phone.rings();
            phone.answers();
        })).isEqualTo("reminded");
        hears(engine.lastPhone(), "INVITE", "BYE");
        assertThat(remind(phone -> phone.rejects(486, "Busy Here"))).isEqualTo("try again: busy");
        assertThat(remind(phone -> phone.rejects(603, "Decline"))).isEqualTo("given up: 603 Decline");
    }

    @Test
    void document() throws Exception {
        engine.web = (url, json) -> CompletableFuture.completedFuture("sections: {main: [answer, {play: {url: 'ring:us'}}]}");
        example("document.yaml");
        hears(engine.invite("alice", "100"), "200", "BYE");
        assertThat(engine.lastAudio().told).containsExactly("play ring:us x1 0");
        hears(engine.invite("bob", "200"), "200", "BYE");
        assertThat(engine.lastAudio().told).containsExactly("play ring:4.0:uk x1 0", "play silence:0.5 x1 0",
                "play classpath:prompts/welcome.wav x1 6444");
    }

    @Test
    void transfer() throws Exception {
        example("transfer.yaml");
        FakePhone alice = engine.invite("alice", "sales");
        eventually(() -> alice.heard.contains("REFER sip:desk@sales.example.com"));
        alice.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        alice.says(new SignalEvent.ReferProgress(486, "Busy Here"));
        hears(alice, "200", "REFER sip:desk@sales.example.com", "BYE");
        assertThat(engine.toldKinds()).contains("transfer-failed");
        FakePhone bob = engine.invite("bob", "sales");
        eventually(() -> bob.heard.contains("REFER sip:desk@sales.example.com"));
        bob.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        bob.says(new SignalEvent.ReferProgress(200, "OK"));
        hears(bob, "200", "REFER sip:desk@sales.example.com", "BYE");
    }

    @Test
    void transferRequests() throws Exception {
        example("transfer-requests.yaml");
        inbound("?called=hello", "- to: \"voice:call:bob@127.0.0.1?bridge=true\"");
        FakePhone alice = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        FakePhone bob = engine.lastPhone();
        bob.answers();
        eventually(() -> engine.toldKinds().contains("bridged"));
        alice.says(new SignalEvent.ReferReceived("sip:0900123@pbx.example.com", null, "", SipHeaders.none(), SipHeaders.none()));
        eventually(() -> alice.heard.contains("403 REFER"));
        alice.says(new SignalEvent.ReferReceived("sip:123@pbx.example.com", null, "", SipHeaders.none(), SipHeaders.none()));
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        eventually(() -> alice.heard.contains("BYE"));
        assertThat(bob.heard).doesNotContain("BYE");
    }

    private String remind(java.util.function.Consumer<FakePhone> answer) throws Exception {
        int before = engine.phones.size();
        CompletableFuture<Exchange> exchange = template.asyncSend("direct:remind", each -> { });
        eventually(() -> engine.phones.size() > before && !engine.lastPhone().heard.isEmpty());
        answer.accept(engine.lastPhone());
        return exchange.get(5, TimeUnit.SECONDS).getMessage().getBody(String.class);
    }

    @Test
    void reception() throws Exception {
        example("reception.yaml");
        FakePhone alice = engine.invite("alice", "reception");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().rejects(480, "Temporarily Unavailable");
        hears(alice, "200", "BYE");
        FakePhone bob = engine.invite("bob", "reception");
        eventually(() -> engine.phones.size() == 4 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        hears(bob, "200");
        eventually(() -> engine.toldKinds().contains("bridged"));
    }

    @Test
    void onCall() throws Exception {
        example("on-call.yaml");
        FakePhone alice = engine.invite("alice", "on-call");
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        engine.phones.get(1).rings();
        hears(alice, "180");
        engine.phones.get(2).answers();
        hears(alice, "180", "200");
        hears(engine.phones.get(1), "INVITE", "CANCEL SIP;cause=200;text=\"Call completed elsewhere\"");
        assertThat(engine.audio.stream().flatMap(audio -> audio.told.stream())).contains("play classpath:prompts/welcome.wav x1 6444");
        FakePhone bob = engine.invite("bob", "on-call");
        eventually(() -> engine.phones.size() == 6 && !engine.lastPhone().heard.isEmpty());
        engine.phones.get(4).rejects(486, "Busy Here");
        engine.phones.get(5).rejects(503, "Service Unavailable");
        hears(bob, "480 Temporarily Unavailable");
    }

    @Test
    void archive() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "archive-of", java.util.UUID.randomUUID().toString()));
        yaml(Files.readString(CatalogFiles.DOCS.resolve("examples").resolve("archive.yaml")).replace("file:data/recordings", "file:" + folder)
                .replace("file:archive", "file:" + folder + "/archive"));
        inbound("", "- to: \"voice:call?operation=answer\"", "- to: \"voice:call?operation=startRecording\"");
        FakePhone alice = engine.invite("alice", "hello");
        eventually(() -> engine.toldKinds().contains("recording-started"));
        String name = engine.registry.live().iterator().next().id() + ".wav";
        Files.writeString(folder.resolve(name), "a recording");
        alice.hangsUp();
        eventually(() -> Files.exists(folder.resolve("archive").resolve(name)));
    }

    /** The example in a folder of the test, its Kafka a mock. */
    private Path sipinfo(String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "sipinfo", java.util.UUID.randomUUID().toString()));
        yaml(Files.readString(CatalogFiles.DOCS.resolve("examples").resolve(name)).replace("file:data/", "file:" + folder + "/")
                .replace("kafka:calls", "mock:kafka").replaceAll("\\s+parameters:\\s+brokers: \\S+", "")
                .replace("redeliveryDelay: 1000", "redeliveryDelay: 0"));
        return folder;
    }

    /** A call that has a record: answered, or rejected. */
    private String recorded(String called) throws Exception {
        if (context.getRoute("r") == null) {
            inbound("", "- choice:\n    when:\n      - simple: \"${header.CamelVoiceCalledUser} == 'busy'\"\n        steps:\n"
                    + "          - to: \"voice:call?operation=reject&code=486\"\n    otherwise:\n      steps:\n"
                    + "        - to: \"voice:call?operation=answer\"");
        }
        FakePhone alice = engine.invite("alice", called);
        eventually(() -> !alice.heard.isEmpty());
        String id = engine.registry.live().stream().findFirst().map(io.github.camelvoice.call.Call::id).orElse("");
        if (alice.heard.get(0).equals("200")) {
            alice.hangsUp();
        }
        eventually(() -> engine.registry.count() == 0);
        return id;
    }

    private void settles(java.util.concurrent.Callable<Boolean> condition) {
        eventually(() -> {
            engine.timers.advance(java.time.Duration.ofMillis(200));
            context.getRoutes().stream().map(org.apache.camel.Route::getConsumer).filter(VoiceSipInfoConsumer.class::isInstance)
                    .forEach(consumer -> ((VoiceSipInfoConsumer) consumer).wake());
            return condition.call();
        });
    }

    @Test
    void sipinfoFiles() throws Exception {
        Path folder = sipinfo("sipinfo-files.yaml");
        String id = recorded("hello");
        Path file = folder.resolve("pcaps").resolve(id + ".pcap");
        settles(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(Files.readAllBytes(file)).startsWith(0xd4, 0xc3, 0xb2, 0xa1);
    }

    @Test
    void sipinfoKafka() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        example("sipinfo-kafka.yaml");
        String id = recorded("hello");
        settles(() -> broker.history().size() == 1);
        assertThat(broker.history().get(0).topic()).isEqualTo("calls");
        assertThat(broker.history().get(0).value().toString()).startsWith("{").contains("projects/default/calls/" + id + "/sipInfo");
    }

    @Test
    void theTypedRecordIsJsonForKafka() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        yaml("- from: { uri: \"voice:sipinfo\", steps: [ { to: \"kafka:calls?brokers=localhost:9092\" } ] }");
        String id = recorded("hello");
        settles(() -> broker.history().size() == 1);
        assertThat(broker.history().get(0).value().toString()).startsWith("{").contains("projects/default/calls/" + id + "/sipInfo");
    }

    @Test
    void callbacks() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        com.sun.net.httpserver.HttpServer receiver = com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            example("callbacks.yaml");
            engine.callbacks.send(Callback.json("tap", "c1", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/status", "{}"));
            engine.callbacks.send(Callback.json("tap", "c1", "calls", "{\"a\":1}"));
            eventually(() -> engine.callbacks.figures().delivered() == 2);
            assertThat(broker.history()).singleElement().satisfies(record -> assertThat(record.topic()).isEqualTo("call-status"));
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void sipinfoLadders() throws Exception {
        Path folder = sipinfo("sipinfo-ladders.yaml");
        recorded("hello");
        recorded("busy");
        settles(() -> ((VoiceSipInfoConsumer) context.getRoute("failed-calls").getConsumer()).getDeliveredCalls() == 2);
        try (Stream<Path> files = Files.list(folder.resolve("failed-calls"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void sipinfoDeadLetter() throws Exception {
        Path folder = sipinfo("sipinfo-dead-letter.yaml");
        getMockEndpoint("mock:kafka").whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("no");
        });
        String id = recorded("hello");
        settles(() -> Files.exists(folder.resolve("undelivered").resolve(id + ".json")));
        assertThat(getMockEndpoint("mock:kafka").getReceivedCounter()).isEqualTo(4);
    }

    @Test
    void sipinfoOneCall() throws Exception {
        example("sipinfo-one-call.yaml");
        String id = recorded("hello");
        assertThat(ladder(id)).isNotBlank().doesNotContain("nothing");
        assertThat(ladder("t-nobody")).isEqualTo("nothing to show: [t-nobody] no call that is kept has this id");
    }

    private String ladder(String id) {
        return template.request("direct:ladder", exchange -> exchange.getMessage().setHeader(VoiceConstants.CALL_ID, id)).getMessage()
                .getBody(String.class);
    }

    private void frames(FakeTaps.Tap tap, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            tap.receiver.frame(Track.INBOUND, new byte[bytes], i, i * 20L);
            if (tap.spec.tracks()) {
                tap.receiver.frame(Track.OUTBOUND, new byte[bytes], i, i * 20L);
            }
        }
    }

    private FakeTaps.Tap tapped(String called) {
        engine.invite("alice", called);
        eventually(() -> !engine.taps.started.isEmpty());
        return engine.taps.last();
    }

    @Test
    void tapRtp() throws Exception {
        example("tap-rtp.yaml");
        hears(engine.invite("alice", "monitored"), "200", "BYE");
        assertThat(engine.taps.last().spec.toString()).isEqualTo("TapSpec[rtp both PCMA/8000 20 ms]");
        assertThat(engine.taps.last().info.reason()).isEqualTo("stopped");
    }

    @Test
    void tapBot() throws Exception {
        engine.slowAudio = true;
        example("tap-bot.yaml");
        FakeTaps.Tap tap = tapped("bot");
        assertThat(tap.spec.parameters()).containsEntry("language", "de");
        assertThat(tap.spec.speaks()).isTrue();
        engine.taps.ends(tap, "connection lost");
        eventually(() -> engine.toldKinds().contains("play-started"));
        engine.taps.unreachable = "connection refused";
        hears(engine.invite("bob", "bot"), "200", "BYE");
    }

    @Test
    void tapFile() throws Exception {
        Path folder = sipinfo("tap-file.yaml");
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakeTaps.Tap tap = tapped("support");
        frames(tap, 70, 160);
        engine.lastPhone().hangsUp();
        for (String track : List.of("inbound", "outbound")) {
            Path file = folder.resolve("audio").resolve(tap.call.callId() + "-" + track + ".ulaw");
            eventually(() -> Files.exists(file) && Files.size(file) == 70 * 160);
        }
    }

    @Test
    void tapWav() throws Exception {
        Path folder = sipinfo("tap-wav.yaml");
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakeTaps.Tap tap = tapped("hello");
        frames(tap, 10, 320);
        engine.lastPhone().hangsUp();
        Path file = folder.resolve("pieces").resolve(tap.call.callId() + "-0.wav");
        eventually(() -> Files.exists(file) && Files.size(file) == 3200 + 58);
    }

    @Test
    void tapKafka() throws Exception {
        MockProducer<Object, Object> broker = kafka();
        example("tap-kafka.yaml");
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakeTaps.Tap tap = tapped("hello");
        frames(tap, 5, 640);
        eventually(() -> broker.history().size() == 1);
        assertThat(broker.history().get(0).key()).isEqualTo(tap.call.callId());
        assertThat((byte[]) broker.history().get(0).value()).hasSize(3200);
    }

    @Test
    void tapWebsocket() throws Exception {
        yaml(Files.readString(CatalogFiles.DOCS.resolve("examples").resolve("tap-websocket.yaml"))
                .replace("vertx-websocket:localhost:8091/audio?sendToAll=true", "mock:websocket"));
        getMockEndpoint("mock:websocket").expectedMessageCount(2);
        FakeTaps.Tap tap = tapped("transcribed");
        frames(tap, 20, 640);
        getMockEndpoint("mock:websocket").assertIsSatisfied();
        assertThat(getMockEndpoint("mock:websocket").getExchanges().get(0).getMessage().getBody(byte[].class)).hasSize(6400);
    }

    @Test
    void menu() throws Exception {
        engine.slowAudio = true;
        example("menu.yaml");
        FakePhone alice = engine.invite("alice", "menu");
        eventually(() -> engine.toldKinds().contains("play-started"));
        engine.lastAudio().says(new MediaEvent.Dtmf('1', 100));
        eventually(() -> engine.lastAudio().told.contains("echo true"));
        engine.lastAudio().says(new MediaEvent.Dtmf('9', 100));
        hears(alice, "200", "BYE");
    }

    @Test
    void callLog() throws Exception {
        Path log = Path.of("target", "call-log", "calls.jsonl");
        Files.deleteIfExists(log);
        example("call-log.yaml");
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakePhone alice = engine.invite("alice", "hello");
        hears(alice, "200");
        alice.hangsUp();
        eventually(() -> Files.exists(log) && Files.readAllLines(log).size() == 2);
        assertThat(Files.readAllLines(log).get(0)).startsWith("{\"type\":\"call-answered\",\"callId\":\"t-");
        assertThat(Files.readAllLines(log).get(1)).startsWith("{\"type\":\"call-ended\",\"callId\":\"t-");
    }
}
