package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventState;
import java.time.Instant;

/**
 * One virtual subscription to a resource (RFC 4662, section 5.3): as a rule a resource has one, after a fork several.
 *
 * @param reason why it is terminated, empty if it is not or nothing was said
 * @param full   the merged state, null before there is one
 * @param last    the last document as it came, null before there is one
 * @param version of the subscription at the last change of this instance
 */
public record InstanceInfo(String id, UsageEvent.State state, String reason, EventState full, RawDocument last, long version,
                           Instant changedAt) {

    /** A document as it came. @param contentType with its parameters */
    public record RawDocument(String contentType, String text) {
    }
}
