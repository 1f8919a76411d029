package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.dial.Redirects;
import io.github.camelvoice.engine.DocumentSyntaxes;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.testkit.ManualTimers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Documents with ports that the test answers for; everything runs on the thread of the test. */
final class DocumentRig implements MediaSources, TapPort, DocumentSource, Application, RecordingPort {

    final ManualTimers timers = new ManualTimers();
    final FakeDials dials = new FakeDials();
    final List<String> followed = new ArrayList<>();
    final Documents documents = new Documents(new DocumentServices(new DocumentSyntaxes(), this, this, this, this::tell,
            new DocumentPorts(this, progress(), this, new Dialling(dials, user -> "sip:" + user + "@us.example", Redirects.NONE, "X-Voice-")),
            Runnable::run, timers,
            timers, new Ids("n1"), "project-1"));
    final Map<String, String> web = new HashMap<>();
    final List<JsonNode> requests = new ArrayList<>();
    final List<String> sounds = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<RecordingOrder> recordings = new ArrayList<>();
    final CompletableFuture<RecordingNews> recording = new CompletableFuture<>();
    final List<String> taps = new ArrayList<>();
    /** What a tap comes to; null: it does not come to anything yet. */
    CompletableFuture<TapPort.Started> tapResult = CompletableFuture.completedFuture(
            new TapPort.Started("rtp://192.0.2.1:4000", "t-made", "127.0.0.1", 20_000, 20, "PCMU", 8000, null));
    CompletableFuture<String> tapEnded = new CompletableFuture<>();
    CompletableFuture<Void> stopResult = CompletableFuture.completedFuture(null);

    Execution run(Call call, String swml) {
        return run(call, swml, RunOptions.standard());
    }

    Execution run(Call call, String swml, RunOptions options) {
        try {
            return documents.run(call, documents.read("test", swml), options);
        } catch (DocumentException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** A document without a syntax. */
    Execution run(Call call, Instruction... instructions) {
        return documents.run(call, new Document("test", null, List.of(), Map.of(Document.MAIN, List.of(instructions))), RunOptions.standard());
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void attach(Call leg, StatusOrder order) {
                followed.add(leg.id() + " " + order.method() + " " + order.url() + " " + new TreeSet<>(order.events()));
            }

            @Override
            public void tell(CallSnapshot about, Action to, List<Map.Entry<String, String>> parameters) {
                followed.add(about.callId() + " " + to + " " + parameters);
            }
        };
    }

    static Outcome outcome(Execution execution) {
        return execution.done().toCompletableFuture().getNow(null);
    }

    private CompletionStage<Void> tell(String kind, String callId, String target, String json) {
        if (target.equals("unknown")) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("there is no target unknown"));
        }
        told.add(kind + " " + callId + " " + target + " " + json);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<PlaySource> find(Sound sound, double gain) {
        sounds.add(sound.label() + (gain == 0 ? "" : " at " + gain + " dB"));
        return sound.label().contains("missing") ? CompletableFuture.failedFuture(new IOException("there is no " + sound.label()))
                : CompletableFuture.completedFuture(new PlaySource(sound.label(), () -> new ByteArrayInputStream(new byte[0]), 1));
    }

    @Override
    public CompletionStage<Started> start(Call call, TapOrder.Filled order, String sessionId) {
        taps.add("start " + order.uri() + " " + order.controlId() + " " + order.direction() + " " + order.codec() + " " + order.ptime());
        return tapResult;
    }

    @Override
    public CompletionStage<Started> stream(Call call, StreamOrder order, String sessionId) {
        taps.add("stream " + order.url() + " " + order.name() + " " + order.direction() + " " + order.parameters());
        return tapResult;
    }

    @Override
    public CompletionStage<String> ended(String callId, String controlId) {
        return tapEnded;
    }

    @Override
    public CompletionStage<Void> stop(String callId, String controlId) {
        taps.add("stop " + controlId);
        return stopResult;
    }

    @Override
    public <T> CompletionStage<T> ask(Ask ask, Application.Reader<T> reader) {
        asked.add(ask.method() + " " + ask.url() + " " + ask.parameters());
        try {
            return CompletableFuture.completedFuture(reader.read(ask.url(), "application/json", web.getOrDefault(ask.url(), "")));
        } catch (DocumentException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
    }

    @Override
    public Running start(Call call, RecordingOrder order) {
        recordings.add(order);
        return new Running() {
            @Override
            public String id() {
                return "RE1";
            }

            @Override
            public String url() {
                return "https://here.example/RE1";
            }

            @Override
            public void stop() {
                recorded(RecordingStatus.COMPLETED);
            }

            @Override
            public CompletionStage<RecordingNews> ended() {
                return recording;
            }
        };
    }

    void recorded(RecordingStatus status) {
        recording.complete(new RecordingNews("RE1", status, "https://here.example/RE1", "RecordVerb", 1, timers.now(), 2600, ""));
    }

    @Override
    public CompletionStage<String> fetch(URI url, String json) {
        try {
            requests.add(new ObjectMapper().readTree(json));
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
        String text = web.get(url.toString());
        return text == null ? CompletableFuture.failedFuture(new IOException("404")) : CompletableFuture.completedFuture(text);
    }
}
