package io.github.camelvoice.voice;

import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;

/** The calls that an exchange has to do with, by id: that one of them is over by now is no error of the route. */
final class KnownCalls {

    private static final String PROPERTY = "CamelVoiceKnownCalls";

    private KnownCalls() {
    }

    static void add(Exchange exchange, String callId) {
        Set<?> known = exchange.getProperty(PROPERTY, Set.class);
        if (known == null) {
            exchange.setProperty(PROPERTY, Set.of(callId));
        } else {
            Set<Object> more = new HashSet<>(known);
            more.add(callId);
            exchange.setProperty(PROPERTY, more);
        }
    }

    static boolean has(Exchange exchange, String callId) {
        return exchange.getProperty(PROPERTY) instanceof Set<?> known && known.contains(callId);
    }
}
