package io.github.camelvoice.trace.capture;

import static io.github.camelvoice.trace.capture.CaptureRig.request;
import static io.github.camelvoice.trace.capture.CaptureRig.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.trace.TraceEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers, mailboxes, and the sweep at the same time, on Call-IDs that they share. */
class CaptureConcurrencyTest {

    private static final int THREADS = 4;
    private static final int CALLS = 1500;
    private static final int CALL_IDS = 40;

    private final CaptureRig rig = new CaptureRig(new Bounds(8 << 20, 20_000, 1 << 20, 20, 256 << 10, 32 << 20, 1e9, 1e9, Duration.ofSeconds(3)));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyTraceIsWhole(int seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> runs = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            runs.add(threads.submit(() -> play(thread, new Random(seed * 100L + thread))));
        }
        for (Future<?> run : runs) {
            while (!run.isDone()) {
                rig.time.advance(Duration.ofMillis(100));
            }
            run.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
        rig.pass(10);
        assertThat(rig.capture.figures()).extracting(CaptureFigures::openTraces, CaptureFigures::undecided).containsExactly(0, 0);
        Map<Long, List<TraceEntry>> traces = new LinkedHashMap<>();
        rig.log.entries().forEach(entry -> traces.computeIfAbsent(entry.trace(), number -> new ArrayList<>()).add(entry));
        traces.values().forEach(CaptureConcurrencyTest::mustBeWhole);
        assertThat(rig.log.ends().stream().filter(end -> end.call().callId().startsWith("call-"))).hasSize(THREADS * CALLS);
    }

    private void play(int thread, Random random) {
        for (int i = 0; i < CALLS; i++) {
            String callId = "id-" + random.nextInt(CALL_IDS);
            String id = "call-" + thread + "-" + i;
            switch (random.nextInt(4)) {
                case 0 -> rig.inInvite(callId);
                case 1 -> {
                    rig.inInvite(callId);
                    rig.refusedWith(404, "Not Found", callId);
                }
                case 2 -> rig.in(request("OPTIONS", callId, ""));
                default -> rig.in(request("INFO", callId, ";tag=" + thread + "-" + i));
            }
            rig.opened(id, callId);
            rig.out(response(200, "OK", "INVITE", callId));
            rig.in(request("BYE", callId, ";tag=b1"));
            rig.ended(id, callId);
            rig.capture.closed(id);
        }
    }

    private static void mustBeWhole(List<TraceEntry> entries) {
        assertThat(entries.get(entries.size() - 1)).isInstanceOf(TraceEntry.Closed.class);
        assertThat(entries.stream().filter(TraceEntry.Closed.class::isInstance)).hasSize(1);
        List<String> live = new ArrayList<>();
        List<SipMessage> messages = new ArrayList<>();
        for (TraceEntry entry : entries) {
            if (entry instanceof TraceEntry.Opened opened) {
                live.add(opened.call().callId());
            } else if (entry instanceof TraceEntry.Ended ended && ended.call().callId().startsWith("call-")) {
                assertThat(live.remove(ended.call().callId())).isTrue();
            } else if (entry instanceof TraceEntry.Message message) {
                messages.add(message.message());
            }
        }
        assertThat(live).isEmpty();
        assertThat(messages).extracting(SipMessage::time).isSorted();
    }
}
