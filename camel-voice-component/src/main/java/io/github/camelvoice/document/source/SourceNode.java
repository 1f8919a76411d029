package io.github.camelvoice.document.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.document.Place;
import java.util.List;
import java.util.Map;

/** A value of a document's text, with its place. */
public sealed interface SourceNode {

    Place place();

    /** {@code an object}: for errors. */
    String kind();

    /** A text, number, truth value or nothing. */
    record Scalar(Place place, JsonNode value) implements SourceNode {

        public boolean isNull() {
            return value.isNull();
        }

        @Override
        public String kind() {
            return value.isTextual() ? "text" : value.isNumber() ? "a number" : value.isBoolean() ? "true or false" : "nothing";
        }
    }

    /** A list. */
    record Items(Place place, List<SourceNode> items) implements SourceNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** An object, its members in order. */
    record Members(Place place, Map<String, Member> members) implements SourceNode {

        /** @return null if there is none */
        public SourceNode get(String name) {
            Member member = members.get(name);
            return member == null ? null : member.value();
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** {@code place}: of the name. */
    record Member(Place place, SourceNode value) {
    }
}
