package io.github.camelvoice.document;

import java.util.Set;

/**
 * Who wants to be told how a call gets on.
 *
 * @param url    http or https, absolute
 * @param method GET or POST
 * @param events what is told; never empty
 */
public record StatusOrder(String url, String method, Set<CallProgress> events) {

    public StatusOrder {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a status callback needs an event");
        }
        events = Set.copyOf(events);
    }
}
