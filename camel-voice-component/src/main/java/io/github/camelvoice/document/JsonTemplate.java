package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A JSON value of any kind, with variables in its texts. Immutable. */
public sealed interface JsonTemplate {

    /** @throws DocumentException naming the place of a text that becomes too long */
    JsonNode evaluate(Scope scope) throws DocumentException;

    /** A value without variables. */
    record Fixed(JsonNode value) implements JsonTemplate {
        @Override
        public JsonNode evaluate(Scope scope) {
            return value;
        }
    }

    /** Text with variables. */
    record Text(Place place, Template template) implements JsonTemplate {
        @Override
        public JsonNode evaluate(Scope scope) throws DocumentException {
            try {
                return template.value(scope);
            } catch (IllegalArgumentException wrong) {
                throw new DocumentException(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, place, wrong.getMessage());
            }
        }
    }

    /** A list. */
    record Items(List<JsonTemplate> items) implements JsonTemplate {
        @Override
        public JsonNode evaluate(Scope scope) throws DocumentException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            for (JsonTemplate item : items) {
                array.add(item.evaluate(scope));
            }
            return array;
        }
    }

    /** An object, its members in order. */
    record Members(Map<String, JsonTemplate> members) implements JsonTemplate {
        @Override
        public JsonNode evaluate(Scope scope) throws DocumentException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonTemplate> member : members.entrySet()) {
                object.set(member.getKey(), member.getValue().evaluate(scope));
            }
            return object;
        }
    }

    /** @throws IllegalArgumentException for an expression */
    static JsonTemplate text(Place place, String text) {
        return Template.isIn(text) ? new Text(place, Template.of(text)) : new Fixed(JsonNodeFactory.instance.textNode(text));
    }
}
