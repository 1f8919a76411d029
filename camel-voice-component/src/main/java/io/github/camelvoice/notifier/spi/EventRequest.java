package io.github.camelvoice.notifier.spi;

import java.util.Map;

/** A request about events that waits for its answer. Thread-safe; the first answer counts. */
public interface EventRequest {

    EventTerms terms();

    /** The body as it was before it was encoded, not to be changed; null if that cannot be had: then the request is refused. */
    byte[] body();

    /** @param code 300 to 699; @param phrase null for the usual one; @param headers more header fields of the answer, none that the stack sets itself */
    void refuse(int code, String phrase, Map<String, String> headers);

    default void refuse(int code) {
        refuse(code, null, Map.of());
    }
}
