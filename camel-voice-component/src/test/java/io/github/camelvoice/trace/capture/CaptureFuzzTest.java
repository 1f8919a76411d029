package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.PEER;
import static io.github.camelvoice.trace.capture.CaptureRig.STRANGER;
import static io.github.camelvoice.trace.capture.CaptureRig.US;
import static io.github.camelvoice.trace.capture.CaptureRig.request;
import static io.github.camelvoice.trace.capture.CaptureRig.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.trace.TraceEntry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole and broken messages of few Call-IDs, from friends and strangers, with calls that come and go, in any order. */
class CaptureFuzzTest {

    private static final int STEPS = 12_000;
    private static final String TROUBLE = "\r\n\t :;<>\"\\iItTfF=\u0000\u007f";

    private final CaptureRig rig = new CaptureRig(new Bounds(40_000, 60, 8_000, 6, 6_000, 20_000, 1e9, 1e9, Duration.ofSeconds(32)));
    private final Map<String, String> live = new HashMap<>();
    private int calls;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void whateverComes(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            step(random);
        }
        new ArrayList<>(live.keySet()).forEach(this::end);
        rig.pass(70);
        assertThat(rig.capture.figures()).extracting(CaptureFigures::openTraces, CaptureFigures::undecided).containsExactly(0, 0);
        Map<Long, List<TraceEntry>> traces = new HashMap<>();
        rig.log.entries().forEach(entry -> traces.computeIfAbsent(entry.trace(), number -> new ArrayList<>()).add(entry));
        assertThat(traces).hasSizeGreaterThan(50);
        traces.values().forEach(CaptureFuzzTest::mustBeWhole);
    }

    private void step(Random random) {
        String callId = "id-" + random.nextInt(12);
        switch (random.nextInt(10)) {
            case 0 -> {
                String id = "call-" + calls++;
                rig.opened(id, callId);
                live.put(id, callId);
            }
            case 1, 2 -> live.keySet().stream().findAny().ifPresent(this::end);
            case 3 -> rig.time.advance(Duration.ofMillis(random.nextInt(4_000)));
            default -> {
                byte[] bytes = text(random, callId).getBytes(StandardCharsets.ISO_8859_1);
                for (int i = random.nextInt(3) == 0 ? random.nextInt(8) : 0; i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) TROUBLE.charAt(random.nextInt(TROUBLE.length()));
                }
                int length = random.nextInt(20) == 0 ? random.nextInt(bytes.length) : bytes.length;
                InetSocketAddress remote = random.nextInt(4) == 0 ? STRANGER : PEER;
                boolean sent = random.nextBoolean();
                rig.capture.message("udp", sent, sent ? US : remote, sent ? remote : US, bytes, length);
            }
        }
    }

    private static String text(Random random, String callId) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> request("INVITE", callId, "");
            case 2 -> response(100 + random.nextInt(600), "Some \u0001 Phrase", "INVITE", callId);
            case 3 -> request("ACK", callId, ";tag=b1");
            case 4 -> request("INFO", callId, ";tag=b1") + "x".repeat(random.nextInt(3_000));
            default -> request("INVITE", callId, ";tag=b1");
        };
    }

    private void end(String id) {
        rig.ended(id, live.remove(id));
        rig.capture.closed(id);
    }

    private static void mustBeWhole(List<TraceEntry> entries) {
        assertThat(entries.stream().filter(TraceEntry.Closed.class::isInstance)).hasSize(1);
        assertThat(entries.get(entries.size() - 1)).isInstanceOf(TraceEntry.Closed.class);
        long opened = entries.stream().filter(TraceEntry.Opened.class::isInstance).count();
        long ended = entries.stream().filter(entry -> entry instanceof TraceEntry.Ended end && end.call().callId().startsWith("call-")).count();
        assertThat(ended).isEqualTo(opened);
        assertThat(entries.stream().filter(TraceEntry.Ended.class::isInstance).count()).isPositive();
        List<TraceEntry.Message> messages = entries.stream().filter(TraceEntry.Message.class::isInstance).map(TraceEntry.Message.class::cast)
                .toList();
        assertThat(messages).hasSizeLessThanOrEqualTo(60);
        assertThat(messages.stream().mapToInt(entry -> entry.message().data().length).sum()).isLessThanOrEqualTo(40_000);
        assertThat(messages).extracting(entry -> entry.message().time()).isSorted();
    }
}
