package io.github.camelvoice.tap.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** JSON of control messages: small ones written field by field in the order of the vendor's text, and messages of the far end read. */
final class Json {

    private static final int DEEPEST = 16;
    private static final int MOST_NUMBER_DIGITS = 40;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(MOST_NUMBER_DIGITS).build()).build());
    private static final ObjectReader READER = MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {
    }

    /** Something that writes an object's fields. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator to) throws IOException;
    }

    static String object(Fields fields) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator to = MAPPER.getFactory().createGenerator(text)) {
            to.writeStartObject();
            fields.write(to);
            to.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static void object(JsonGenerator to, String name, Fields fields) throws IOException {
        to.writeObjectFieldStart(name);
        fields.write(to);
        to.writeEndObject();
    }

    /** Strings, sorted by name so that a tap says the same on each connection. */
    static void strings(JsonGenerator to, Map<String, String> values) throws IOException {
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            to.writeStringField(entry.getKey(), entry.getValue());
        }
    }

    static JsonNode read(String message) throws BadMessage {
        try {
            JsonNode node = READER.readTree(message);
            if (node == null || !node.isObject()) {
                throw new BadMessage("a text message that is no JSON object");
            }
            return node;
        } catch (JsonProcessingException invalid) {
            throw new BadMessage("a text message that is no JSON");
        }
    }

    /** A string or number of the object, null if it has none of that name. */
    static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || !value.isTextual() && !value.isNumber() ? null : value.asText();
    }

    static String required(JsonNode object, String name, int longest) throws BadMessage {
        String value = text(object, name);
        if (value == null || value.isEmpty() || value.length() > longest) {
            throw new BadMessage("a message without \"" + name + "\", or one that is too long");
        }
        return value;
    }

    static JsonNode object(JsonNode object, String name) throws BadMessage {
        JsonNode value = object.get(name);
        if (value == null || !value.isObject()) {
            throw new BadMessage("a message without \"" + name + "\"");
        }
        return value;
    }

    /** RFC 4648, 4; padding may be missing, anything else may not. */
    static byte[] base64(String text) throws BadMessage {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException invalid) {
            throw new BadMessage("audio that is no base64");
        }
    }
}
