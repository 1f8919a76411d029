package io.github.camelvoice.subscription;

import java.time.Instant;
import java.util.List;

/**
 * A subscription as it is at one moment.
 *
 * @param version   grows with every change, from 1
 * @param until     when it ends by itself, null for never
 * @param resources in the order of the request, with their states; empty in lists
 * @param size      how many resources there are
 * @param told      version up to which the receiver knows it
 * @param owner     the node that watches, null if none does just now
 */
public record SubscriptionInfo(String id, String account, String event, State state, long version, Instant createdAt, Instant until,
                               List<String> accept, String receiver, String origin, List<ResourceInfo> resources, int size, long told, String owner) {

    public SubscriptionInfo {
        accept = List.copyOf(accept);
        resources = List.copyOf(resources);
    }

    /** The state of a subscription as a whole. */
    public enum State {
        /** No resource has told its state yet. */
        PENDING,
        /** At least one has. */
        ACTIVE,
        /** Every resource is refused for good. */
        FAILED,
        ENDED
    }
}
