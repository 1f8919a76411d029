package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.VoiceEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
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
}
