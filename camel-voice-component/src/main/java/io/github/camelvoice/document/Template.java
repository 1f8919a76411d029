package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text with variables: {@code ${vars.name}} or {@code %{call.from}}, paths only. Immutable. */
public final class Template {

    /** What a text may grow to, in characters. */
    static final int MAX_LENGTH = 65_536;
    private static final Pattern PATH = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*((\\.[A-Za-z_][A-Za-z0-9_]*)|(\\[[0-9]{1,4}]))*");

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** Text as it stands, or the path of a variable. */
    private record Part(String literal, String path) {
    }

    static boolean isIn(String text) {
        return text.contains("${") || text.contains("%{");
    }

    /** @throws IllegalArgumentException for what is more than a path */
    static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = next(text, at);
            if (open < 0) {
                parts.add(new Part(text.substring(at), null));
                break;
            }
            if (open > at) {
                parts.add(new Part(text.substring(at, open), null));
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("has " + text.substring(open, open + 2) + " without }");
            }
            parts.add(new Part(null, path(text.substring(open + 2, close).trim())));
            at = close + 1;
        }
        return new Template(List.copyOf(parts));
    }

    private static int next(String text, int from) {
        int dollar = text.indexOf("${", from);
        int percent = text.indexOf("%{", from);
        return dollar < 0 ? percent : percent < 0 ? dollar : Math.min(dollar, percent);
    }

    private static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException("has an expression; there are variables only, such as ${vars.name}, ${call.from} or ${list[0]}: "
                    + (text.length() > 80 ? text.substring(0, 80) + "…" : text));
        }
        if (Scope.NAMES.contains(text)) {
            throw new IllegalArgumentException("names no variable, but all of them: " + text);
        }
        return text;
    }

    /**
     * The text with its variables; those that are not set are empty, objects and lists are JSON.
     *
     * @throws IllegalArgumentException if it becomes too long
     */
    String text(Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.literal != null ? part.literal : written(scope.find(part.path)));
            if (text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("becomes longer than " + MAX_LENGTH + " characters");
            }
        }
        return text.toString();
    }

    /** Like {@link #text}, but a text that is one variable keeps the type of that. */
    JsonNode value(Scope scope) {
        JsonNode single = parts.size() == 1 && parts.get(0).path != null ? scope.find(parts.get(0).path) : null;
        return single != null && !single.isMissingNode() ? single : TextNode.valueOf(text(scope));
    }

    private static String written(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
