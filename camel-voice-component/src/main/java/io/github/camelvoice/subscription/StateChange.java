package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.state.EventState;
import java.time.Instant;

/**
 * One change of one resource.
 *
 * @param number   of the change in its subscription, from 1, growing
 * @param event    the event package with its parameters
 * @param resource its URI
 * @param instance after the change; its state says whether it is over
 * @param changed  the part of the state that is new, null where only the subscription's state is
 */
public record StateChange(String subscriptionId, String account, String event, long number, String resource, InstanceInfo instance,
                          EventState changed, Instant at) {
}
