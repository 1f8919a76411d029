package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallSnapshot;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Documents and the calls that they run on: a call has one at a time. Thread-safe; nothing here waits. */
public final class Documents {

    private final DocumentServices services;
    private final Map<String, Execution> running = new ConcurrentHashMap<>();

    public Documents(DocumentServices services) {
        this.services = services;
    }

    /** @throws DocumentException with what is wrong and where */
    public Document read(String name, String text) throws DocumentException {
        return read(name, null, text, Role.MAIN);
    }

    Document read(String name, URI base, String text, Role role) throws DocumentException {
        return services.reader().read(name, base, text, role);
    }

    /**
     * Fetches a document for a call: its server is told of the call.
     *
     * @return fails with {@link DocumentException}; its dependants run on a thread that must not wait
     */
    public CompletionStage<Document> load(Call call, URI url, ObjectNode params) {
        return load(call, url, params, JsonNodeFactory.instance.objectNode());
    }

    CompletionStage<Document> load(Call call, URI url, ObjectNode params, ObjectNode vars) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("call", view(call));
        request.set("vars", vars);
        request.putObject("envs");
        request.set("params", params);
        String name = Urls.label(url);
        return services.documents().fetch(url, request.toString()).handleAsync((text, failure) -> {
            try {
                if (failure != null) {
                    throw new DocumentException(ProblemCode.HTTP_RETRIEVAL_ERROR, Place.DOCUMENT,
                            name + " gave no document: " + Failures.words(failure));
                }
                return read(name, url, text, Role.MAIN);
            } catch (DocumentException wrong) {
                throw new CompletionException(wrong);
            }
        }, services.pool());
    }

    /**
     * Asks an application for the document of a call.
     *
     * @return fails with {@link ApplicationException} or {@link DocumentException}; its dependants run on a thread that must not wait
     */
    public CompletionStage<Document> load(Ask ask) {
        return ask(ask, Role.MAIN);
    }

    CompletionStage<Document> ask(Ask ask, Role role) {
        return services.ports().application().ask(ask, (url, mediaType, text) -> {
            URI from = Urls.http(url);
            return read(Urls.label(from), from, text, role);
        });
    }

    /** The view of a call for one thread: made anew when the call has changed. */
    Supplier<ObjectNode> viewer(Call call) {
        return new Supplier<>() {
            private CallSnapshot seen;
            private ObjectNode view;

            @Override
            public ObjectNode get() {
                CallSnapshot now = call.snapshot();
                if (now != seen) {
                    seen = now;
                    view = CallView.of(now, services.ids().node(), services.project());
                }
                return view;
            }
        };
    }

    private ObjectNode view(Call call) {
        return CallView.of(call.snapshot(), services.ids().node(), services.project());
    }

    /**
     * Runs a document. One that the call has already ends as {@link Ending#REPLACED} first; an outbound call must be answered before the first
     * instruction.
     */
    public Execution run(Call call, Document document, RunOptions options) {
        Execution execution = new Execution(this, services, call, document, options);
        Execution before = running.put(call.id(), execution);
        execution.done().thenRun(() -> running.remove(call.id(), execution));
        execution.start(before == null ? CompletableFuture.completedFuture(null) : before.replace());
        return execution;
    }

    /** The document that runs on a call. */
    public Optional<Execution> of(String callId) {
        return Optional.ofNullable(running.get(callId));
    }
}
