package io.github.camelvoice.document.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON, strictly: no duplicate names, nothing behind the value. For one text. */
final class JsonSource {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String text;

    JsonSource(String text) {
        this.text = text;
    }

    SourceNode read() throws DocumentException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            SourceNode root = value(parser, "", 0);
            if (parser.nextToken() != null) {
                throw new DocumentException(ProblemCode.PARSE_ERROR, place("", parser.currentTokenLocation()), "something follows the JSON");
            }
            return root;
        } catch (JsonProcessingException wrong) {
            throw new DocumentException(ProblemCode.PARSE_ERROR, place("", wrong.getLocation()), "is no JSON: "
                    + wrong.getOriginalMessage().replaceAll("\\s*\\(start marker.*", ""));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Place place(String pointer, JsonLocation location) {
        return location == null ? new Place(pointer, 0, 0)
                : new Place(pointer, Math.max(location.getLineNr(), 0), Math.max(location.getColumnNr(), 0));
    }

    private SourceNode value(JsonParser parser, String pointer, int depth) throws IOException, DocumentException {
        Place place = place(pointer, parser.currentTokenLocation());
        if (depth > SourceText.MAX_DEPTH) {
            throw SourceText.tooDeep(place);
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, place, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            List<SourceNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, Pointers.below(pointer, items.size()), depth + 1));
            }
            return new SourceNode.Items(place, items);
        }
        return new SourceNode.Scalar(place, scalar(parser, token));
    }

    private SourceNode object(JsonParser parser, Place place, int depth) throws IOException, DocumentException {
        Map<String, SourceNode.Member> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String pointer = Pointers.below(place.pointer(), name);
            Place at = place(pointer, parser.currentTokenLocation());
            parser.nextToken();
            if (members.put(name, new SourceNode.Member(at, value(parser, pointer, depth + 1))) != null) {
                throw SourceText.twice(at, name);
            }
        }
        return new SourceNode.Members(place, members);
    }

    private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            default -> NullNode.getInstance();
        };
    }
}
