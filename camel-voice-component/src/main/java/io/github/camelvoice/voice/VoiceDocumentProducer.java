package io.github.camelvoice.voice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.Call;
import io.github.camelvoice.document.Action;
import io.github.camelvoice.document.Ask;
import io.github.camelvoice.document.Document;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Documents;
import io.github.camelvoice.document.Ending;
import io.github.camelvoice.document.Execution;
import io.github.camelvoice.document.Outcome;
import io.github.camelvoice.document.RunOptions;
import io.github.camelvoice.document.Urls;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Runs a document on a call. Waits for nothing: the exchange goes on when the document is over, or when it runs. */
public class VoiceDocumentProducer extends DefaultAsyncProducer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() { };

    /** The option atEnd. */
    private enum AtEnd {
        HANGUP, GOON
    }

    /** The option request. */
    private enum Request {
        SWML, CXML
    }

    private final VoiceEndpoint endpoint;
    private final VoiceConfiguration options;

    public VoiceDocumentProducer(VoiceEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String operation = Arguments.blankToNull(options.getOperation());
        if (operation != null && endpoint.given().contains("operation") && !operation.equals("run")) {
            throw new IllegalArgumentException("voice:document has no operation '" + operation + "'; there is run");
        }
        OptionRules.checkDocumentProducer(endpoint.given());
        Arguments.choice("atEnd", options.getAtEnd(), AtEnd.class);
        if (Arguments.blankToNull(options.getUrl()) != null) {
            url("url", options.getUrl());
        }
        Request request = Arguments.choice("request", options.getRequest(), Request.class);
        action("method", options.getMethod(), "url", "http://localhost/");
        fallback();
        if (request == Request.SWML && (endpoint.given().contains("method") || endpoint.given().contains("fallbackUrl")
                || endpoint.given().contains("fallbackMethod"))) {
            throw new IllegalArgumentException("method, fallbackUrl and fallbackMethod belong to request=cxml");
        }
    }

    private static URI url(String option, String text) {
        try {
            return Urls.http(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(option + " " + wrong.getMessage());
        }
    }

    private static Action action(String methodOption, String method, String urlOption, String url) {
        if (!method.equalsIgnoreCase("GET") && !method.equalsIgnoreCase("POST")) {
            throw new IllegalArgumentException(methodOption + " must be GET or POST: " + method);
        }
        return new Action(url(urlOption, url).toString(), method.toUpperCase(Locale.ROOT));
    }

    /** Null for none. */
    private Action fallback() {
        String url = Arguments.blankToNull(options.getFallbackUrl());
        return url == null ? null : action("fallbackMethod", options.getFallbackMethod(), "fallbackUrl", url);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Arguments args = new Arguments(exchange);
            String callId = args.name(VoiceConstants.CALL_ID, "callId", options.getCallId());
            if (callId == null) {
                throw Commands.missing("callId", VoiceConstants.CALL_ID);
            }
            Call call = KnownCalls.find(endpoint.engine().calls(), exchange, callId);
            boolean wait = args.flag(VoiceConstants.WAIT, "wait", options.isWait());
            RunOptions how = new RunOptions(args.choice(VoiceConstants.AT_END, "atEnd", options.getAtEnd(), AtEnd.class) == AtEnd.HANGUP,
                    params(exchange)).withFallback(fallback());
            Documents documents = endpoint.engine().documents();
            CompletionStage<Execution> run = document(documents, call, args, how, exchange).thenApply(document -> documents.run(call, document, how));
            CompletionStage<Ran> ran = wait ? run.thenCompose(execution -> execution.done().thenApply(outcome -> new Ran(execution, outcome)))
                    : run.thenApply(execution -> new Ran(execution, null));
            return Continuation.resume(endpoint.getComponent()::goOn, ran, exchange, callback, done -> over(exchange.getMessage(), call, done));
        } catch (Exception failure) {
            Exception cause = failure instanceof IllegalArgumentException wrong ? new VoiceRequestException(null, wrong.getMessage(), wrong)
                    : failure;
            exchange.setException(Failures.translate(cause));
            callback.done(true);
            return true;
        }
    }

    /** {@code outcome} null if it is not waited for. */
    private record Ran(Execution execution, Outcome outcome) {
    }

    private CompletionStage<Document> document(Documents documents, Call call, Arguments args, RunOptions how, Exchange exchange)
            throws VoiceRequestException, DocumentException {
        String url = args.text(VoiceConstants.URL, "url", options.getUrl());
        if (url != null) {
            if (Arguments.choice("request", options.getRequest(), Request.class) == Request.CXML) {
                return documents.load(Ask.of(call.snapshot(), action("method", options.getMethod(), "url", url), how.fallback(), List.of()));
            }
            return documents.load(call, url("url", url), how.params());
        }
        String text = exchange.getMessage().getBody(String.class);
        if (text == null || text.isBlank()) {
            throw new VoiceRequestException(call.id(), "there is no document: give the option url, or the document as the body", null);
        }
        return CompletableFuture.completedFuture(documents.read("the body", text));
    }

    private static ObjectNode params(Exchange exchange) throws VoiceRequestException {
        Object value = exchange.getMessage().getHeader(VoiceConstants.DOCUMENT_PARAMS);
        try {
            JsonNode json = value == null ? JSON.createObjectNode() : value instanceof Map<?, ?> map ? JSON.valueToTree(map)
                    : JSON.readTree(value.toString());
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            throw new VoiceRequestException(null, "header " + VoiceConstants.DOCUMENT_PARAMS + " is no JSON: " + wrong.getMessage(), wrong);
        }
        throw new VoiceRequestException("header " + VoiceConstants.DOCUMENT_PARAMS + " must be a Map, or JSON text with an object");
    }

    private static void over(Message message, Call call, Ran ran) throws VoiceException {
        Results.call(message, call.snapshot());
        message.setHeader(VoiceConstants.DOCUMENT_ID, ran.execution().id());
        Outcome outcome = ran.outcome();
        Results.set(message, VoiceConstants.DOCUMENT_ENDING, outcome == null ? null : outcome.ending().word());
        Results.set(message, VoiceConstants.DOCUMENT_VARIABLES, outcome == null ? null : JSON.convertValue(outcome.variables(), MAP));
        Results.set(message, VoiceConstants.DOCUMENT_RETURN, outcome == null || outcome.returned() == null ? null
                : JSON.convertValue(outcome.returned(), Object.class));
        if (outcome != null && outcome.ending() == Ending.FAILED) {
            throw new VoiceDocumentException(call.id(), new DocumentException(List.of(outcome.problem())));
        }
    }
}
