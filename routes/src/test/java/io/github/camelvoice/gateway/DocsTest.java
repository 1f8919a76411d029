package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.VoiceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages promise. */
class DocsTest {

    private static final Path ROOT = Path.of("..");
    @TempDir
    Path folder;

    @Test
    void theGatewayPageHasEverySettingWithItsDefault() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/gateway.md"));
        for (Setting setting : Setting.values()) {
            assertThat(page).contains("| `" + setting.key() + "` |");
            if (!setting.fallback().isEmpty()) {
                assertThat(page).contains("| `" + setting.key() + "` | `" + setting.fallback() + "` |");
            }
        }
    }

    @Test
    void theApiPageHasEveryOperation() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/http-api.md"));
        for (ApiFields fields : ApiFields.values()) {
            if (fields.operation() != null) {
                assertThat(page).contains("`" + fields.operation() + "`");
                fields.names().forEach(name -> assertThat(page).contains(name));
            }
        }
    }

    /** The first YAML block of the README, with the desk at our phone. */
    private Path routeOfTheReadme(int deskPort) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        String route = readme.substring(start, readme.indexOf("```", start));
        assertThat(route).contains("desk@192.0.2.20");
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("office.yaml"), route.replace("desk@192.0.2.20", "desk@127.0.0.1:" + deskPort));
        return routes;
    }

    @Test
    void theRouteOfTheReadmePutsCallersThrough() throws Exception {
        try (TestPhone desk = new TestPhone(folder); TestPhone caller = new TestPhone(folder);
                Running running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routeOfTheReadme(desk.sipPort()).toString()))) {
            BlockingQueue<Call> atDesk = desk.answerAll();
            Call call = caller.dial("office", running.sipPort());
            assertThat(caller.answered(call).cause()).isNull();
            Call there = atDesk.poll(20, TimeUnit.SECONDS);
            caller.play(call, DocsTest.class.getResourceAsStream("/prompts/beep.wav").readAllBytes()).get(20, TimeUnit.SECONDS);
            caller.hangUp(call);
            VoiceEvent.CallEnded ended = desk.ended(there);
            assertThat(ended.received().packets()).isPositive();
        }
    }

    @Test
    void theRouteOfTheReadmeTakesMessagesWhereNobodyAnswers() throws Exception {
        try (TestPhone desk = new TestPhone(folder); TestPhone caller = new TestPhone(folder);
                Running running = Running.start(folder.resolve("data"), Map.of("voice.routes.dir", routeOfTheReadme(desk.sipPort()).toString()));
                EventLines events = EventLines.open(running, "?kind=recording-started,recording-ended")) {
            Call call = caller.dial("office", running.sipPort());
            assertThat(caller.answered(call).cause()).isNull();
            assertThat(events.next().get("type").asText()).isEqualTo("recording-started");
            caller.hangUp(call);
            assertThat(events.next().get("type").asText()).isEqualTo("recording-ended");
        }
    }

    /** What stands between this heading of the README and the next. */
    private static String section(String heading) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int start = readme.indexOf("## " + heading + "\n");
        assertThat(start).isPositive();
        return readme.substring(start, readme.indexOf("\n## ", start));
    }

    private static String path(Matcher lines, String call) {
        assertThat(lines.find()).isTrue();
        return lines.group(1).replace("CALL", call);
    }

    @Test
    void theReadmeTellsHowToSeeWhatWasSaid() throws Exception {
        String section = section("What was said");
        int yaml = section.indexOf("```yaml\n") + "```yaml\n".length();
        Path pcaps = folder.resolve("pcaps");
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("pcaps.yaml"), section.substring(yaml, section.indexOf("```", yaml)).replace("file:data/pcaps", "file:" + pcaps));
        try (TestPhone caller = new TestPhone(folder);
                Running running = Running.start(folder.resolve("data"), Map.of("voice.store", "h2", "voice.routes.dir", routes.toString()))) {
            Call answered = caller.dial("echo", running.sipPort());
            caller.answered(answered);
            Matcher lines = Pattern.compile("(?m)^    curl -u voice:\\$TOKEN '?http://127\\.0\\.0\\.1:8080([^ '\n]+)").matcher(section);
            String list = path(lines, "");
            await().until(() -> Running.json(running.get(list)).at("/calls/0/live").asBoolean());
            caller.hangUpConfirmed(answered);
            assertThat(Running.json(running.get(list)).at("/calls/0/why").asText()).as("at once").startsWith("hung up by the caller");
            caller.ended(caller.dial("nobody", running.sipPort()));
            await("its ACK").until(() -> Running.json(running.get(list)).at("/calls/0/cause").asText().equals("not_found"));
            String call = Running.json(running.get(list)).at("/calls/0/callId").asText();
            assertThat(running.get(path(lines, call)).body()).contains("unknown number: we answered 404 Not Found, no route takes it")
                    .contains("this gateway").contains(" INVITE (SDP) ").contains(" 404 Not Found (INVITE) ");
            assertThat(running.get(path(lines, call)).headers().firstValue("Content-Type")).hasValue("application/vnd.tcpdump.pcap");
            assertThat(Running.json(running.get(path(lines, call))).get("messages")).hasSize(4);
            assertThat(lines.find()).isFalse();
            await().atMost(20, TimeUnit.SECONDS).until(() -> Files.exists(pcaps.resolve(call + ".pcap")));
        }
    }
}
