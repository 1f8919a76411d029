package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippLog;
import io.github.camelvoice.testkit.SippScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SIPp calls the gateway, which is killed in the middle and started again on the same folder. What SIPp wrote down is the truth: each call whose
 * BYE was answered is kept, with all its messages; what lived is closed as interrupted; nothing is there twice; the consumer of
 * {@code voice:sipinfo} gets each.
 */
final class CrashRound {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The promise for what lives: at most this is lost. */
    private static final Duration LIVE_LOSS = Duration.ofSeconds(1);
    private static final String CONSUMER = """
            - route:
                id: keeper
                from:
                  uri: voice:sipinfo
                  parameters:
                    consumerName: keeper
                    startAt: earliest
                    format: json
                  steps:
                    - to:
                        uri: file:%s
                        parameters:
                          fileName: "${header.CamelVoiceCallId}.json"
            """;

    private final Path folder;
    private final Map<String, String> settings;
    private int sipPort;

    /** @param folder of this round, empty */
    CrashRound(Path folder, Map<String, String> more) throws IOException {
        this.folder = folder;
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.createDirectories(folder.resolve("got"));
        Files.writeString(routes.resolve("keeper.yaml"), CONSUMER.formatted(folder.resolve("got")));
        settings = new HashMap<>(more);
        settings.put("voice.routes.dir", routes.toString());
    }

    /**
     * What a round saw.
     *
     * @param answered    calls whose BYE was answered before the kill
     * @param interrupted calls that were closed as interrupted
     * @param kept        calls in all
     */
    record Result(int answered, int interrupted, int kept, Duration restart) {
    }

    /** @param ends kill when so many calls have ended */
    Result run(int rate, int calls, int ends) throws Exception {
        Path data = folder.resolve("data");
        Map<String, List<SippLog.Line>> log;
        Instant killed;
        try (GatewayProcess first = GatewayProcess.start(folder, data, settings)) {
            sipPort = first.sipPort();
            SippScenario scenario = SippScenario.start().invite().maybe(100).expect(200).ack().pause(1000).bye().expect(200);
            try (Sipp sipp = Sipp.in(folder).calls(calls, rate).call("echo", sipPort, scenario)) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> ends(sipp.log()) >= ends);
                first.kill();
                killed = Instant.now();
            }
            log = SippLog.byCall(sippLog());
        }
        long began = System.nanoTime();
        try (GatewayProcess second = GatewayProcess.start(folder, data, settings)) {
            Duration restart = Duration.ofNanos(System.nanoTime() - began);
            return count(second, log, killed, restart);
        }
    }

    private Path sippLog() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".messages")).findFirst().orElseThrow();
        }
    }

    private static long ends(Path log) {
        return SippLog.read(log).stream().filter(line -> line.answers(200, "BYE")).count();
    }

    private Result count(GatewayProcess gateway, Map<String, List<SippLog.Line>> log, Instant killed, Duration restart) throws Exception {
        List<JsonNode> calls = gateway.calls();
        Map<String, List<JsonNode>> kept = calls.stream().collect(Collectors.groupingBy(call -> call.get("sipCallId").asText()));
        assertThat(kept).as("once each").allSatisfy((id, same) -> assertThat(same).hasSize(1));
        assertThat(log.keySet()).as("no call that nobody placed").containsAll(kept.keySet());
        int answered = 0;
        int interrupted = 0;
        for (Map.Entry<String, List<SippLog.Line>> call : log.entrySet()) {
            if (call.getValue().stream().anyMatch(line -> line.answers(200, "BYE"))) {
                mustBeWhole(gateway, call.getKey(), call.getValue(), killed);
                answered++;
            } else if (call.getValue().stream().anyMatch(line -> line.answers(200, "INVITE") && isOld(line, killed))) {
                assertThat(kept).as("a live call").containsKey(call.getKey());
                interrupted += mustBeOver(gateway, call.getKey(), call.getValue(), killed) ? 1 : 0;
            }
        }
        List<String> ids = calls.stream().map(call -> call.get("callId").asText()).toList();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ids).as("handed to the consumer")
                .allSatisfy(id -> assertThat(folder.resolve("got").resolve(id + ".json")).exists()));
        assertThat(gateway.log()).doesNotContain(" ERROR ");
        return new Result(answered, interrupted, calls.size(), restart);
    }

    private static boolean isOld(SippLog.Line line, Instant killed) {
        return line.time().plus(LIVE_LOSS).isBefore(killed);
    }

    /** All messages up to the BYE are there; its answer, which follows the promise, is if it went out a while before. */
    private void mustBeWhole(GatewayProcess gateway, String id, List<SippLog.Line> lines, Instant killed) throws Exception {
        SipInfoAnswer info = SipInfoAnswer.read(gateway.get(SipInfoAnswer.path(id)));
        mustHave(info, lines.stream().filter(line -> !line.answers(200, "BYE") || isOld(line, killed)).toList());
        assertThat(info.end()).isNotNull();
    }

    /** @return whether it was interrupted; if not, its BYE had come and was written down, and only the answer did not go out any more */
    private boolean mustBeOver(GatewayProcess gateway, String id, List<SippLog.Line> lines, Instant killed) throws Exception {
        SipInfoAnswer info = SipInfoAnswer.read(gateway.get(SipInfoAnswer.path(id)));
        mustHave(info, lines.stream().filter(line -> isOld(line, killed)).toList());
        return info.messages().stream().noneMatch(message -> message.method().equals("BYE"));
    }

    /** In order for each direction; on a slow machine repetitions cross, and the last of them may not have been taken in any more. */
    private void mustHave(SipInfoAnswer info, List<SippLog.Line> promised) {
        for (boolean sent : new boolean[] {true, false}) {
            assertThat(info.messages().stream().filter(message -> sent == (message.destinationPort() == sipPort))
                    .map(SipInfoAnswer.Message::wire).distinct()).as("messages of %s", info.sipCallId())
                    .startsWith(promised.stream().filter(line -> line.sent() == sent).map(SippLog.Line::data).distinct().toArray(String[]::new));
        }
    }
}
