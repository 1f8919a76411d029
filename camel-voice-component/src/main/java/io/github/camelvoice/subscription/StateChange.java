package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.spi.UsageEvent;
import io.github.camelvoice.subscription.state.EventState;
import java.time.Instant;

/**
 * One change of one resource.
 *
 * @param number   of the change in its subscription, growing: the version of the subscription after the change
 * @param event    the event package with its parameters
 * @param resource its URI
 * @param instance after the change; its state says whether it is over
 * @param changed  the part of the state that is new, null where only the subscription's state is
 */
public record StateChange(String subscriptionId, String account, String event, long number, String resource, InstanceInfo instance,
                          EventState changed, Instant at) {

    /** Whether this is the last word of its instance. */
    public boolean isOver() {
        return instance.state() == UsageEvent.State.TERMINATED;
    }
}
