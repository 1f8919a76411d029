package io.github.camelvoice.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The variables of one execution: {@code vars}, which the document sets; {@code params} of the section; {@code call}, as it is now; and
 * {@code envs}, which is empty. A name without one of these before it is looked for in {@code vars}, then in {@code call}. Bounded. For
 * one thread.
 */
public final class Scope {

    /** What all variables together may take, in characters and 8 for each value. */
    static final int MAX_SIZE = 65_536;
    /** What variables are in. */
    static final Set<String> NAMES = Set.of("vars", "params", "call", "envs");
    private static final int PER_VALUE = 8;
    /** Lists and objects within each other. */
    private static final int MAX_DEPTH = 64;

    private final ObjectNode vars = JsonNodeFactory.instance.objectNode();
    private final Supplier<ObjectNode> call;
    private ObjectNode params = JsonNodeFactory.instance.objectNode();

    public Scope(Supplier<ObjectNode> call) {
        this.call = call;
    }

    /** @throws IllegalArgumentException if all variables together become too large; nothing is set then */
    public void set(String name, JsonNode value) {
        JsonNode before = vars.get(name);
        vars.set(name, value);
        if (!fits(vars)) {
            if (before == null) {
                vars.remove(name);
            } else {
                vars.set(name, before);
            }
            throw new IllegalArgumentException("the variables take more than " + MAX_SIZE + " characters, or are nested deeper than " + MAX_DEPTH);
        }
    }

    public void unset(String name) {
        vars.remove(name);
    }

    /** @throws IllegalArgumentException if they are too large */
    public void params(ObjectNode values) {
        if (!fits(values)) {
            throw new IllegalArgumentException("params take more than " + MAX_SIZE + " characters");
        }
        params = values;
    }

    public ObjectNode vars() {
        return vars;
    }

    public ObjectNode params() {
        return params;
    }

    public ObjectNode call() {
        return call.get();
    }

    /** The value of a path, {@code MissingNode} where there is none. */
    JsonNode find(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        String head = path.substring(0, end);
        JsonNode from = switch (head) {
            case "vars" -> vars;
            case "params" -> params;
            case "call" -> call();
            case "envs" -> MissingNode.getInstance();
            default -> vars.has(head) ? vars.get(head) : call().path(head);
        };
        return walk(from, path, end);
    }

    private static JsonNode walk(JsonNode from, String path, int start) {
        JsonNode node = from;
        int at = start;
        while (at < path.length()) {
            boolean index = path.charAt(at) == '[';
            int end = at + 1;
            while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                end++;
            }
            node = index ? node.path(Integer.parseInt(path.substring(at + 1, end - 1))) : node.path(path.substring(at + 1, end));
            at = end;
        }
        return node;
    }

    private static boolean fits(JsonNode value) {
        return size(value, MAX_SIZE, 0) <= MAX_SIZE;
    }

    /** Stops counting above {@code limit}: values share parts, so that a small one may be endless to write down. */
    private static int size(JsonNode value, int limit, int depth) {
        if (depth > MAX_DEPTH) {
            return limit + 1;
        }
        int size = PER_VALUE + (value.isValueNode() ? value.asText().length() : 0);
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                size += member.getKey().length() + size(member.getValue(), limit - size, depth + 1);
                if (size > limit) {
                    return size;
                }
            }
        }
        for (JsonNode item : value.isArray() ? value : JsonNodeFactory.instance.arrayNode(0)) {
            size += size(item, limit - size, depth + 1);
            if (size > limit) {
                return size;
            }
        }
        return size;
    }
}
