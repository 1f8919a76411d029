package io.github.camelvoice.subscription.state;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A body that is not looked into.
 *
 * @param contentType as it came, with its parameters; empty where there was no body
 * @param document    the body as text
 */
public record OpaqueState(String contentType, String document) implements EventState {

    /** No body. */
    public static final OpaqueState EMPTY = new OpaqueState("", "");

    @Override
    public long version() {
        return -1;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("contentType", contentType);
        values.put("text", document);
        return values;
    }
}
