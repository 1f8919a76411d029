package io.github.camelvoice.document.swml;

import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.document.JsonTemplate;
import io.github.camelvoice.document.Place;
import io.github.camelvoice.document.ProblemCode;
import io.github.camelvoice.document.Value;
import io.github.camelvoice.document.source.Findings;
import io.github.camelvoice.document.source.SourceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The properties of one method, each asked for by its name; {@link #end} tells of those that nobody asked for. For one thread. */
final class Properties {

    private final String method;
    private final Place place;
    private final Map<String, SourceNode.Member> members;
    private final Findings findings;
    private final Set<String> known = new TreeSet<>();

    Properties(String method, Place place, Map<String, SourceNode.Member> members, Findings findings) {
        this.method = method;
        this.place = place;
        this.members = members;
        this.findings = findings;
    }

    private SourceNode node(String name) {
        known.add(name);
        SourceNode.Member member = members.get(name);
        return member == null ? null : member.value();
    }

    boolean has(String name) {
        known.add(name);
        return members.containsKey(name);
    }

    Place placeOf(String name) {
        return members.get(name).place();
    }

    /** Text, possibly with variables. @return null where it is absent or wrong */
    <T> Value<T> text(String name, Value.Reader<T> reader) {
        SourceNode node = node(name);
        return node == null ? null : text(node, reader);
    }

    private <T> Value<T> text(SourceNode node, Value.Reader<T> reader) {
        if (node instanceof SourceNode.Scalar scalar && scalar.value().isTextual()) {
            return read(scalar.value().asText(), node.place(), reader);
        }
        return wrongType(node, "text");
    }

    /** A list of texts. @return null where it is absent or wrong */
    <T> List<Value<T>> texts(String name, Value.Reader<T> reader) {
        SourceNode node = node(name);
        if (node == null) {
            return null;
        }
        if (!(node instanceof SourceNode.Items items) || items.items().isEmpty()) {
            return node instanceof SourceNode.Items ? invalid(node.place(), "must not be empty") : wrongType(node, "a list of texts");
        }
        List<Value<T>> values = new ArrayList<>();
        for (SourceNode item : items.items()) {
            Value<T> value = text(item, reader);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** A number, or text with variables. @return null where it is absent or wrong */
    <T> Value<T> number(String name, boolean whole, Value.Reader<T> reader) {
        SourceNode node = node(name);
        if (node == null) {
            return null;
        }
        String what = whole ? "a whole number" : "a number";
        if (node instanceof SourceNode.Scalar scalar) {
            if (whole ? scalar.value().isIntegralNumber() : scalar.value().isNumber()) {
                return read(scalar.value().asText(), node.place(), reader);
            }
            if (isVariable(scalar)) {
                return read(scalar.value().asText(), node.place(), reader);
            }
        }
        return wrongType(node, what);
    }

    /** True or false, or text with variables. @return null where it is absent or wrong */
    Value<Boolean> flag(String name) {
        SourceNode node = node(name);
        if (node == null) {
            return null;
        }
        if (node instanceof SourceNode.Scalar scalar && (scalar.value().isBoolean() || isVariable(scalar))) {
            return read(scalar.value().asText(), node.place(), Readers::flag);
        }
        return wrongType(node, "true or false");
    }

    private static boolean isVariable(SourceNode.Scalar scalar) {
        return scalar.value().isTextual() && scalar.value().asText().matches("[$%]\\{.*}");
    }

    /** Named values of any kind; empty where they are absent or wrong. */
    Map<String, JsonTemplate> values(String name) {
        SourceNode node = node(name);
        if (node == null) {
            return Map.of();
        }
        if (node instanceof SourceNode.Members object) {
            return Readers.templates(object, findings);
        }
        wrongType(node, "an object");
        return Map.of();
    }

    /** A property of SWML that has no meaning here. */
    void unsupported(String name, String why) {
        if (has(name)) {
            findings.add(ProblemCode.METHOD_PARAMETER_UNDEFINED, placeOf(name), "'" + name + "' of " + method + " is not supported: " + why);
        }
        known.remove(name);
    }

    <T> T missing(String message) {
        findings.add(ProblemCode.METHOD_PARAMETER_MISSING, place, message);
        return null;
    }

    <T> T conflict(String message) {
        findings.add(ProblemCode.METHOD_PARAMETER_CONFLICT, place, message);
        return null;
    }

    private <T> Value<T> read(String text, Place at, Value.Reader<T> reader) {
        try {
            return Value.of(text, at, reader);
        } catch (IllegalArgumentException wrong) {
            return invalid(at, wrong.getMessage());
        } catch (DocumentException inner) {
            return invalid(at, "its document: " + inner.getMessage());
        }
    }

    private <T> T invalid(Place at, String message) {
        findings.add(ProblemCode.METHOD_PARAMETER_INVALID_VALUE, at, message);
        return null;
    }

    private <T> T wrongType(SourceNode node, String what) {
        return invalid(node.place(), "must be " + what + ", not " + node.kind());
    }

    /** To be called when all properties have been asked for. */
    void end(Set<String> toldAlready) {
        Map<String, SourceNode.Member> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(known);
        rest.keySet().removeAll(toldAlready);
        rest.forEach((name, member) -> findings.add(ProblemCode.METHOD_PARAMETER_UNDEFINED, member.place(), method + " has no property '"
                + Findings.shown(name) + "'" + (known.isEmpty() ? "" : "; there are " + String.join(", ", known))));
    }
}
