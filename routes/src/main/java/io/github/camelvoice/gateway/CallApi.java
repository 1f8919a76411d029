package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallState;
import io.github.camelvoice.call.VoiceJson;
import io.github.camelvoice.voice.CallSnapshots;
import io.github.camelvoice.voice.VoiceConstants;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the routes of the HTTP API cannot say in YAML: reads requests strictly into the headers of {@code voice:call}, and writes calls
 * and problems as JSON. Thread-safe.
 */
public final class CallApi {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;
    private static final ObjectMapper JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private final AudioNames audio;

    CallApi(DataFolder data) {
        this.audio = new AudioNames(data);
    }

    /** {@code POST /calls}: the body becomes headers. */
    public void place(Exchange exchange) {
        apply(ApiFields.PLACE, exchange.getMessage());
        if (exchange.getMessage().getHeader(VoiceConstants.TARGET) == null) {
            throw ApiException.badField("to", "is missing");
        }
    }

    /** {@code POST /calls/{id}/{operation}}: path and body become headers. */
    public void act(Exchange exchange) {
        Message message = exchange.getMessage();
        String operation = message.getHeader("operation", String.class);
        ApiFields fields = ApiFields.ofOperation(operation);
        if (fields == null) {
            throw new ApiException(404, "no-such-operation", "there is no operation '" + ApiException.quote(operation) + "'");
        }
        named(exchange);
        message.setHeader(VoiceConstants.OPERATION, operation);
        apply(fields, message);
        String source = message.getHeader(VoiceConstants.SOURCE, String.class);
        if (source != null) {
            message.setHeader(VoiceConstants.SOURCE, audio.resolve(source));
        }
    }

    /** The call that the path names. */
    public void named(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, message.getHeader("id", String.class));
    }

    void apply(ApiFields fields, Message message) {
        JsonNode body = read(message);
        fields.apply(body, message);
        message.setBody(fields == ApiFields.SEND_INFO ? body.path("body").asText() : null);
    }

    /** The body, an object. */
    static JsonNode read(Message message) {
        String text = message.getBody(String.class);
        if (text == null || text.isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(text);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "bad-json", "the body is no JSON: " + e.getOriginalMessage());
        }
        throw new ApiException(400, "bad-json", "the body must be a JSON object");
    }

    /** What an operation came to. */
    public void done(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        ObjectNode answer = JSON.createObjectNode();
        answer.put("callId", message.getHeader(VoiceConstants.CALL_ID, String.class));
        answer.put("operation", message.getHeader(VoiceConstants.OPERATION, String.class));
        String state = message.getHeader(VoiceConstants.CALL_STATE, String.class);
        answer.put("state", state == null ? null : state.toLowerCase(Locale.ROOT));
        put(answer, "operationId", message.getHeader(VoiceConstants.OPERATION_ID, String.class));
        put(answer, "outcome", message.getHeader(VoiceConstants.OUTCOME, String.class));
        put(answer, "recording", audio.relative(message.getHeader(VoiceConstants.RECORDING, String.class)));
        message.setBody(JSON.writeValueAsString(answer));
    }

    private static void put(ObjectNode answer, String name, String value) {
        if (value != null) {
            answer.put(name, value);
        }
    }

    /** Live calls, newest first, as the query asks. */
    public void list(Exchange exchange) {
        Message message = exchange.getMessage();
        Predicate<CallSnapshot> wanted = state(message.getHeader("state", String.class));
        int limit = limit(message.getHeader("limit", String.class));
        List<CallSnapshot> calls = message.getBody(CallSnapshots.class).stream().filter(wanted).toList();
        String json = VoiceJson.write(calls.stream().sorted(Comparator.comparing(CallSnapshot::createdAt).reversed()).limit(limit).toList());
        message.setBody("{\"count\":" + calls.size() + ",\"calls\":" + json + "}");
    }

    private static Predicate<CallSnapshot> state(String text) {
        if (text == null) {
            return call -> true;
        }
        for (CallState state : CallState.values()) {
            if (state.name().equalsIgnoreCase(text)) {
                return call -> call.state() == state;
            }
        }
        throw new ApiException(400, "bad-parameter", "state must be one of "
                + Arrays.toString(CallState.values()).toLowerCase(Locale.ROOT));
    }

    static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw new ApiException(400, "bad-parameter", "limit must be 1 to " + MAX_LIMIT);
    }

    /** Any failure of an API route as a problem. */
    public void problem(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Problem problem = ApiException.problem(failure);
        Message message = exchange.getMessage();
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        message.setBody(problem.json());
    }

    /** The contract as JSON; it is written as YAML. */
    public void contract(Exchange exchange) throws IOException {
        try (InputStream stream = CallApi.class.getResourceAsStream("/openapi.yaml")) {
            Object contract = new Load(LoadSettings.builder().build()).loadFromInputStream(stream);
            exchange.getMessage().setBody(JSON.writeValueAsString(contract));
        }
    }
}
