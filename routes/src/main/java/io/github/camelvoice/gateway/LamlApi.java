package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.Ask;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingPort;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.CallRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Calls in the API of 2010-04-01, as the libraries of Twilio and SignalWire speak it: a form comes, JSON goes, errors have numbers. Reading waits
 * for the database, on threads that are there for it. Thread-safe.
 */
public final class LamlApi {

    /** Name of the request header in which a route finds who asks. */
    static final String ACCOUNT = "x-voice-account";
    private static final String GONE = "the document could not be had";

    private final Supplier<VoiceEngine> engine;
    private final String project;

    LamlApi(Supplier<VoiceEngine> engine, String project) {
        this.engine = engine;
        this.project = project;
    }

    private static String body(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    private static boolean isPost(Exchange exchange) {
        return "POST".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class));
    }

    /** {@code GET} and {@code POST …/Calls}. */
    public void calls(Exchange exchange) throws CallException, DocumentException, StoreException {
        if (isPost(exchange)) {
            create(exchange);
        } else {
            list(exchange);
        }
    }

    /** {@code GET} and {@code POST …/Calls/{call}}. */
    public void call(Exchange exchange) throws DocumentException, StoreException {
        if (isPost(exchange)) {
            update(exchange);
        } else {
            fetch(exchange);
        }
    }

    private void create(Exchange exchange) throws CallException, DocumentException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        VoiceEngine voice = engine.get();
        LamlForm form = LamlOrder.create(body(exchange));
        LamlOrder order = LamlOrder.of(form, voice.outbound().policy());
        if (!order.hasDocument()) {
            throw new LamlError(400, LamlError.NO_URL, "Url, Twiml or Laml is required");
        }
        Document document = order.document() == null ? null : voice.documents().read("the call's document", order.document());
        Call call = voice.calls().place(LamlOrder.call(form, voice.bindings().advertised(), place.asker()));
        RecordingPort.Running recording = order.recording() == null ? null : voice.recordings().start(call, order.recording());
        if (order.status() != null) {
            voice.statusCallbacks().attach(call, order.status(), over -> fields(recording));
        }
        call.reached(Milestone.ANSWERED).thenAccept(now -> {
            if (now.cause() == null) {
                run(voice, call, order, document);
            }
        });
        answer(exchange, 201, LamlCall.of(call.snapshot()).json(place.base(), place.account()));
    }

    /** What is told of a recording at the end of its call; its own callback tells whether it is complete. */
    private static List<Map.Entry<String, String>> fields(RecordingPort.Running recording) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (recording != null) {
            fields.add(Map.entry("RecordingSid", recording.id()));
            if (recording.url() != null) {
                fields.add(Map.entry("RecordingUrl", recording.url()));
            }
            RecordingNews ended = recording.ended().toCompletableFuture().getNow(null);
            if (ended != null) {
                fields.add(Map.entry("RecordingDuration", Long.toString(ended.seconds())));
            }
        }
        return fields;
    }

    /** Has the call do what a document says; one that cannot be had ends the call. */
    private static void run(VoiceEngine voice, Call call, LamlOrder order, Document given) {
        RunOptions options = order.fallbackUrl() == null ? RunOptions.standard()
                : RunOptions.standard().withFallback(new Action(order.fallbackUrl(), order.fallbackMethod()));
        CompletionStage<Document> document = given != null ? CompletableFuture.completedFuture(given) : voice.documents().load(new Ask(
                call.snapshot(), order.url(), order.method(), order.fallbackUrl(), order.fallbackMethod(), List.of()));
        document.whenComplete((found, failure) -> {
            if (failure == null) {
                voice.documents().run(call, found, options);
            } else {
                call.execute(new CallCommand.Hangup(GONE, SipHeaders.none()));
            }
        });
    }

    private void list(Exchange exchange) throws StoreException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        LamlList list = new LamlList(exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, String.class));
        answer(exchange, 200, list.read(kept(), project, place.base(), place.account(), this::now));
    }

    /** As it is now, where it lives. */
    private LamlCall now(CallRecord record) {
        try {
            return record.isOver() ? LamlCall.of(record) : LamlCall.of(engine.get().calls().find(record.callId()).snapshot());
        } catch (CallException past) {
            return LamlCall.of(record);
        }
    }

    private CallArchive kept() {
        CallArchive archive = engine.get().archive();
        if (archive == null) {
            throw new LamlError(503, 20503, "calls are not kept");
        }
        return archive;
    }

    private void fetch(Exchange exchange) throws StoreException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        answer(exchange, 200, find(callId(exchange)).json(place.base(), place.account()));
    }

    private static String callId(Exchange exchange) {
        String id = String.valueOf(exchange.getMessage().getHeader("call", String.class));
        return id.endsWith(".json") ? id.substring(0, id.length() - 5) : id;
    }

    private LamlCall find(String id) throws StoreException {
        try {
            return LamlCall.of(engine.get().calls().find(id).snapshot());
        } catch (CallException past) {
            Optional<CallRecord> record = kept().find(project, id).filter(found -> found.callId().equals(id));
            return LamlCall.of(record.orElseThrow(() -> new LamlError(404, LamlError.NOT_FOUND, "there is no call " + ApiException.quote(id))));
        }
    }

    /** Ends the call, or gives it another document. */
    private void update(Exchange exchange) throws StoreException, DocumentException {
        LamlPlace place = LamlPlace.of(exchange.getMessage(), engine.get().config());
        String id = callId(exchange);
        VoiceEngine voice = engine.get();
        LamlForm form = LamlOrder.update(body(exchange));
        LamlOrder order = LamlOrder.of(form, voice.outbound().policy());
        String status = form.text("Status");
        if (status != null && !status.equals("completed") && !status.equals("canceled")) {
            throw LamlError.badParameter("Status", "must be completed or canceled");
        }
        if (status == null == !order.hasDocument()) {
            throw new LamlError(400, LamlError.INVALID, "either Status is required, or one of Url, Twiml and Laml");
        }
        Document document = order.document() == null ? null : voice.documents().read("the call's document", order.document());
        Call call;
        try {
            call = voice.calls().find(id);
        } catch (CallException past) {
            LamlCall found = find(id);
            if (!"completed".equals(status)) {
                throw notInProgress(found.status());
            }
            answer(exchange, 200, found.json(place.base(), place.account()));
            return;
        }
        CallStatus now = CallStatus.of(call.snapshot());
        if (status != null && status.equals("canceled") && now == CallStatus.IN_PROGRESS || status == null && now != CallStatus.IN_PROGRESS) {
            throw notInProgress(now);
        }
        if (order.status() != null) {
            voice.statusCallbacks().attach(call, order.status());
        }
        if (status == null) {
            run(voice, call, order, document);
            answer(exchange, 200, LamlCall.of(call.snapshot()).json(place.base(), place.account()));
            return;
        }
        CallSnapshot ended = call.execute(new CallCommand.Hangup(null, SipHeaders.none())).toCompletableFuture().join().call();
        answer(exchange, 200, LamlCall.of(ended).json(place.base(), place.account()));
    }

    private static LamlError notInProgress(CallStatus status) {
        return new LamlError(400, LamlError.WRONG_STATE, "the call is " + status.word() + ": it cannot be redirected or canceled");
    }

    private static void answer(Exchange exchange, int status, ObjectNode json) {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, LamlError.MEDIA_TYPE);
        message.setBody(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Any failure. */
    public void problem(Exchange exchange) {
        LamlError error = LamlError.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, error.status());
        message.setHeader(Exchange.CONTENT_TYPE, LamlError.MEDIA_TYPE);
        message.setBody(error.json().getBytes(StandardCharsets.UTF_8));
    }
}
