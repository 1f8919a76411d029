package io.github.camelvoice.webhook;

import java.util.Objects;
import java.util.Set;

/**
 * Who is told of a recording.
 *
 * @param target an http(s) URL, or the name of a target that the operator has
 * @param get    whether a URL gets it by GET, with the fields in its query
 * @param events what is told, and no more
 */
public record RecordingOrder(String target, boolean get, Set<RecordingStatus> events) {

    public RecordingOrder {
        Objects.requireNonNull(target, "target");
        events = Set.copyOf(events);
    }

    /**
     * As attributes have it.
     *
     * @param method GET, POST or null for POST, in any case
     * @param events words between blanks, null for {@code completed}
     * @throws IllegalArgumentException saying what the method or the events must be
     */
    public static RecordingOrder of(String target, String method, String events) {
        return new RecordingOrder(target, StatusOrder.isGet(method), RecordingStatus.parse(events));
    }

    /** Without the target: it may have secrets. */
    @Override
    public String toString() {
        return "RecordingOrder[" + events + "]";
    }
}
