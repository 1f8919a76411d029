package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingOrder;
import io.github.camelvoice.document.RecordingPort;
import io.github.camelvoice.document.RecordingStatus;
import io.github.camelvoice.recording.RecordingInfo;
import io.github.camelvoice.recording.RecordingSettings;
import io.github.camelvoice.recording.Uploads;
import io.github.camelvoice.testkit.Tones;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers hear, press and leave behind, in documents between two engines. */
class PromptCallsTest {

    private static final double LOW = 400;
    private static final double HIGH = 1_000;

    @TempDir
    Path folder;
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private HttpServer web;
    private EngineRig here;
    private EngineRig phone;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/store")) {
                boolean first = stored.put(exchange.getRequestMethod() + " " + path, body) == null;
                exchange.sendResponseHeaders(path.endsWith("shaky") && first ? 503 : 201, -1);
                exchange.close();
                return;
            }
            requests.add(path + " " + URLDecoder.decode(new String(body, StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            byte[] page = pages.get(path);
            exchange.getResponseHeaders().add("Content-Type", path.endsWith("wav") ? "audio/wav" : "text/xml");
            exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
            if (page != null) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        web.start();
        here = EngineRig.start(config -> config.outboundAllow("127.0.0.1").recordingsDir(folder.resolve("recordings"))
                .recordings(new RecordingSettings("https://voice.example", Duration.ofDays(1), Uploads.Targets.NONE)));
        phone = EngineRig.start(config -> config);
    }

    @AfterEach
    void stop() {
        phone.close();
        here.close();
        web.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }

    private void page(String path, String text) {
        pages.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A call of the phone to a document. */
    private Call dial(String cxml) {
        here.on("100", call -> {
            try {
                here.engine.documents().run(call, here.engine.documents().read("test", cxml), RunOptions.standard());
            } catch (DocumentException wrong) {
                throw new AssertionError(wrong);
            }
        });
        Call call = phone.place("sip:100@127.0.0.1:" + here.port());
        EngineRig.answered(call);
        return call;
    }

    private PlaySource tone(double frequency) {
        Path file = folder.resolve(frequency + ".wav");
        return new PlaySource("tone", () -> Files.newInputStream(Files.exists(file) ? file : Tones.write(file, 8_000, frequency, 2)), 0);
    }

    private static void press(Call call, String digits, CallCommand.DtmfMethod method) {
        EngineRig.run(call, new CallCommand.SendDtmf(digits, 100, 100, method));
    }

    private Tones.Audio heard(Call call, Path file) {
        phone.event(call, VoiceEvent.RecordingEnded.class);
        return Tones.read(file).channel(0);
    }

    private Path listen(Call call) {
        Path file = folder.resolve("heard.wav");
        EngineRig.run(call, new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(30))));
        return file;
    }

    private static double loudSeconds(Tones.Audio audio) {
        int window = audio.rate() / 50;
        int loud = 0;
        for (int start = 0; start + window <= audio.samples().length; start += window) {
            long sum = 0;
            for (int i = start; i < start + window; i++) {
                sum += Math.abs(audio.samples()[i]);
            }
            loud += sum / window > 200 ? 1 : 0;
        }
        return loud / 50.0;
    }

    /** The longest time without any sound after the beginning: from, to, in seconds. */
    private static double[] pause(Tones.Audio audio) {
        int window = audio.rate() / 50;
        double[] longest = {0, 0};
        int from = -1;
        for (int turn = 25; (turn + 1) * window <= audio.samples().length; turn++) {
            boolean silent = true;
            for (int i = turn * window; i < (turn + 1) * window; i++) {
                silent &= audio.samples()[i] == 0;
            }
            from = silent ? from < 0 ? turn : from : -1;
            if (from >= 0 && (turn + 1 - from) / 50.0 > longest[1] - longest[0]) {
                longest = new double[] {from / 50.0, (turn + 1) / 50.0};
            }
        }
        return longest;
    }

    private String asked(String path) {
        Awaitility.await("a request for " + path).atMost(EngineRig.PATIENCE).until(() -> requests.stream().anyMatch(each -> each.startsWith(path)));
        return requests.stream().filter(each -> each.startsWith(path)).findFirst().orElseThrow();
    }

    private RecordingInfo only() {
        Awaitility.await("a recording").atMost(EngineRig.PATIENCE)
                .until(() -> here.engine.recordings().shelf().list(info -> info.status() != RecordingStatus.IN_PROGRESS).size() == 1);
        return here.engine.recordings().shelf().list(info -> true).get(0);
    }

    @Test
    @Tag("peer")
    void textIsSpokenAndSoundsAreRepeated() throws Exception {
        pages.put("/low.wav", Files.readAllBytes(Tones.write(folder.resolve("low.wav"), 8_000, LOW, 0.6)));
        Call call = dial("<Response><Pause length='1'/><Say voice='woman' language='en-GB'>Good morning. Please hold the line for a moment.</Say>"
                + "<Play loop='3'>" + url("/low.wav") + "</Play></Response>");
        Path file = listen(call);
        EngineRig.end(call);
        Tones.Audio audio = heard(call, file);
        double tone = audio.presence(LOW) * audio.seconds();
        assertThat(tone).isBetween(1.0, 2.3);
        assertThat(loudSeconds(audio)).isBetween(tone + 1.2, tone + 5);
    }

    @Test
    void keysInterruptAndAreToldToTheApplication() throws Exception {
        pages.put("/low.wav", Files.readAllBytes(Tones.write(folder.resolve("low.wav"), 8_000, LOW, 0.5)));
        page("/pin", "<Response><Gather numDigits='3' timeout='10' action='" + url("/menu") + "'><Pause length='60'/></Gather></Response>");
        page("/menu", "<Response><Gather timeout='1'/><Hangup/></Response>");
        Call call = dial("<Response><Gather finishOnKey='*' action='" + url("/pin") + "'><Play loop='0'>" + url("/low.wav")
                + "</Play></Gather></Response>");
        here.event(here.inbound(), VoiceEvent.PlayStarted.class);
        press(call, "12#", CallCommand.DtmfMethod.RFC4733);
        assertThat(here.event(here.inbound(), VoiceEvent.PlayEnded.class).outcome()).isEqualTo("stopped");
        press(call, "*", CallCommand.DtmfMethod.INFO);
        assertThat(asked("/pin")).contains("Digits=12#").contains("FinishedOnKey=*").contains("CallSid=" + here.inbound().id());
        press(call, "777", CallCommand.DtmfMethod.INFO);
        assertThat(asked("/menu")).contains("Digits=777").contains("FinishedOnKey=").contains("AccountSid=");
        EngineRig.end(call);
        assertThat(requests).filteredOn(each -> !each.startsWith("/low.wav")).hasSize(2);
        here.mustBeWhole(here.inbound());
    }

    @Test
    void aMessageIsLeftAfterTheTone() throws Exception {
        page("/left", "<Response><Hangup/></Response>");
        Call call = dial("<Response><Record maxLength='30' finishOnKey='#' trim='trim-silence' action='" + url("/left") + "'/></Response>");
        here.event(here.inbound(), VoiceEvent.RecordingStarted.class);
        CallCommand.Play speak = new CallCommand.Play(new PlaySource("said", () -> Files.newInputStream(
                Tones.write(folder.resolve("said.wav"), 8_000, HIGH, 2)), 1));
        EngineRig.run(call, speak);
        press(call, "#", CallCommand.DtmfMethod.RFC4733);
        String told = asked("/left");
        RecordingInfo info = only();
        assertThat(told).contains("RecordingSid=" + info.sid()).contains("RecordingDuration=2").contains("Digits=#")
                .contains("RecordingUrl=https://voice.example/api/laml/2010-04-01/Accounts/" + info.account() + "/Recordings/" + info.sid());
        Tones.Audio audio = Tones.read(here.engine.recordings().shelf().wav(info.sid()));
        assertThat(audio.channels()).isEqualTo(1);
        assertThat(audio.seconds()).isBetween(1.9, 2.5);
        assertThat(audio.presence(HIGH)).isGreaterThan(0.7);
        EngineRig.end(call);
    }

    @Test
    void whoSaysNothingLeavesNothingAndTheDocumentGoesOn() {
        Call call = dial("<Response><Record timeout='1' playBeep='false' action='" + url("/left") + "'/><Hangup/></Response>");
        EngineRig.end(call);
        assertThat(requests).isEmpty();
        assertThat(only().status()).isEqualTo(RecordingStatus.ABSENT);
        assertThat(folder.resolve("recordings").toFile().list()).allMatch(name -> name.endsWith(".json"));
    }

    @Test
    void whoHangsUpHasLeftAMessage() {
        Call call = dial("<Response><Record playBeep='false' action='" + url("/left") + "'/></Response>");
        here.event(here.inbound(), VoiceEvent.RecordingStarted.class);
        call.execute(new CallCommand.Play(tone(LOW)));
        Awaitility.await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
        EngineRig.run(call, EngineRig.HANG_UP);
        assertThat(asked("/left")).contains("Digits=hangup").contains("RecordingDuration=").contains("CallStatus=completed");
        assertThat(only().status()).isEqualTo(RecordingStatus.COMPLETED);
    }

    /** Both sides of a bridge, as the caller's call has them: the caller left, who was called right; a pause is silence. */
    @Test
    void aBridgeIsRecordedFromTheCallersSide() throws Exception {
        here.on("100", EngineRig.ANSWER);
        phone.on("200", EngineRig.ANSWER);
        Call caller = phone.place("sip:100@127.0.0.1:" + here.port());
        EngineRig.answered(caller);
        Call parent = here.inbound();
        Call child = here.place("sip:200@127.0.0.1:" + phone.port());
        EngineRig.answered(child);
        caller.execute(new CallCommand.Play(tone(LOW)));
        phone.inbound().execute(new CallCommand.Play(tone(HIGH)));
        EngineRig.run(parent, new CallCommand.Bridge(child.id()));
        RecordingOrder order = RecordingOrder.dial(RecordingOrder.DialRecord.RECORD_FROM_ANSWER_DUAL, RecordingOrder.Tracks.BOTH, false, null,
                new RecordingOrder.Storage(url("/store/shaky"), "PUT"));
        RecordingPort.Running running = here.engine.recordings().start(parent, order);
        Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        EngineRig.run(parent, new CallCommand.PauseRecording());
        Awaitility.await().pollDelay(Duration.ofMillis(1000)).until(() -> true);
        EngineRig.run(parent, new CallCommand.ResumeRecording());
        Awaitility.await().pollDelay(Duration.ofMillis(1000)).until(() -> true);
        running.stop();
        RecordingNews news = running.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(news.status()).isEqualTo(RecordingStatus.COMPLETED);
        assertThat(news.channels()).isEqualTo(2);
        Tones.Audio audio = Tones.read(here.engine.recordings().shelf().wav(running.id()));
        assertThat(audio.channels()).isEqualTo(2);
        assertThat(audio.seconds()).isBetween(3.3, 8.0);
        double[] pause = pause(audio.channel(0));
        assertThat(pause[1] - pause[0]).isBetween(0.8, 3.0);
        assertThat(audio.channel(0).part(pause[0] - 0.9, pause[0] - 0.1).presence(LOW)).isEqualTo(1);
        assertThat(audio.channel(0).amplitude(HIGH)).isLessThan(200);
        assertThat(audio.channel(1).part(pause[0] - 0.9, pause[0] - 0.1).presence(HIGH)).isEqualTo(1);
        assertThat(audio.channel(1).amplitude(LOW)).isLessThan(200);
        assertThat(audio.channel(1).part(pause[0] + 0.1, pause[1] - 0.1).amplitude(HIGH)).isLessThan(10);
        assertThat(audio.channel(0).part(pause[1] + 0.1, pause[1] + 0.6).presence(LOW)).isEqualTo(1);
        Awaitility.await("the recording is sent, at the second attempt").atMost(EngineRig.PATIENCE).until(() ->
                here.engine.recordings().shelf().find(running.id()).orElseThrow().upload().state().equals("done"));
        assertThat(stored.get("PUT /store/shaky")).isEqualTo(Files.readAllBytes(here.engine.recordings().shelf().wav(running.id())));
        EngineRig.run(caller, EngineRig.HANG_UP);
    }

    @Test
    void aRecordingThatIsAskedForBeforeThereIsAudioBeginsWithIt() throws Exception {
        here.on("100", EngineRig.RING);
        Call caller = phone.place("sip:100@127.0.0.1:" + here.port());
        Call parent = here.inbound();
        RecordingOrder order = RecordingOrder.dial(RecordingOrder.DialRecord.RECORD_FROM_RINGING, RecordingOrder.Tracks.ofDial("outbound"),
                false, null, null);
        RecordingPort.Running running = here.engine.recordings().start(parent, order);
        assertThat(here.told(parent, VoiceEvent.RecordingStarted.class)).isEmpty();
        EngineRig.run(parent, EngineRig.ANSWER);
        assertThat(here.event(parent, VoiceEvent.RecordingStarted.class).recordingId()).isEqualTo(running.id());
        caller.execute(new CallCommand.Play(tone(LOW)));
        parent.execute(new CallCommand.Play(tone(HIGH)));
        Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        EngineRig.run(caller, new CallCommand.Hangup(null, SipHeaders.none()));
        assertThat(running.ended().toCompletableFuture().get(20, TimeUnit.SECONDS).status()).isEqualTo(RecordingStatus.COMPLETED);
        Tones.Audio audio = Tones.read(here.engine.recordings().shelf().wav(running.id()));
        assertThat(audio.channels()).isEqualTo(1);
        assertThat(audio.amplitude(LOW)).isGreaterThan(3_000);
        assertThat(audio.amplitude(HIGH)).isLessThan(200);
    }

    @Test
    void aFullOrForbiddenDiskIsToldAndTheCallGoesOn() throws Exception {
        Files.writeString(folder.resolve("recordings"), "a file where the folder should be");
        Call call = dial("<Response><Record playBeep='false'/><Pause length='60'/></Response>");
        Awaitility.await("failed").atMost(EngineRig.PATIENCE)
                .until(() -> here.engine.recordings().shelf().list(info -> info.status() == RecordingStatus.FAILED).size() == 1);
        assertThat(call.snapshot().state().isAnswered()).isTrue();
        EngineRig.run(call, EngineRig.HANG_UP);
    }
}
