package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.engine.NamedSounds;
import io.github.camelvoice.voice.VoiceConstants;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Documents over HTTP: the body is one, or names the URL of one. Also the sounds that documents may play by name: the same that callers of
 * the API may. Thread-safe.
 */
public final class DocumentApi implements NamedSounds {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("url", "params", "atEnd");

    private final AudioNames audio;

    DocumentApi(DataFolder data) {
        this.audio = new AudioNames(data);
    }

    /** {@code POST /calls/{id}/document}: a JSON object with {@code url} says where the document is; anything else is the document. */
    public void run(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(VoiceConstants.CALL_ID, message.getHeader("id", String.class));
        String text = message.getBody(String.class);
        if (text == null || text.isBlank()) {
            throw new ApiException(400, "bad-document", "the body must be a document, or have the field url");
        }
        JsonNode order = order(text);
        if (order == null) {
            message.setBody(text);
            return;
        }
        for (Iterator<String> names = order.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw ApiException.badField(ApiException.quote(name), "is not known; there are url, params and atEnd");
            }
        }
        message.setHeader(VoiceConstants.URL, text(order, "url"));
        message.setHeader(VoiceConstants.AT_END, order.has("atEnd") ? text(order, "atEnd") : null);
        if (order.has("params")) {
            if (!order.get("params").isObject()) {
                throw ApiException.badField("params", "must be an object");
            }
            message.setHeader(VoiceConstants.DOCUMENT_PARAMS, order.get("params").toString());
        }
        message.setBody(null);
    }

    /** @return null for what is a document itself, or nothing at all, as its parser will say */
    private static JsonNode order(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            JsonNode json = JSON.readTree(text);
            return json.has("url") && !json.has("sections") ? json : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    private static String text(JsonNode order, String name) {
        if (!order.get(name).isTextual() || order.get(name).asText().isBlank()) {
            throw ApiException.badField(name, "must be text");
        }
        return order.get(name).asText();
    }

    /** The document runs. */
    public void runs(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        ObjectNode answer = JSON.createObjectNode();
        answer.put("callId", message.getHeader(VoiceConstants.CALL_ID, String.class));
        answer.put("documentId", message.getHeader(VoiceConstants.DOCUMENT_ID, String.class));
        message.setBody(JSON.writeValueAsString(answer));
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    }

    /** The name is looked at where the sound is opened: that may wait for the disk. */
    @Override
    public PlaySource.Opener find(String name) {
        return () -> open(name);
    }

    private InputStream open(String name) throws IOException {
        String source;
        try {
            source = audio.resolve(name);
        } catch (ApiException refused) {
            throw new FileNotFoundException(refused.getMessage());
        }
        if (source.startsWith("file:")) {
            return Files.newInputStream(Path.of(source.substring("file:".length())));
        }
        return DocumentApi.class.getResourceAsStream("/" + source.substring("classpath:".length()));
    }
}
