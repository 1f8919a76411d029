package io.github.camelvoice.subscription;

import java.time.Instant;
import java.util.List;

/** What is to be different. Null stands for: as it is. */
public record SubscriptionEdit(List<SubscriptionRequest.Resource> resources, Instant until, String receiver) {
}
