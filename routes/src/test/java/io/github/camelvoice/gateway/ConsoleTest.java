package io.github.camelvoice.gateway;

import static io.github.camelvoice.gateway.Browser.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The console in Chromium over a gateway with real calls. */
@Tag("peer")
class ConsoleTest {

    private static final String ROW = ".list tbody tr[data-call]";
    private static final String NEWEST = ROW + ":first-child";

    @TempDir
    static Path folder;
    private static Running running;
    private static TestPhone phone;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(folder.resolve("data"), Map.of("voice.sip.auth", "on", "voice.sip.users", "alice:wonderland"));
        phone = new TestPhone(folder);
        browser = new Browser(folder.resolve("browser"));
    }

    @AfterAll
    static void stop() {
        browser.close();
        phone.close();
        running.close();
    }

    private static String url() {
        return "http://127.0.0.1:" + running.httpPort() + ConsoleFiles.PATH;
    }

    @BeforeEach
    void signedIn() {
        browser.open(url());
        browser.one("main");
        if (!browser.all("form[aria-labelledby=sign-in]").isEmpty()) {
            browser.signIn("voice", Running.TOKEN);
        }
        browser.awaitText(".stream", "Live");
        browser.complaints();
    }

    @Test
    void aWrongTokenIsRefused() {
        browser.click("#sign-out");
        browser.signIn("voice", "guessed");
        browser.awaitText(".said", "Account or token is wrong");
        browser.signIn("voice", Running.TOKEN);
        browser.awaitText(".stream", "Live");
    }

    @Test
    void aCallIsSeenWhileItLivesAndReadWhenItIsOver() throws Exception {
        Call call = phone.dial("echo", running.sipPort(), "alice", "wonderland");
        phone.answered(call);
        browser.awaitText(NEWEST + " .state", "In call");
        phone.play(call, ConsoleTest.class.getResourceAsStream("/prompts/hello.wav").readAllBytes());
        browser.type("#party", "echo@");
        browser.press(Keys.ESCAPE);
        browser.press("j", Keys.ENTER);
        browser.awaitText("h1", "echo");
        browser.awaitText(".badge", "In call");
        eventually().until(() -> browser.texts(".message .label").contains("ACK"));

        phone.hangUp(call);
        phone.ended(call);
        browser.awaitText(".head .badge", "Completed");
        eventually().until(() -> browser.texts(".message .label").contains("BYE"));
        browser.awaitText(".reason", "by the caller after");
        assertThat(browser.texts(".message .label")).startsWith("INVITESDP", "401 Unauthorized", "ACK", "INVITESDP").endsWith("BYE", "200 OK");
        assertThat(browser.all(".message .arrow.right")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(browser.text(".figures")).contains("Received", "Packets");
        assertThat(browser.text(".facts")).contains("alice", "PCM", call.snapshot().sipCallId());
        browser.all("button.message").get(3).click();
        assertThat(browser.text(".wire")).contains("Authorization: Digest username=\"alice\"").containsPattern("response=\"\\*{32}\"");
        browser.picture("real-call");

        browser.click("#pcap");
        String id = browser.url().replaceAll(".*/", "");
        Path capture = browser.download(id + ".pcap");
        assertThat(tshark(capture)).hasSize(browser.all("button.message").size());
        browser.all(".talk .tools button").get(1).click();
        assertThat(Files.readString(browser.download(id + ".svg"))).contains("<svg", "INVITE", "BYE");
        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        browser.awaitText(NEWEST + " .state", "Completed");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theAudioOfACallIsTappedFromThePage() throws Exception {
        BlockingQueue<Call> answered = phone.answerAll();
        try (Running open = Running.start(folder.resolve("taps"), Map.of("voice.outbound.allow", "127.0.0.1"));
                DatagramSocket sink = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String id = Running.json(open.post("/api/v1/calls", "{\"to\":\"sip:desk@127.0.0.1:" + phone.sipPort() + "\"}")).get("callId").asText();
            Call call = answered.poll(20, TimeUnit.SECONDS);
            phone.answered(call);
            open.post("/api/v1/calls/" + id + "/play", "{\"source\":\"prompt:hello\",\"repeat\":0}");
            browser.open("http://127.0.0.1:" + open.httpPort() + ConsoleFiles.PATH + "#/calls/" + id);
            browser.signIn("voice", Running.TOKEN);
            browser.awaitText(".taps .none", "goes nowhere else");
            browser.click("#tap");
            browser.type("input[name=uri]", "rtp://127.0.0.1:" + sink.getLocalPort());
            browser.press(Keys.ENTER);
            browser.awaitText(".tap .badge", "Tapping");
            eventually().until(() -> Integer.parseInt(browser.all(".tap [role=meter]").get(1).getDomAttribute("aria-valuenow")) > -60);
            browser.picture("real-tap");
            sink.setSoTimeout(10_000);
            sink.receive(new DatagramPacket(new byte[2048], 2048));
            browser.click(".tap .pause");
            browser.awaitText(".tap .badge", "Paused");
            browser.click(".tap .stop");
            browser.awaitText(".over", "is over: stopped");
            assertThat(browser.complaints()).isEmpty();
            phone.hangUp(call);
            browser.awaitText(".head .badge", "Completed");
            assertThat(browser.all(".taps")).isEmpty();
        }
    }

    @Test
    void aStrangerIsListedAndRunsNothing() throws Exception {
        String script = "<script>document.title=1</script>";
        try (Running open = Running.start(folder.resolve("open"), Map.of())) {
            refused(open.sipPort(), "From: \"" + script + "\" <sip:%3Cscript%3Ex@evil.example>;tag=1\r\nSubject: " + script);
            browser.open("http://127.0.0.1:" + open.httpPort() + ConsoleFiles.PATH);
            browser.signIn("voice", Running.TOKEN);
            browser.awaitText(ROW + " .from", "<script>x@evil.example");
            browser.awaitText(ROW + " .state", "Not found");
            browser.press("j", Keys.ENTER);
            browser.awaitText(".reason", "number: we answered 404");
            eventually().until(() -> browser.texts(".message .label").contains("ACK"));
            browser.press("j", Keys.ENTER);
            browser.awaitText(".wire", "From: \"" + script + "\"");
            browser.picture("real-stranger");
            assertThat(browser.all("main script")).isEmpty();
            assertThat(browser.title()).contains("<script>x").contains("camel-voice");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** Has a call to nobody refused. */
    private static void refused(int port, String headers) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String own = "127.0.0.1:" + socket.getLocalPort();
            String common = " sip:nobody@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + own + ";branch=z9hG4bKevil;rport\r\nMax-Forwards: 70\r\n" + headers
                    + "\r\nCall-ID: evil@" + own + "\r\nContact: <sip:x@" + own + ">\r\nContent-Length: 0\r\n";
            send(socket, port, "INVITE" + common + "To: <sip:nobody@127.0.0.1>\r\nCSeq: 1 INVITE\r\n\r\n");
            socket.setSoTimeout(10_000);
            String answer;
            do {
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            } while (!answer.startsWith("SIP/2.0 404"));
            String to = answer.lines().filter(line -> line.startsWith("To:")).findFirst().orElseThrow();
            send(socket, port, "ACK" + common + to + "\r\nCSeq: 1 ACK\r\n\r\n");
        }
    }

    private static void send(DatagramSocket socket, int port, String message) throws Exception {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    }

    @Test
    void aFloodOfRequestsIsAnsweredAndSaid() throws Exception {
        List<CompletableFuture<HttpResponse<Void>>> flood = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            flood.add(running.client().sendAsync(running.request("/api/v1/history?limit=1").build(), HttpResponse.BodyHandlers.discarding()));
        }
        browser.type("#party", "nobody");
        assertThat(flood.stream().map(each -> each.join().statusCode()).collect(Collectors.toSet())).contains(429).isSubsetOf(200, 429);
        browser.awaitText(".empty", "No call matches");
        browser.complaints();
    }

    /** Requests and responses that tshark finds in the capture. */
    private static List<String> tshark(Path capture) throws Exception {
        Process process = new ProcessBuilder("tshark", "-r", capture.toString(), "-Y", "sip && !_ws.malformed", "-T", "fields", "-e", "sip.CSeq")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out.lines().toList();
    }
}
