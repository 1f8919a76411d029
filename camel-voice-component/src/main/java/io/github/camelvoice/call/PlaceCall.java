package io.github.camelvoice.call;

import io.github.camelvoice.call.spi.OutboundLeg;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A call to place.
 *
 * @param leg        target, identity, credentials, headers
 * @param codecs     encoding names in order of preference; empty: the engine's
 * @param ringTimeout how long it may ring before we cancel; the cause is then NO_ANSWER
 * @param timeLimit  how long it may last once answered
 */
public record PlaceCall(OutboundLeg leg, List<String> codecs, Duration ringTimeout, Duration timeLimit) {

    public PlaceCall {
        Objects.requireNonNull(leg, "leg");
        codecs = codecs == null ? List.of() : List.copyOf(codecs);
        Objects.requireNonNull(ringTimeout, "ringTimeout");
        Objects.requireNonNull(timeLimit, "timeLimit");
    }
}
