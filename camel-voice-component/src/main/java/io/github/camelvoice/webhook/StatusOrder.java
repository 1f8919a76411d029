package io.github.camelvoice.webhook;

import java.util.Objects;
import java.util.Set;

/**
 * Who is told how a call goes on.
 *
 * @param target an http(s) URL, or the name of a target that the operator has
 * @param get    whether a URL gets it by GET, with the fields in its query
 * @param events what is told, and no more
 */
public record StatusOrder(String target, boolean get, Set<CallProgress> events) {

    public StatusOrder {
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
    public static StatusOrder of(String target, String method, String events) {
        return new StatusOrder(target, isGet(method), CallProgress.parse(events));
    }

    /** @throws IllegalArgumentException if it is neither GET nor POST */
    public static boolean isGet(String method) {
        if (method == null || method.equalsIgnoreCase("POST")) {
            return false;
        }
        if (method.equalsIgnoreCase("GET")) {
            return true;
        }
        throw new IllegalArgumentException("must be GET or POST");
    }

    /** Without the target: it may have secrets. */
    @Override
    public String toString() {
        return "StatusOrder[" + events + "]";
    }
}
