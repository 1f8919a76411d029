package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.spi.UsageEvent;

/**
 * What was said of one instance of a resource.
 *
 * @param key         of the instance: a dialog, or its id in a list
 * @param id          of a new instance
 * @param state       of its subscription
 * @param reason      of a terminated one, else empty
 * @param back        with a terminated one: whether it is subscribed to again at once, so that its last state stands
 * @param contentType null without a body
 * @param body        empty where there is no state, null where nothing is said of it
 */
record Word(String key, String id, UsageEvent.State state, String reason, boolean back, String contentType, byte[] body) {

    boolean isOver() {
        return state == UsageEvent.State.TERMINATED;
    }
}
